/** Windows of whole days and parts of days, by bucket or not, against adding up every trade and settlement. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FilledTrade, type SettledAt, type TradedPeriods, tradedPeriods, unpackPeriods } from './traded-periods.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 29);
const OPERATORS = [70n, 71n, 72n];

const edge = fc.option(
  fc.integer({ min: 0, max: 8 * 24 * 4 }).map((quarters) => new Date(START + (quarters * HOUR) / 4)),
  { nil: null },
);
const moment = fc.integer({ min: START, max: START + 8 * DAY });
const trade = fc
  .record({ at: moment, player: fc.nat(2_100), sell: fc.boolean(), amount: fc.nat(900), fee: fc.nat(9), spread: fc.nat(9) })
  .map((drawn): FilledTrade => ({ ...drawn, operator: drawn.player % OPERATORS.length }));
const settlement = fc.record({ at: moment, operator: fc.nat(2), pnl: fc.integer({ min: -500, max: 500 }), fee: fc.nat(20) });
type Window = { label: string; from: Date | null; to: Date | null; by?: string | undefined };
const window: fc.Arbitrary<Window> = fc.record({ label: fc.string(), from: edge, to: edge, by: fc.constantFrom('bucket', undefined) });
const granularity = fc.constantFrom('day' as const, 'week' as const, 'month' as const);

function bucketOf(at: number, bucket: 'day' | 'week' | 'month'): number {
  const day = new Date(at);
  day.setUTCHours(0, 0, 0, 0);
  if (bucket === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  if (bucket === 'month') day.setUTCDate(1);
  return day.getTime() / 1_000;
}

/** By `operator key`: players, then the sums in the order of their names. */
function plain(
  trades: readonly FilledTrade[],
  settlements: readonly SettledAt[],
  { from, to, by }: Window,
  bucket: 'day' | 'week' | 'month',
) {
  const isIn = ({ at }: { at: number }): boolean => (!from || at >= from.getTime()) && (!to || at < to.getTime());
  const keyOf = ({ at, operator }: { at: number; operator: number }): string => `${OPERATORS[operator]} ${by ? bucketOf(at, bucket) : 0}`;
  const found = new Map<string, { players: Set<number>; sums: number[] }>();
  const cell = (key: string) => {
    const known = found.get(key) ?? { players: new Set(), sums: Array<number>(8).fill(0) };
    found.set(key, known);
    return known;
  };
  const add = (sums: number[], values: readonly number[]): void => {
    for (const [n, value] of values.entries()) sums[n] = (sums[n] as number) + value;
  };
  for (const one of trades.filter(isIn)) {
    const { players, sums } = cell(keyOf(one));
    players.add(one.player);
    const { sell, amount, fee, spread } = one;
    add(sums, sell ? [0, 1, 0, amount, fee, spread, 0, 0] : [1, 0, amount, 0, fee, spread, 0, 0]);
  }
  for (const one of settlements.filter(isIn)) add(cell(keyOf(one)).sums, [0, 0, 0, 0, 0, 0, one.pnl, one.fee]);
  const lines = [...found].filter(([, { sums }]) => sums.some((sum) => sum !== 0));
  return lines.map(([key, { players, sums }]) => [key, players.size, ...sums].join(' ')).toSorted();
}

function kept(periods: TradedPeriods, one: Window, bucket: 'day' | 'week' | 'month', operatorId?: bigint): string[] {
  const packed = periods.pack({ operatorId, windows: [one], granularity: bucket }, OPERATORS);
  if (!packed) throw new Error('Nothing is kept');
  return unpackPeriods(packed, [one])
    .map(({ label, operator_id, key, players, ...sums }) => {
      expect(label).toBe(one.label);
      return [`${operator_id} ${key}`, players, ...Object.values(sums)].join(' ');
    })
    .toSorted();
}

test('every trade and settlement is added up once in each window and bucket, every player counted once, asked again after more of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(trade, { maxLength: 30 }), fc.array(settlement, { maxLength: 5 })), { minLength: 1, maxLength: 3 }),
      fc.array(window, { minLength: 1, maxLength: 4 }),
      granularity,
      fc.constantFrom(undefined, ...OPERATORS),
      (steps, windows, bucket, operatorId) => {
        const trades: FilledTrade[] = [];
        const settlements: SettledAt[] = [];
        const periods = tradedPeriods(([low, high], operator, tell) => {
          for (const one of trades) if (one.at >= low && one.at < high && (operator ?? one.operator) === one.operator) tell(one);
        });
        for (const [more, decided] of steps) {
          trades.push(...more);
          settlements.push(...decided);
          for (const one of more) periods.add(one);
          for (const one of decided) periods.settle(one);
          for (const one of windows) {
            const expected = plain(trades, settlements, one, bucket);
            expect(kept(periods, one, bucket)).toEqual(expected);
            const own = expected.filter((line) => operatorId === undefined || line.startsWith(`${operatorId} `));
            expect(kept(periods, one, bucket, operatorId)).toEqual(own);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('players of more days than are remembered together are still counted once', () => {
  const periods = tradedPeriods(() => {});
  const filled = { operator: 1, sell: false, amount: 5, fee: 0, spread: 0 };
  for (let day = 0; day < 100; day += 1) for (const player of [day, 7]) periods.add({ ...filled, at: START + day * DAY + HOUR, player });
  const since = (day: number): string[] => {
    const asked = { label: 'w', from: new Date(START + day * DAY), to: null };
    return kept(periods, asked, 'day').map((line) => line.split(' ')[2] as string);
  };
  for (const again of [1, 2]) {
    for (let day = 0; day < 98; day += 1) expect([again, day, since(day)]).toEqual([again, day, [String(day > 7 ? 101 - day : 100 - day)]]);
  }
  periods.add({ ...filled, at: START + 50 * DAY, player: 5_000 });
  expect([since(3), since(97)]).toEqual([['98'], ['4']]);
});

test('nothing is told by the hour here', () => {
  expect(tradedPeriods(() => {}).pack({ windows: [], granularity: 'hour' }, OPERATORS)).toBeUndefined();
});

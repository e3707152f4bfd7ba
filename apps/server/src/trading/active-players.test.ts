/** Windows of whole days and parts of days, by bucket or not, against counting every trade. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ActiveCount, activePlayers } from './active-players.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 29);
const OPERATORS = [70n, 71n, 72n];

const instant = fc.integer({ min: 0, max: 8 * 24 }).map((hours) => START + hours * HOUR);
const edge = fc.option(
  instant.map((at) => new Date(at)),
  { nil: null },
);
const trade = fc.record({ at: fc.integer({ min: START, max: START + 8 * DAY }), player: fc.nat(2_100) });
const lines = (counts: readonly ActiveCount[] = []) =>
  counts.map(({ label, operator_id, key, players }) => `${label} ${operator_id} ${key} ${players}`).toSorted();

function bucketOf(at: number, granularity: 'day' | 'week' | 'month'): number {
  const day = new Date(at);
  day.setUTCHours(0, 0, 0, 0);
  if (granularity === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  if (granularity === 'month') day.setUTCDate(1);
  return day.getTime() / 1_000;
}

test('every player is counted once in each window and bucket it traded in', () => {
  fc.assert(
    fc.property(
      fc.array(trade, { maxLength: 60 }),
      fc.tuple(edge, edge),
      fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      fc.constantFrom('bucket', undefined),
      (trades, [one, other], granularity, by) => {
        const [from, to] = one && other && one > other ? [other, one] : [one, other];
        const active = activePlayers();
        for (const { at, player } of [...trades, ...trades.slice(0, 5)]) active.add(at, player, player % OPERATORS.length);
        const counted = active.count({ windows: [{ label: 'w', from, to, by }], granularity }, OPERATORS, (low, high, tell) => {
          for (const { at, player } of trades) if (at >= low && at < high) tell(player);
        });
        const players = new Map<string, Set<number>>();
        for (const { at, player } of trades) {
          if ((from && at < from.getTime()) || (to && at >= to.getTime())) continue;
          const key = `w ${OPERATORS[player % OPERATORS.length]} ${by ? bucketOf(at, granularity) : 0}`;
          players.set(key, (players.get(key) ?? new Set()).add(player));
        }
        expect(lines(counted)).toEqual([...players].map(([key, { size }]) => `${key} ${size}`).toSorted());
      },
    ),
    { numRuns: 400 },
  );
});

test('nobody is counted by the hour here', () => {
  expect(activePlayers().count({ windows: [], granularity: 'hour' }, OPERATORS, () => {})).toBeUndefined();
});

import { CATEGORIES } from '@predictu/contract/shapes/category';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaPct, figuresOf, NO_MEASURES, perHead, platformShare, platformShares, sumMeasures } from './figure.rules.ts';
import { categoriesOf, type KeyedRow, revenueOf } from './revenue.rules.ts';

const OPERATORS = [
  { id: 1n, slug: 'a', shareBps: 3_000 },
  { id: 2n, slug: 'b', shareBps: 3_333 },
  { id: 3n, slug: 'c', shareBps: 0 },
];
const DAYS = [1, 2, 3, 4].map((day) => new Date(Date.UTC(2026, 5, day)));
const rowsBy = (keys: readonly number[]) =>
  fc
    .uniqueArray(fc.record({ operator: fc.constantFrom(1n, 2n, 3n), key: fc.constantFrom(...keys) }), {
      selector: ({ operator, key }) => `${operator}/${key}`,
    })
    .chain((places) =>
      fc.tuple(
        ...places.map(({ operator, key }) =>
          fc
            .record({
              buys: fc.bigInt(1n, 50n),
              buy_cents: fc.bigInt(1n, 9_999n),
              spread_cents: fc.bigInt(0n, 999n),
              fee_cents: fc.bigInt(0n, 99n),
              settlement_pnl_cents: fc.bigInt(-99n, 99n),
            })
            .map((given): KeyedRow => ({ ...NO_MEASURES, ...given, operator_id: operator, key })),
        ),
      ),
    );
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

test('every breakdown adds up to the whole, to the cent, and the shares to the gross', () => {
  fc.assert(
    fc.property(rowsBy(DAYS.map((day) => day.getTime() / 1_000)), (rows) => {
      const { totals, byOperator, series } = revenueOf(rows, DAYS, 'day', OPERATORS);
      const raw = figuresOf(sumMeasures(rows));
      expect(totals).toMatchObject(raw);
      expect(totals.platform + totals.operator).toBe(totals.gross);
      expect(series.map(({ date }) => date)).toEqual(['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04']);
      for (const lines of [series, byOperator]) {
        for (const name of ['gross', 'platform', 'operator', 'volume', 'spread', 'fees', 'settlementPnl'] as const) {
          expect(sum(lines.map((line) => line[name]))).toBe(totals[name]);
        }
      }
      for (const [index, line] of byOperator.entries())
        expect(line.platform).toBe(platformShare(line.gross, OPERATORS[index]?.shareBps ?? 0));
    }),
  );
});

test('categories add up as well, and those without a trade are left out', () => {
  fc.assert(
    fc.property(rowsBy(CATEGORIES.map((_, index) => index)), (rows) => {
      const lines = categoriesOf(rows, OPERATORS);
      expect(sum(lines.map(({ gross }) => gross))).toBe(figuresOf(sumMeasures(rows)).gross);
      expect(lines).toHaveLength(new Set(rows.map(({ key }) => key)).size);
    }),
  );
});

describe('shares, deltas and averages', () => {
  test('parts of a revenue share as the whole does', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1_000_000n)), fc.integer({ min: 0, max: 10_000 }), (grosses, bps) => {
        const parts = platformShares(grosses, bps);
        expect(sum(parts)).toBe(platformShare(sum(grosses), bps));
        for (const [index, part] of parts.entries())
          expect(Math.abs(Number(part) - (Number(grosses[index]) * bps) / 10_000)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([
    [110n, 100n, 10],
    [90n, 100n, -10],
    [1_005n, 1_000n, 0.5],
    [2n, 3n, -33.3],
    [0n, 7n, -100],
    [5n, 0n, null],
    [5n, null, null],
    [-50n, -100n, 50],
  ])('%s after %s is %s percent', (now, before, expected) => {
    expect(deltaPct(now, before)).toBe(expected);
  });

  test('half a cent is rounded away from zero; nobody has nothing', () => {
    expect([perHead(5n, 2), perHead(-5n, 2), perHead(7n, 0), platformShare(5n, 1_000), platformShare(15n, 1_000)]).toEqual([
      3n,
      -3n,
      0n,
      1n,
      2n,
    ]);
  });
});

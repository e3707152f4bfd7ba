import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoryLimit, gauge, percentOf, worstLoss } from './exposure.rules.ts';

test.each([
  [28_400_000n, 50_000_000n, 56.8],
  [12n, 20n, 60],
  [1n, 3n, 33.3],
  [2n, 3n, 66.7],
  [1n, 2_000n, 0.1],
  [1n, 2_001n, 0],
  [0n, 5n, 0],
  [10n, 5n, 200],
  [0n, 0n, 100],
  [5n, null, null],
])('%s of %s is %s percent', (value, limit, percent) => {
  expect(percentOf(value, limit)).toBe(percent);
});

test('percentages are within half a tenth of the truth', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 9n), (value, limit) => {
      const truth = (Number(value) / Number(limit)) * 100;
      expect(Math.abs((percentOf(value, limit) ?? 0) - truth)).toBeLessThanOrEqual(0.05 + truth * 1e-12);
    }),
  );
});

test('a gauge says how full and in which colour', () => {
  expect(gauge(5_999n, cents(10_000n))).toEqual({ exposure_usd: 5_999n, limit_usd: 10_000n, utilization_pct: 60, status: 'green' });
  expect(gauge(6_000n, cents(10_000n)).status).toBe('yellow');
  expect(gauge(9_000n, cents(10_000n)).status).toBe('red');
  expect(gauge(9_000n, null)).toEqual({ exposure_usd: 9_000n, limit_usd: null, utilization_pct: null, status: 'green' });
});

test('the worst outcome costs the larger payout less what was paid', () => {
  expect(worstLoss(5_000n, 3_000n, 4_100n)).toBe(900n);
  expect(worstLoss(3_000n, 5_000n, 4_100n)).toBe(900n);
  expect(worstLoss(100n, 100n, 102n)).toBe(-2n);
});

test('limits of categories are in cents, or absent', () => {
  expect(categoryLimit({ sports: 5_000_000 }, 'sports')).toBe(5_000_000n);
  expect(categoryLimit({ sports: 5_000_000 }, 'crypto')).toBeNull();
});

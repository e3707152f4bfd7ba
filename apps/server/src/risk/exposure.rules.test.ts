import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import { categoryLimit, gauge, percentOf, worstLoss } from './exposure.rules.ts';

describe('a gauge', () => {
  it.each(
    textTable(`
      why                         | exposure | limit    | percent | status
      the documented overview     | 28400000 | 50000000 | 56.8    | green
      half a tenth rounds up      | 1005     | 10000    | 10.1    | green
      less does not               | 1004     | 10000    | 10      | green
      empty                       | 0        | 10000    | 0       | green
      yellow                      | 6000     | 10000    | 60      | yellow
      red                         | 9000     | 10000    | 90      | red
      over a lowered limit        | 15000    | 10000    | 150     | red
      a limit of zero is full     | 0        | 0        | 100     | red
      no limit                    | 15000    | none     | none    | green
    `),
  )('$why: $exposure of $limit is $percent%, $status', ({ exposure = '', limit = '', percent, status }) => {
    const bound = limit === 'none' ? null : cents(BigInt(limit));
    expect(gauge(BigInt(exposure), bound)).toEqual({
      exposure_usd: BigInt(exposure),
      limit_usd: bound,
      utilization_pct: percent === 'none' ? null : Number(percent),
      status,
    });
  });

  it('a percentage is at most half a tenth from exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (value, limit) => {
        const tenths = BigInt(Math.round((percentOf(value, limit) ?? 0) * 10));
        const off = 2n * (tenths * limit - value * 1_000n);
        expect(off > -limit && off <= limit).toBe(true);
      }),
    );
  });
});

describe('the worst outcome of a market', () => {
  it.each(
    textTable(`
      yes | no  | cost | loss
      100 | 40  | 90   | 10
      40  | 100 | 90   | 10
      50  | 50  | 60   | -10
      0   | 0   | 0    | 0
    `),
  )('$yes YES, $no NO, sold for $cost: $loss', ({ yes = '', no = '', cost = '', loss = '' }) => {
    expect(worstLoss(BigInt(yes), BigInt(no), BigInt(cost))).toBe(BigInt(loss));
  });
});

it('an operator limits the categories it names', () => {
  expect(categoryLimit({ sports: 500, crypto: 0 }, 'sports')).toBe(500n);
  expect(categoryLimit({ sports: 500, crypto: 0 }, 'crypto')).toBe(0n);
  expect(categoryLimit({ sports: 500 }, 'politics')).toBeNull();
});

import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HeldPosition, valuePosition } from './position-value.rules.ts';

const held = (changes: Partial<HeldPosition> = {}): HeldPosition => ({
  outcome: 'yes',
  quantity: shares(5_000n),
  cost: cents(3_100n),
  marketStatus: 'active',
  mid: price(6_800n),
  resolution: null,
  ...changes,
});

describe('an open position', () => {
  test('the documented example: 50 at 0.62, now 0.68', () => {
    expect(valuePosition(held())).toEqual({
      status: 'open',
      averagePrice: 6_200n,
      currentPrice: 6_800n,
      marketValue: 3_400n,
      unrealized: 300n,
      unrealizedPercent: 9.68,
    });
  });
  test('NO is worth what YES is not', () => {
    expect(valuePosition(held({ outcome: 'no' }))).toMatchObject({
      currentPrice: 3_200n,
      marketValue: 1_600n,
      unrealized: -1_500n,
      unrealizedPercent: -48.39,
    });
  });
  test('percentages are rounded half away from zero', () => {
    expect(valuePosition(held({ cost: cents(8_000n), mid: price(8_001n), quantity: shares(10_000n) }))).toMatchObject({
      unrealized: 1n,
      unrealizedPercent: 0.01,
    });
    expect(valuePosition(held({ cost: cents(8_000n), mid: price(7_999n), quantity: shares(10_000n) }))).toMatchObject({
      unrealized: -1n,
      unrealizedPercent: -0.01,
    });
  });
  test('a paused market counts like an open one; without a price nothing is claimed', () => {
    expect(valuePosition(held({ marketStatus: 'paused' })).status).toBe('open');
    expect(valuePosition(held({ mid: null }))).toMatchObject({
      status: 'open',
      averagePrice: 6_200n,
      marketValue: null,
      unrealized: null,
      unrealizedPercent: null,
    });
  });
  test('shares that cost nothing have no percentage', () => {
    expect(valuePosition(held({ cost: cents(0n) })).unrealizedPercent).toBeNull();
  });
  test('the value never exceeds $1 a share, and the gain is exactly value less cost', () => {
    const positions = fc.record({
      quantity: fc.bigInt(1n, 10n ** 9n),
      cost: fc.bigInt(0n, 10n ** 9n),
      mid: fc.bigInt(1n, 9_999n),
      outcome: fc.constantFrom('yes' as const, 'no' as const),
    });
    fc.assert(
      fc.property(positions, ({ quantity, cost, mid, outcome }) => {
        const value = valuePosition(held({ quantity: shares(quantity), cost: cents(cost), mid: price(mid), outcome }));
        const other = valuePosition(
          held({ quantity: shares(quantity), cost: cents(cost), mid: price(mid), outcome: outcome === 'yes' ? 'no' : 'yes' }),
        );
        expect(value.marketValue).toBeLessThanOrEqual(quantity);
        expect(value.unrealized).toBe((value.marketValue ?? 0n) - cost);
        expect((value.marketValue ?? 0n) + (other.marketValue ?? 0n)).toBeLessThanOrEqual(quantity);
      }),
    );
  });
});

describe('a position that is over', () => {
  test('sold out: no average, nothing unrealised', () => {
    expect(valuePosition(held({ quantity: shares(0n), cost: cents(0n) }))).toEqual({
      status: 'closed',
      averagePrice: null,
      currentPrice: 6_800n,
      marketValue: 0n,
      unrealized: 0n,
      unrealizedPercent: null,
    });
  });
  test.each([
    ['yes', 'yes', 10_000n],
    ['yes', 'no', 0n],
    ['no', 'no', 10_000n],
    ['no', 'yes', 0n],
    ['yes', 'split', 5_000n],
    ['no', 'split', 5_000n],
    ['yes', 'void', null],
  ] as const)('%s in a market that resolved %s', (outcome, resolution, currentPrice) => {
    expect(valuePosition(held({ outcome, resolution, marketStatus: resolution === 'void' ? 'cancelled' : 'resolved' }))).toMatchObject({
      status: 'settled',
      currentPrice,
      marketValue: 0n,
      unrealized: 0n,
    });
  });
});

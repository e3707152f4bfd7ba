import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ANCHOR_BOUNDS, bandOf, type House, housePrice } from './house-price.rules.ts';

const anchor = fc.bigInt({ min: 100n, max: 9_900n }).map(price);
const held = fc.bigInt({ min: 0n, max: 100_000_000n }).map(shares);
const depth = fc.bigInt({ min: 10_000n, max: 100_000_000n }).map(cents);
const leastSpread = fc.bigInt({ min: 0n, max: 2_000n }).map(price);
const house: fc.Arbitrary<House> = fc.record({ anchor, yes: held, no: held, depth, leastSpread });

test('a balanced book is at its anchor, a loaded one at the edge of the band', () => {
  const base = { anchor: price(5_000n), depth: cents(500_000n), leastSpread: price(100n) };
  expect(housePrice({ ...base, yes: shares(70n), no: shares(70n) })).toBe(5_000n);
  expect(housePrice({ ...base, yes: shares(250_000n), no: shares(0n) })).toBe(5_012n);
  expect(housePrice({ ...base, yes: shares(9_000_000n), no: shares(0n) })).toBe(5_025n);
  expect(housePrice({ ...base, yes: shares(0n), no: shares(9_000_000n) })).toBe(4_975n);
});

test('more of yes never lowers the price, more of no never raises it', () => {
  fc.assert(
    fc.property(house, held, (one, more) => {
      expect(housePrice({ ...one, yes: shares(one.yes + more) })).toBeGreaterThanOrEqual(housePrice(one));
      expect(housePrice({ ...one, no: shares(one.no + more) })).toBeLessThanOrEqual(housePrice(one));
    }),
  );
});

test('it stays within its band and within what may be traded', () => {
  fc.assert(
    fc.property(house, (one) => {
      const stated = housePrice(one);
      const away = stated > one.anchor ? stated - one.anchor : one.anchor - stated;
      expect(away).toBeLessThanOrEqual(bandOf(one.leastSpread));
      expect(stated >= ANCHOR_BOUNDS.low && stated <= ANCHOR_BOUNDS.high).toBe(true);
    }),
  );
});

test('nobody gains by pushing it: whatever is bought before and sold after, the two half spreads cost at least the move', () => {
  fc.assert(
    fc.property(house, held, held, (one, yes, no) => {
      const [before, after] = [housePrice(one), housePrice({ ...one, yes, no })];
      // Between a quarter and three quarters of a spread lie on either side of the mid; at least one quarter each is paid.
      const [ask, bid] = [before + bandOf(one.leastSpread), after - bandOf(one.leastSpread)];
      expect(bid).toBeLessThanOrEqual(ask);
    }),
  );
});

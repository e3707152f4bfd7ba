import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cents,
  complement,
  FULL_PRICE,
  instant,
  nonNegativeUsd,
  positiveQuantity,
  positiveUsd,
  price,
  priceDifference,
  quantity,
  shares,
  unitPrice,
  usd,
  ZERO_CENTS,
  ZERO_SHARES,
} from '../src/units.ts';

const LARGEST_CENTS = 100_000_000_000_000n;

describe('money on the wire', () => {
  it('a number with two decimals and the same number of cents are one', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -LARGEST_CENTS, max: LARGEST_CENTS }), (value) => {
        const wire = usd.encode(cents(value));
        expect(usd.decode(wire)).toBe(value);
        expect(usd.decode(JSON.parse(JSON.stringify(wire)))).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what people write, to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 99 }), (whole, part) => {
        const text = `${whole}.${String(part).padStart(2, '0')}`;
        expect(usd.decode(Number(text))).toBe(BigInt(whole) * 100n + BigInt(part));
      }),
    );
  });

  it('refuses a third decimal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 9 }),
        (whole, part, third) => {
          const value = Number(`${whole}.${String(part).padStart(2, '0')}${third}`);
          expect(usd.safeDecode(value).success).toBe(false);
          expect(usd.safeDecode(-value).success).toBe(false);
        },
      ),
    );
  });

  it('says how many decimals it expected', () => {
    expect(usd.safeDecode(0.001).error?.issues).toMatchObject([{ code: 'custom', message: 'Expected a number with at most 2 decimals' }]);
    expect(unitPrice.safeDecode(0.00001).error?.issues).toMatchObject([{ message: 'Expected a number with at most 4 decimals' }]);
  });

  const never: [string, unknown][] = [
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['text', '5'],
    ['nothing', null],
    ['absent', undefined],
    ['a bigint', 5n],
    ['a list', [5]],
    ['too large', 1e12 + 1],
    ['far too large', 1e300],
    ['the smallest number', 5e-324],
  ];
  it.each(never)('refuses %s, everywhere', (_, value) => {
    for (const codec of [usd, positiveUsd, nonNegativeUsd, quantity, positiveQuantity, unitPrice, priceDifference]) {
      expect(codec.safeParse(value).success).toBe(false);
    }
  });

  it.each([
    ['usd', usd, [-1e12, -0.01, 0, 0.01, 1e12], [-1e12 - 1, 1e12 + 1]],
    ['positiveUsd', positiveUsd, [0.01, 1e12], [0, -0.01, 1e12 + 1]],
    ['nonNegativeUsd', nonNegativeUsd, [0, 0.01, 1e12], [-0.01, 1e12 + 1]],
    ['quantity', quantity, [0, 0.01, 1e12], [-0.01, 1e12 + 1, 0.001]],
    ['positiveQuantity', positiveQuantity, [0.01, 1e12], [0, -0.01, 1e12 + 1, 0.001]],
    ['unitPrice', unitPrice, [0, 0.0001, 0.6457, 1], [-0.0001, 1.0001, 0.00001]],
    ['priceDifference', priceDifference, [-1, -0.0001, 0, 1], [-1.0001, 1.0001, 0.00001]],
  ] as const)('%s has its bounds', (_, codec, accepted, refused) => {
    for (const value of accepted) expect([value, codec.safeParse(value).success]).toEqual([value, true]);
    for (const value of refused) expect([value, codec.safeParse(value).success]).toEqual([value, false]);
  });

  it('minus zero is zero', () => expect(usd.decode(-0)).toBe(0n));

  it('never leaves as a number that has lost a cent', () => {
    expect(() => usd.encode(cents(2n ** 53n))).toThrow('Amount too large for a JSON number');
    expect(() => usd.encode(cents(-(2n ** 53n)))).toThrow('Amount too large for a JSON number');
  });

  it('leaves only as what it is', () => {
    expect(usd.safeEncode(5 as never).success).toBe(false);
    expect(usd.safeEncode('5' as never).success).toBe(false);
  });
});

describe('prices and shares', () => {
  it('every price there is survives the wire', () => {
    for (let value = 0n; value <= FULL_PRICE; value += 1n) expect(unitPrice.decode(unitPrice.encode(price(value)))).toBe(value);
  });

  it('hundredths of a share survive the wire', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LARGEST_CENTS }), (value) => {
        expect(quantity.decode(quantity.encode(shares(value)))).toBe(value);
      }),
    );
  });

  it('a price and its complement make $1', () => {
    expect(complement(price(6_200n))).toBe(3_800n);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10_000n }), (value) => value + complement(price(value)) === FULL_PRICE));
  });

  it('zero is zero', () => expect([ZERO_CENTS, ZERO_SHARES]).toEqual([0n, 0n]));
});

describe('instants', () => {
  it('survive the wire, to the millisecond', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(fc.property(dates, (at) => instant.decode(instant.encode(at)).getTime() === at.getTime()));
  });

  it('are UTC on the way out, and may name an offset on the way in', () => {
    expect(instant.encode(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(instant.decode('2026-03-19T14:00:00+02:00')).toEqual(new Date('2026-03-19T12:00:00Z'));
  });

  it.each(['2026-03-19', '2026-03-19T12:00:00', 'yesterday', '', '2026-02-30T00:00:00Z', 1_700_000_000])('refuses %s', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
  });
});

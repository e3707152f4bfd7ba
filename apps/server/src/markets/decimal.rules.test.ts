import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPositive, readAmount, readPrice, scaled } from './decimal.rules.ts';

describe('decimals', () => {
  test('prices are read digit by digit and rounded half up', () => {
    const cases: [unknown, bigint | undefined][] = [
      ['0.62', 6_200n],
      ['.30', 3_000n],
      [0.1 + 0.2, 3_000n],
      ['0.00005', 1n],
      ['0.00004999999999999999999999', 0n],
      [1e-7, 0n],
      ['1', 10_000n],
      ['0.2535202333457238200098540078123285', 2_535n],
      [' 0.5 ', 5_000n],
      ['5e-1', 5_000n],
      [0, 0n],
      ['1.0001', undefined],
      ['-0.1', undefined],
      ['', undefined],
      ['.', undefined],
      ['0,5', undefined],
      ['0x1', undefined],
      [Number.NaN, undefined],
      [Number.POSITIVE_INFINITY, undefined],
      [null, undefined],
      [true, undefined],
      [['0.5'], undefined],
      ['1'.repeat(101), undefined],
    ];
    for (const [value, expected] of cases) expect(readPrice(value), String(value)).toBe(expected);
  });

  test('amounts are whole cents, rounded down', () => {
    expect(readAmount('9999.995006')).toBe(999_999n);
    expect(readAmount(2748402.907942386)).toBe(274_840_290n);
    expect(readAmount('-1')).toBeUndefined();
    expect(readAmount('1e300')).toBeUndefined();
    expect(readAmount(undefined)).toBeUndefined();
  });

  test('every price in units of the tick survives the way through text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.nat(6), (units, zeros) => {
        const text = `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}${'0'.repeat(zeros)}`;
        expect(readPrice(text)).toBe(BigInt(units));
        expect(readPrice(units / 10_000)).toBe(BigInt(units));
      }),
    );
  });

  test('any input is a number of the asked scale or nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = scaled(value, 4, 'half_up');
        expect(read === undefined || typeof read === 'bigint').toBe(true);
      }),
    );
  });

  test('sizes count when they are more than nothing', () => {
    expect(['0', '0.0', 'x', undefined, '-1', '0.000001', 5].map(isPositive)).toEqual([false, false, false, false, false, true, true]);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WholeRows } from './whole-rows.ts';

const whole = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -2n, max: 2n }));
const rowsOf = (rows: readonly (readonly (bigint | number)[])[]): WholeRows => {
  const whole = new WholeRows(3);
  for (const row of rows) whole.add(row);
  return whole;
};

test('rows hold what was put, and are in the order of any of their numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, whole, whole), { maxLength: 60 }), (given) => {
      const rows = rowsOf(given);
      expect(given.map((_, row) => [0, 1, 2].map((index) => rows.at(row, index)))).toEqual(given);
      const order = [...rows.order(2, 0)].map((row) => given[row] as [bigint, bigint, bigint]);
      expect([...order].sort()).toEqual([...given].sort());
      for (const [place, [first, , third]] of order.entries()) {
        const next = order[place + 1];
        if (next) expect(third < next[2] || (third === next[2] && first <= next[0])).toBe(true);
      }
    }),
  );
});

test('of very many rows each is in its place', () => {
  const rows = rowsOf(Array.from({ length: 10_001 }, (_, row) => [row, -row, row % 7]));
  for (const row of [0, 4_095, 4_096, 8_191, 8_192, 10_000])
    expect([rows.at(row, 0), rows.at(row, 1), rows.at(row, 2)]).toEqual([row, -row, row % 7].map(BigInt));
  expect(rows.order(1)[0]).toBe(10_000);
  expect(rows.order()).toHaveLength(10_001);
});

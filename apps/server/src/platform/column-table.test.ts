import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnTable } from './column-table.ts';
import { pageOfPlaces } from './column-window.ts';

const ROWS = 6_000;
const LARGEST = 2n ** 62n;

/** Keys of every kind a list is sorted by: few values, many, one far away, one missing. */
const keys = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.constant(1e12),
  fc.constant(-Number.MAX_VALUE),
);
/** Long lists from a short seed, or shrinking would take for ever. */
const rows = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 0, max: ROWS }),
  pool: fc.array(keys, { minLength: 1, maxLength: 400 }),
});

function mixed(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function made({ seed, count, pool }: { seed: number; count: number; pool: number[] }, ascending: boolean) {
  const random = mixed(seed);
  const table = columnTable({ key: 'number', facts: 'word' });
  for (let n = 0; n < count; n += 1) {
    const id = ascending ? (BigInt(n) << 40n) + BigInt(Math.floor(random() * 1e9)) : BigInt(Math.floor(random() * 2 ** 50)) << 12n;
    const place = table.place(id);
    table.columns.key[place] = pool[Math.floor(random() * pool.length)] as number;
    table.columns.facts[place] = Math.floor(random() * 16);
  }
  return table;
}
type Made = ReturnType<typeof made>;
const places = (table: Made): number[] => Array.from({ length: table.count }, (_, place) => place);
const sorted = ({ columns, ids }: Made, among: number[], descending: boolean): bigint[] => {
  const up = among.toSorted(
    (a, b) => (columns.key[a] as number) - (columns.key[b] as number) || ((ids[a] as bigint) < (ids[b] as bigint) ? -1 : 1),
  );
  return (descending ? up.reverse() : up).map((place) => ids[place] as bigint);
};

describe('a column table', () => {
  test('finds each id where it was put, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.bigInt({ min: 1n, max: LARGEST }), { maxLength: 3_000 }), (ids) => {
        const table = columnTable({});
        for (const [place, id] of ids.entries()) expect(table.place(id)).toBe(place);
        for (const [place, id] of ids.entries()) expect([table.find(id), table.place(id), table.ids[place]]).toEqual([place, place, id]);
        expect(table.find(LARGEST + 1n)).toBe(-1);
        expect(table.ascending).toBe(ids.every((id, n) => n === 0 || id > (ids[n - 1] as bigint)));
        const sorted = columnTable({});
        for (const id of ids.toSorted((a, b) => (a < b ? -1 : 1))) sorted.place(id);
        for (const id of ids) expect([sorted.firstFrom(id), sorted.firstFrom(id + 1n)]).toEqual([sorted.find(id), sorted.find(id) + 1]);
      }),
      { numRuns: 20 },
    );
  });
});

const wanted = fc.record({
  from: fc.double({ min: 0, max: 1.1, noNaN: true }),
  limit: fc.integer({ min: 1, max: 201 }),
  descending: fc.boolean(),
});

describe('a page', () => {
  test('is what sorting everything would have shown there', () => {
    fc.assert(
      fc.property(rows, wanted, fc.boolean(), (shape, { from, limit, descending }, ascending) => {
        const table = made(shape, ascending);
        const among = places(table).filter((place) => (table.columns.facts[place] as number) < 12);
        const offset = Math.floor(from * among.length);
        const order = { key: table.columns.key, ids: table.ids, ascending: table.ascending, descending };
        const all = sorted(table, among, descending);
        expect(pageOfPlaces(Uint32Array.from(among), order, { offset, limit })).toEqual(all.slice(offset, offset + limit));
        const last = all[offset];
        if (last === undefined) return;
        const after = [table.columns.key[table.find(last)] as number, last] as const;
        expect(pageOfPlaces(Uint32Array.from(among), order, { offset: 0, limit, after })).toEqual(
          all.slice(offset + 1, offset + 1 + limit),
        );
      }),
      { numRuns: 80 },
    );
  });

  test('in the order of ids needs no key', () => {
    fc.assert(
      fc.property(rows, wanted, fc.boolean(), (shape, { from, limit, descending }, ascending) => {
        const table = made(shape, ascending);
        const offset = Math.floor(from * table.count);
        const up = [...table.ids.subarray(0, table.count)].sort((a, b) => (a < b ? -1 : 1));
        const all = descending ? up.reverse() : up;
        const order = { key: undefined, ids: table.ids, ascending: table.ascending, descending };
        const page = pageOfPlaces(Uint32Array.from(places(table)), order, { offset, limit });
        expect(page).toEqual(all.slice(offset, offset + limit));
      }),
      { numRuns: 40 },
    );
  });
});

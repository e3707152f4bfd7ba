/** Sets of bits, steps, zones and kept orders against a plain filter and sort of the same rows, while they come and change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseOf } from './column-choice.ts';
import { type ColumnTest, exceptTest, keepPlaces } from './column-filter.ts';
import { columnFlags } from './column-flags.ts';
import { columnLists } from './column-lists.ts';
import { columnOrder, NO_KEY } from './column-order.ts';
import { columnSteps } from './column-steps.ts';
import { columnTable } from './column-table.ts';
import { columnZones } from './column-zones.ts';

const ROWS = 6_000;
type Plain = { id: bigint; owner: bigint; word: number; key: number; at: number };

function mixed(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** The same rows, kept both ways. */
function kept(ascending: boolean) {
  const table = columnTable({ key: 'number', at: 'number' });
  const flags = columnFlags();
  const owners = columnLists();
  const steps = columnSteps(() => table.columns.key);
  const zones = columnZones(() => table.columns.at);
  const order = columnOrder(table, () => table.columns.key);
  const rows: Plain[] = [];

  function put(row: Plain): void {
    const place = table.place(row.id);
    const isNew = place === rows.length;
    if (isNew) owners.add(row.owner, place);
    flags.put(place, row.word);
    table.columns.at[place] = row.at;
    zones.put(place);
    order.put(place, row.key, isNew);
    steps.put(place);
    rows[place] = row;
  }
  const build = (): void => order.build(table.count);
  const newId = (random: () => number): bigint =>
    BigInt(ascending ? rows.length : Math.floor(random() * 2 ** 20)) * 2n ** 40n + BigInt(rows.length);
  return { table, flags, owners, steps, zones, order, rows, put, build, newId };
}

const shapes = fc.record({
  seed: fc.integer(),
  ascending: fc.boolean(),
  missing: fc.boolean(),
  count: fc.integer({ min: 0, max: ROWS }),
  /** How many come after the order was built, and how many change. */
  late: fc.integer({ min: 0, max: 1_500 }),
  changes: fc.integer({ min: 0, max: 1_500 }),
  pool: fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constant(1e12)), {
    minLength: 1,
    maxLength: 400,
  }),
});
const questions = fc.record({
  flags: fc.option(fc.tuple(fc.nat(63), fc.nat(63))),
  high: fc.option(fc.nat(5)),
  key: fc.option(fc.tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 2_000_000 }))),
  at: fc.option(fc.tuple(fc.integer({ min: -10, max: ROWS }), fc.integer({ min: -10, max: 2 * ROWS }))),
  owner: fc.option(fc.nat(8)),
  except: fc.boolean(),
  sort: fc.constantFrom('id', 'key', 'key without an order'),
  descending: fc.boolean(),
  from: fc.double({ min: 0, max: 1.1, noNaN: true }),
  limit: fc.integer({ min: 1, max: 201 }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;
type Question = typeof questions extends fc.Arbitrary<infer Q> ? Q : never;

function made({ seed, ascending, missing, count, late, changes, pool }: Shape) {
  const all = kept(ascending);
  const random = mixed(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const some = (place: number): Omit<Plain, 'id' | 'owner'> => ({
    word: below(64) + (below(6) << 28),
    key: missing && below(4) === 0 ? NO_KEY : (pool[below(pool.length)] as number),
    at: place + below(10) - (below(200) === 0 ? below(500) : 0),
  });
  const come = (): void => all.put({ id: all.newId(random), owner: BigInt(below(9)), ...some(all.rows.length) });
  for (let n = 0; n < count; n += 1) come();
  all.build();
  for (let n = 0; n < late; n += 1) come();
  for (let n = 0; n < changes && all.rows.length > 0; n += 1) {
    const place = below(all.rows.length);
    all.put({ ...(all.rows[place] as Plain), ...some(place) });
  }
  return all;
}

function testsOf({ flags, steps, zones }: ReturnType<typeof kept>, asked: Question): ColumnTest[] {
  const tests = flags.tests([
    asked.flags ? [asked.flags[0], asked.flags[0] & asked.flags[1]] : undefined,
    asked.high === null ? undefined : [-1 << 28, asked.high << 28],
  ]);
  if (asked.key) tests.push(steps.test(...asked.key));
  if (asked.at) tests.push(zones.test(...asked.at));
  return asked.except ? [exceptTest(tests)] : tests;
}
function passes(row: Plain, { flags, high, key, at, except, owner }: Question): boolean {
  const all =
    (!flags || (row.word & flags[0]) === (flags[0] & flags[1])) &&
    (high === null || row.word >>> 28 === high) &&
    (!key || (row.key >= key[0] && row.key < key[1])) &&
    (!at || (row.at >= at[0] && row.at < at[1]));
  return all !== except && (owner === null || row.owner === BigInt(owner));
}
const compareIds = (a: Plain, b: Plain): number => (a.id < b.id ? -1 : 1);
function sorted(rows: Plain[], { sort, descending }: Question): Plain[] {
  if (sort === 'id') return rows.sort((a, b) => (descending ? compareIds(b, a) : compareIds(a, b)));
  const keyOf = ({ key }: Plain): number => (key === NO_KEY ? Number.POSITIVE_INFINITY : descending ? -key : key);
  const byKey = (a: Plain, b: Plain): number => (keyOf(a) === keyOf(b) ? 0 : keyOf(a) - keyOf(b));
  return rows.sort((a, b) => byKey(a, b) || (descending ? compareIds(b, a) : compareIds(a, b)));
}

test('a page and its total are those of a plain filter and sort, whatever has come and changed before', () => {
  fc.assert(
    fc.property(shapes, fc.array(questions, { minLength: 1, maxLength: 4 }), (shape, asked) => {
      const all = made(shape);
      const { table, order, owners, rows } = all;
      for (const question of asked) {
        const { sort, descending, limit, owner, key } = question;
        const expected = sorted(
          rows.filter((row) => passes(row, question)),
          question,
        ).map(({ id }) => id);
        const ask = (offset: number, after?: readonly [number, bigint]) =>
          chooseOf(
            table,
            {
              among: owner === null ? undefined : owners.of(BigInt(owner)),
              tests: testsOf(all, question),
              key: sort === 'id' ? undefined : table.columns.key,
              order: sort === 'key' ? order : undefined,
              within: key && !question.except ? key : undefined,
              descending,
            },
            { offset, limit, after },
          );
        const offset = Math.floor(question.from * expected.length);
        expect(ask(offset)).toEqual({ ids: expected.slice(offset, offset + limit), total: BigInt(expected.length) });
        const last = expected[offset];
        if (last === undefined || (sort !== 'id' && shape.missing)) continue;
        expect(ask(0, [table.columns.key[table.find(last)] as number, last]).ids).toEqual(expected.slice(offset + 1, offset + 1 + limit));
      }
    }),
    { numRuns: 150 },
  );
});

test('places are tested one by one as they are all at once', () => {
  fc.assert(
    fc.property(shapes, questions, (shape, question) => {
      const all = made(shape);
      const every = Uint32Array.from(all.rows.keys());
      const places = [...keepPlaces(every, testsOf(all, question))];
      const expected = [...all.rows.entries()].filter(([, row]) => passes(row, { ...question, owner: null })).map(([place]) => place);
      expect(places).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeRows } from './followed-rows.rules.ts';

const row = (id: bigint, player = 1n) => ({ id, player_id: player });
const ids = (rows: readonly { id: bigint }[]) => rows.map(({ id }) => id);

test('one sequence by id, of one player, up to what is committed', () => {
  const { end, rows } = mergeRows(
    1n,
    { trades: [row(1n), row(5n), row(2n, 2n)], entries: [row(3n), row(4n), row(9n)], orders: [row(6n)] },
    8n,
    10,
  );
  expect(end).toBe(8n);
  expect(ids(rows)).toEqual([1n, 3n, 4n, 5n, 6n]);
  expect(rows.map(({ trade }) => trade !== undefined)).toEqual([true, false, false, true, false]);
});

test('a full list ends the sequence at its last row: what it left out may come before the rest', () => {
  const { end, rows } = mergeRows(1n, { trades: [row(1n), row(2n)], entries: [row(3n)], orders: [] }, 8n, 2);
  expect(end).toBe(2n);
  expect(ids(rows)).toEqual([1n, 2n]);
});

test('looked at in pieces of any size, every row is seen once and in order', () => {
  const lists = fc.record({
    kinds: fc.array(fc.constantFrom('trade', 'entry', 'order'), { maxLength: 60 }),
    atMost: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(lists, ({ kinds, atMost }) => {
      const all = kinds.map((kind, index) => ({ ...row(BigInt(index + 1)), kind }));
      const upTo = BigInt(all.length);
      const seen: bigint[] = [];
      for (let after = 0n; after < upTo; ) {
        const next = (of: string) => all.filter(({ id, kind }) => kind === of && id > after).slice(0, atMost);
        const lists = { trades: next('trade'), entries: next('entry'), orders: next('order') };
        const { end, rows } = mergeRows(1n, lists, upTo, atMost);
        expect(end).toBeGreaterThan(after);
        seen.push(...ids(rows));
        after = end;
      }
      expect(seen).toEqual(ids(all));
    }),
  );
});

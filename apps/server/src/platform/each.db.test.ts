/** Rows handed over as they come: values in their kinds, failures of either side, a connection that can be used again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Actor } from './actor.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'test', permissions: [] };
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ poolSize: 1 });
});
afterAll(() => db?.drop());

const each = (text: string, values: readonly unknown[], take: (row: unknown[]) => void): Promise<void> =>
  db.database.as(ADMIN, 'read', (one) => one.each(text, values, take));
async function rowsOf(text: string, values: readonly unknown[] = []): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  await each(text, values, (row) => rows.push(row));
  return rows;
}

test('every row in its order, in the order of its columns', async () => {
  expect(await rowsOf(`select n as same, n * $1::int as same from generate_series(1, 3) n`, [2])).toEqual([
    [1, 2],
    [2, 4],
    [3, 6],
  ]);
  expect(await rowsOf('select 1 where false')).toEqual([]);
});

test('whole numbers are exact, however large; nothing stays nothing', async () => {
  const exact = [0n, -7n, 999_999_999_999_999n, 1_000_000_000_000_000n, -999_999_999_999_999n, 2n ** 63n - 1n, -(2n ** 63n)];
  const rows = await rowsOf('select n from unnest($1::bigint[]) with ordinality as given(n, place) order by place', [exact]);
  expect(rows.map(([value]) => BigInt(value as number))).toEqual(exact);
  expect(await rowsOf(`select null::bigint, '2026-03-19T12:34:56.789Z'::timestamptz, true, 'a'`)).toEqual([
    [null, new Date('2026-03-19T12:34:56.789Z'), true, 'a'],
  ]);
});

test('who takes them may fail, and the statement may, and the one connection goes on', async () => {
  let taken = 0;
  const failing = each('select n from generate_series(1, 100) n', [], () => {
    taken += 1;
    if (taken === 3) throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  expect(taken).toBe(3);
  await expect(rowsOf('select 1 / (3 - n) from generate_series(1, 5) n')).rejects.toThrow('division by zero');
  expect(await rowsOf('select 1')).toEqual([[1]]);
});

test('with the role of the actor, which cannot write', async () => {
  expect(await rowsOf('select current_user::text')).toEqual([['predictu_admin']]);
  await expect(rowsOf(`delete from players`)).rejects.toThrow();
});

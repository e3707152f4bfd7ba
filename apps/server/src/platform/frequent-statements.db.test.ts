import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Actor } from './actor.ts';

const WORKER: Actor = { kind: 'worker', name: 'test' };
const ALL = 'select * from things where n >= $1 order by n';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ poolSize: 1 });
  await db.owner.query(
    'create table things (n int); insert into things select generate_series(1, 3); grant select on things to predictu_worker',
  );
});
afterAll(() => db.drop());

const read = (least: number) => db.database.as(WORKER, 'read', (tx) => tx.query(ALL, [least]));

test('what is asked often is prepared, and answers the values of each time', async () => {
  for (const least of [1, 2, 3, 4, 1, 2, 3]) {
    const rows = await read(least);
    expect(rows).toEqual([1, 2, 3].filter((n) => n >= least).map((n) => ({ n })));
  }
  const prepared = await db.database.as(WORKER, 'read', (tx) => tx.query('select statement from pg_prepared_statements'));
  expect(prepared).toContainEqual({ statement: ALL });
});

test('a statement that was prepared before a migration answers the columns of after it', async () => {
  for (let n = 0; n < 6; n += 1) await read(3);
  await db.owner.query('alter table things add word text');
  expect(await read(3)).toEqual([{ n: 3, word: null }]);
});

test('so does one of several that travel together', async () => {
  const statement = { name: 'all-things', text: 'select * from things where n >= $1', values: [3] };
  const exchange = () => db.database.exchange(WORKER, 'read', [statement]);
  await exchange();
  await db.owner.query('alter table things add another_word text');
  expect(await exchange()).toEqual([[{ n: 3, word: null, another_word: null }]]);
});

test('a value nobody can read fails its own statement, not those beside it', async () => {
  const rows = (tx: { query: (text: string, values: unknown[], name: string) => Promise<unknown[]> }) =>
    Promise.allSettled([
      tx.query('select 1 as before', [], 'before'),
      tx.query(`select 'NaN'::numeric as unreadable from generate_series(1, 2)`, [], 'unreadable'),
      tx.query('select 2 as after', [], 'after'),
    ]);
  for (let time = 0; time < 2; time += 1) {
    const [before, unreadable, after] = await db.database.as(WORKER, 'read', rows);
    expect(before).toEqual({ status: 'fulfilled', value: [{ before: 1 }] });
    expect(unreadable).toMatchObject({ status: 'rejected', reason: expect.any(SyntaxError) });
    expect(after).toEqual({ status: 'fulfilled', value: [{ after: 2 }] });
  }
});

test('an error of the database says where it was asked for', async () => {
  const failing = async (): Promise<unknown> => db.database.as(WORKER, 'read', (tx) => tx.query('select 1 / 0', [], 'refused'));
  const error: unknown = await failing().catch((reason) => reason);
  expect(error).toMatchObject({ code: '22012', message: 'division by zero', stack: expect.stringContaining('db.ts') });
});

/** A connection that is lost while somebody works with it: its work fails, and nothing else does. An error nobody listens to would end the process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { until } from '../../test/trading-scene.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const WORKER = { kind: 'worker', name: 'test' } as const;
const LONG = 'select pg_sleep(30)';

/** Ends the connection that works, and waits until this process has noticed: vitest fails on an error nobody catches. */
async function cut(work: Promise<unknown>): Promise<void> {
  const failed = expect(work).rejects.toThrow();
  const ending = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'active' and query = $1`;
  await until(async () => (await db.owner.query(ending, [LONG])).rows.length > 0);
  await failed;
  await new Promise((resolve) => setTimeout(resolve, 100));
}

test('of a transaction', async () => {
  await cut(db.database.as(WORKER, 'write', (tx) => tx.query(LONG)));
  await cut(db.database.as(WORKER, 'read', (tx) => Promise.all([tx.query(LONG), tx.query('select 1')])));
  expect(await db.database.as(WORKER, 'read', (tx) => tx.query('select 1 as n'))).toEqual([{ n: 1 }]);
});

test('of statements that travel together', async () => {
  const statements = [LONG, 'select 1'].map((text, n) => ({ name: `lost${n}`, text, values: [] }));
  await cut(db.database.exchange(WORKER, 'write', statements));
  expect(await db.database.exchange(WORKER, 'read', [{ name: 'one', text: 'select 1 as n', values: [] }])).toEqual([[{ n: 1 }]]);
});

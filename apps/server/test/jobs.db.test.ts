import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JobServices, migrateJobs, startWorker } from '../src/jobs.ts';
import { logTo } from '../src/platform/log.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { until } from './trading-scene.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await migrateJobs(db.ownerUrl);
});
afterAll(() => db?.drop());

test('a job that fails is written down and tried again later, not lost in its lock', async () => {
  // Asked for by its id: a minute that begins meanwhile adds a job of the same task, which fails as well.
  const { rows: added } = await db.owner.query(`select id from graphile_worker.add_job('ping-wallets', '{}', max_attempts => 3)`);
  const services = {
    database: db.database,
    clock: { now: () => new Date() },
    wallet: { pingAll: () => Promise.reject(new Error('the wallets are on strike')), sweep: async () => {}, wake() {} },
    settlement: { sweep: async () => {} },
  } as unknown as JobServices;
  const worker = await startWorker(
    db.ownerUrl,
    services,
    logTo(() => {}, 'info'),
  );
  const failed = async () =>
    (
      await db.owner.query(
        `select attempts, last_error, locked_by, run_at > now() as later from graphile_worker.jobs where id = $1 and attempts > 0 and last_error is not null`,
        [added[0].id],
      )
    ).rows;
  await until(async () => (await failed()).length > 0);
  expect(await failed()).toEqual([{ attempts: 1, last_error: 'the wallets are on strike', locked_by: null, later: true }]);
  await worker.stop();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/trading-scene.ts';
import { type Tenant, type WalletScene, WORKER, walletScene } from '../../test/wallet-scene.ts';
import { migrateJobs, startWorker } from '../jobs.ts';
import { logTo } from '../platform/log.ts';
import { markRolledBack, requestDelivery } from './call.sql.ts';

let scene: WalletScene;
let tenant: Tenant;
beforeAll(async () => {
  scene = await walletScene();
  await migrateJobs(scene.db.ownerUrl);
  tenant = await scene.tenant();
});
afterAll(() => scene.close());

const jobs = async () =>
  (await scene.db.owner.query(`select key, queue_name, run_at from graphile_worker.jobs where task_identifier = 'deliver-wallet-calls'`))
    .rows;
const ask = (at: Date, work: 'commits' | 'fails' = 'commits') =>
  scene.db.database.as(WORKER, 'write', async (db) => {
    await requestDelivery(db, tenant.operatorId, at);
    if (work === 'fails') throw new Error('rolled back');
  });

test('a delivery asked for commits with its fact, one job per operator, at the earliest instant asked for', async () => {
  await expect(ask(new Date('2030-01-01T00:00:00Z'), 'fails')).rejects.toThrow('rolled back');
  expect(await jobs()).toEqual([]);
  for (const at of ['2030-01-02', '2030-01-01', '2030-01-03']) await ask(new Date(`${at}T00:00:00Z`));
  const name = String(tenant.operatorId);
  expect(await jobs()).toEqual([{ key: `deliver-${name}`, queue_name: `wallet-${name}`, run_at: new Date('2030-01-01T00:00:00Z') }]);
});

test('the worker delivers what a process that is gone has left', async () => {
  const id = await scene.write(tenant, 'BET_WIN');
  const services = { database: scene.db.database, clock: scene.clock, wallet: scene.another() } as unknown as Parameters<
    typeof startWorker
  >[1];
  const worker = await startWorker(
    scene.db.ownerUrl,
    services,
    logTo(() => {}, 'info'),
  );
  await ask(new Date('2020-01-01T00:00:00Z'));
  await until(async () => (await scene.row(id))['status'] === 'confirmed');
  await worker.stop();
  expect(tenant.fake.received).toHaveLength(1);
});

test('a debit undone by a person is told to trading', async () => {
  const id = await scene.write(tenant, 'BET_MAKE', { claimedUntil: null });
  await scene.db.owner.query(`update wallet_calls set status = 'unknown', next_attempt_at = null where id = $1`, [id]);
  await scene.db.database.as(WORKER, 'write', (db) => markRolledBack(db, tenant.operatorId, id, scene.clock.now()));
  await scene.wallet.drain(tenant.operatorId);
  expect(scene.told.get(id)).toEqual(['WALLET_TIMEOUT']);
});

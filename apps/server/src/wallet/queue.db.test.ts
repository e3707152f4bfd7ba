import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from '../../test/trading-scene.ts';
import { type Tenant, type WalletScene, WORKER, walletScene } from '../../test/wallet-scene.ts';
import { migrateJobs, startWorker } from '../jobs.ts';
import { logTo } from '../platform/log.ts';
import { claimDue, markRolledBack, requestDelivery } from './call.sql.ts';

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
  // Without a named queue: one would stay locked for hours when its worker is killed.
  expect(await jobs()).toEqual([{ key: `deliver-${tenant.operatorId}`, queue_name: null, run_at: new Date('2030-01-01T00:00:00Z') }]);
});

const work = () => {
  const wallet = scene.another(undefined, { autonomous: true });
  const settlement = { sweep: async () => {} };
  const services = { database: scene.db.database, clock: scene.clock, wallet, settlement } as unknown as Parameters<typeof startWorker>[1];
  return startWorker(
    scene.db.ownerUrl,
    services,
    logTo(() => {}, 'info'),
  );
};

test('a delivery asked for is made, whatever a killed worker had locked', async () => {
  const worker = await work();
  const killed = await scene.tenant();
  const other = await scene.write(killed, 'BET_WIN');
  await scene.db.database.as(WORKER, 'write', (db) => requestDelivery(db, killed.operatorId, new Date('2020-01-01T00:00:00Z')));
  await until(async () => (await scene.row(other))['status'] === 'confirmed');
  // As kill -9 leaves it: the job, and its queue if it had one, locked by a worker that is not there.
  await scene.db.database.as(WORKER, 'write', (db) => requestDelivery(db, killed.operatorId, new Date('2040-01-01T00:00:00Z')));
  await scene.db.owner.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead' where key = 'deliver-${killed.operatorId}'`,
  );
  await scene.db.owner.query(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'worker-dead'`);
  const id = await scene.write(killed, 'BET_WIN');
  await scene.db.database.as(WORKER, 'write', (db) => requestDelivery(db, killed.operatorId, new Date('2020-01-01T00:00:00Z')));
  await until(async () => (await scene.row(id))['status'] === 'confirmed');
  await worker.stop();
});

test('a worker that starts takes up what a process that is gone has left, without being asked', async () => {
  const id = await scene.write(tenant, 'BET_WIN');
  const worker = await work();
  await until(async () => (await scene.row(id))['status'] === 'confirmed');
  await worker.stop();
  // A minute that begins meanwhile asks every wallet whether it is there; so it is asked here, always.
  await scene.wallet.pingAll();
  const methods = tenant.fake.received.map(({ request }) => request.method);
  expect(methods).toContain('PING');
  expect(methods.filter((method) => method === 'BET_WIN')).toHaveLength(1);
});

test('a debit undone by a person is told to trading', async () => {
  const id = await scene.write(tenant, 'BET_MAKE', { claimedUntil: null });
  await scene.db.owner.query(`update wallet_calls set status = 'unknown', next_attempt_at = null where id = $1`, [id]);
  await scene.db.database.as(WORKER, 'write', (db) => markRolledBack(db, tenant.operatorId, id, scene.clock.now()));
  await scene.wallet.drain(tenant.operatorId);
  expect(scene.told.get(id)).toEqual(['WALLET_TIMEOUT']);
});

test('what nobody knows, and what ends it, does not wait behind what is merely owed', async () => {
  const behind = await scene.tenant();
  const owed: bigint[] = [];
  for (let n = 0; n < 6; n += 1) owed.push(await scene.write(behind, 'BET_WIN'));
  const unknown = await scene.write(behind, 'BET_SELL');
  const undoing = await scene.write(behind, 'BET_ROLLBACK');
  const now = scene.clock.now();
  await scene.db.owner.query(`update wallet_calls set next_attempt_at = $2 where id = any($1::bigint[])`, [
    owed,
    new Date(now.getTime() - 60_000),
  ]);
  await scene.db.owner.query(
    `update wallet_calls set status = 'unknown', attempts = 1, reached = true, next_attempt_at = $2 where id = $1`,
    [unknown, now],
  );
  const claim = (limit: number) =>
    scene.db.database.as(WORKER, 'write', (db) =>
      claimDue(db, behind.operatorId, { limit, now, until: new Date(now.getTime() + 45_000), overdue: null, answering: true }),
    );
  const ids = (calls: { id: bigint }[]) => calls.map(({ id }) => id);
  expect(ids(await claim(3))).toEqual([owed[0], unknown, undoing]);
  expect(ids(await claim(100))).toEqual(owed.slice(1));
  expect(await claim(100)).toEqual([]);
});

test('a player who has come is asked for in the background, once in a while, and only where the wallet keeps the money', async () => {
  const there = await scene.tenant();
  const wallet = scene.another(undefined, { autonomous: true });
  const known = async () =>
    (await scene.db.owner.query('select wallet_balance_cents::int as balance from players where id = $1', [there.playerId])).rows[0]
      .balance;
  const asked = () => there.fake.received.filter(({ request }) => request.method === 'BALANCE').length;
  for (let n = 0; n < 5; n += 1) wallet.refreshBalance(there);
  await until(async () => (await known()) === 100_000);
  there.fake.balances.set(there.externalId, 123_456);
  scene.clock.advance(3_000);
  wallet.refreshBalance(there);
  await until(async () => (await known()) === 123_456);
  expect(asked()).toBe(2);
  await scene.db.owner.query(`update operators set wallet_mode = 'internal' where id = $1`, [there.operatorId]);
  expect(await wallet.balance(there.operatorId, there.playerId)).toBe(null);
  expect(asked()).toBe(2);
});

test('players whose money is kept here cost one question together, not one each', async () => {
  const here = await scene.tenant();
  await scene.db.owner.query(`update operators set wallet_mode = 'internal' where id = $1`, [here.operatorId]);
  const wallet = scene.another(undefined, { autonomous: true });
  const asked = vi.spyOn(scene.db.database, 'as');
  for (let n = 0n; n < 20n; n += 1n) wallet.refreshBalance({ operatorId: here.operatorId, playerId: here.playerId + n });
  await wallet.close();
  expect(asked).toHaveBeenCalledTimes(1);
  for (let n = 0n; n < 20n; n += 1n) wallet.refreshBalance({ operatorId: here.operatorId, playerId: here.playerId + n });
  scene.clock.advance(3_000);
  wallet.refreshBalance(here);
  await wallet.close();
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRestore();
});

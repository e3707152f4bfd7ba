import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../test/fake-wallet.ts';
import { seeded } from '../../test/random.ts';
import { type WalletScene, walletScene } from '../../test/wallet-scene.ts';

const FAULTS: readonly Fault[] = [
  'none',
  'none',
  'none',
  'reset before',
  'reset after',
  '500 after',
  'html',
  'wrong id',
  'error',
  'huge',
  'redirect',
  'hang after',
  'blocked',
];
const SEEDS = [1, 2, 3];
const CALLS = 40;

let scene: WalletScene;
beforeAll(async () => {
  scene = await walletScene();
});
afterAll(() => scene.close());

test.each(SEEDS)('whatever the wallet does (seed %i), both sides agree about every cent', async (seed) => {
  const { pick, oneIn } = seeded(seed);
  const tenant = await scene.tenant();
  await scene.hurry(tenant);
  // Blocked is a refusal: a credit or rollback refused waits for a person, which another test covers.
  tenant.fake.behave(({ method }) => {
    const fault = pick(FAULTS);
    return method !== 'BET_MAKE' && fault === 'blocked' ? 'none' : fault;
  });
  const second = scene.another();
  const debits: bigint[] = [];
  const credits: bigint[] = [];
  for (let i = 0; i < CALLS; i += 1) {
    if (oneIn(3)) credits.push(await scene.write(tenant, 'BET_WIN'));
    else {
      const id = await scene.write(tenant, 'BET_MAKE');
      debits.push(id);
      // Some are written by a process that dies before it asks.
      if (!oneIn(5)) await (oneIn(2) ? scene.wallet : second).deliver(tenant.operatorId, id);
    }
    scene.clock.advance(200);
    if (oneIn(5)) await Promise.all([scene.wallet.drain(tenant.operatorId), second.drain(tenant.operatorId)]);
  }
  await scene.settle(tenant);
  tenant.fake.behave('none');
  await scene.db.owner.query(
    `update wallet_calls set status = 'pending', attempts = 0, started_at = $2, next_attempt_at = $2 where operator_id = $1 and status = 'failed'`,
    [tenant.operatorId, scene.clock.now()],
  );
  await scene.settle(tenant);
  await second.drain(tenant.operatorId);

  const filled = debits.filter((id) => scene.told.get(id)?.includes('fill'));
  for (const id of debits) expect(new Set(scene.told.get(id)).size).toBe(1);
  const { rows } = await scene.db.owner.query('select status, count(*)::int as calls from wallet_calls where operator_id = $1 group by 1', [
    tenant.operatorId,
  ]);
  expect(rows.map(({ status }) => status).filter((status) => !['confirmed', 'refused', 'rolled_back'].includes(status))).toEqual([]);
  expect(tenant.fake.balances.get(tenant.externalId)).toBe(100_000 - 1_005 * filled.length + 1_005 * credits.length);
});

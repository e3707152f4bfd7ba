/** The breaker an installation begins with follows the configuration, and is made once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMarket, makePlayer, setConfig } from '../../test/factories.ts';
import { buyOf, codeOf, type Scene, tradeOf, tradingScene } from '../../test/trading-scene.ts';
import type { Actor } from '../platform/actor.ts';
import { idMaker } from '../platform/ids.ts';
import type { Trading } from '../trading/trading.ts';
import { armPlatformBreaker } from './risk.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 0n, email: 'installation', permissions: [] };
let scene: Scene;
let trading: Trading;
beforeAll(async () => {
  scene = await tradingScene();
  await setConfig(scene.owner, { risk: { global_exposure_limit_usd: 1_000 } });
  trading = await scene.open();
});
afterAll(async () => {
  await trading?.close();
  await scene?.drop();
});
const arm = () => scene.database.as(ADMIN, 'write', (db) => armPlatformBreaker(db, scene.clock.now(), idMaker(scene.clock)));
const breakers = async () =>
  (await scene.owner.query('select scope, trigger_threshold::int as threshold, follows_platform, status, created_by from circuit_breakers'))
    .rows;

test('at the percentage of the configuration buying halts, without anybody having made a breaker', async () => {
  await Promise.all([arm(), arm()]);
  expect(await breakers()).toEqual([
    { scope: 'global', threshold: 90, follows_platform: true, status: 'armed', created_by: 'installation' },
  ]);
  const market = await makeMarket(scene.owner);
  const playerId = await makePlayer(scene.owner, scene.operatorId);
  const buy = async (amount: bigint) => codeOf(await trading.submit(tradeOf(scene.operatorId, playerId, buyOf(market, amount))));
  // Half a dollar a share: $400 are about $785 of exposure, 78 percent.
  expect(await buy(40_000n)).toBe('done');
  expect(await buy(7_000n)).toBe('done');
  expect(await buy(100n)).toBe('CIRCUIT_BREAKER');
  expect(await breakers()).toMatchObject([{ status: 'tripped' }]);
});

test('is not made again, also when it was disarmed', async () => {
  await scene.owner.query(`update circuit_breakers set status = 'disarmed'`);
  await arm();
  expect(await breakers()).toMatchObject([{ status: 'disarmed' }]);
});

/** A process killed with -9 while it executes limit orders, and wallets that refuse: every order still ends exactly once. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../src/platform/clock.ts';
import { idMaker } from '../src/platform/ids.ts';
import { type LimitOrder, limitOrderKey } from '../src/trading/operation.rules.ts';
import { openTradePayments, type Trading } from '../src/trading/trading.ts';
import { openWallet } from '../src/wallet/wallet.ts';
import { startServerProcess } from './chaos/server-process.ts';
import { makeMarket, makePlayer, setConfig } from './factories.ts';
import { allowOrders, buyAt, expectRightBooks, matcherOf, movePrice, orderOf, placing, sellAt } from './order-scene.ts';
import { makeSeamlessOperator, type OutsideWallet, outsideWallet } from './outside-wallet.ts';
import { type Scene, tradingScene, until } from './trading-scene.ts';

const log = { info() {}, warn() {}, error() {} };
let scene: Scene;
let casino: OutsideWallet;
let trading: Trading;
beforeAll(async () => {
  scene = await tradingScene();
  await setConfig(scene.owner, { defaults: { s2s_retry_max: 1, s2s_retry_backoff_ms: 10 } });
  await allowOrders(scene, scene.operatorId);
  casino = await outsideWallet();
  trading = await scene.open();
});
afterAll(async () => {
  await trading?.close();
  await casino?.close();
  await scene?.drop();
});
const query = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows;
const matchOf = ({ id, operatorId, playerId, marketId, outcome }: LimitOrder) =>
  ({ kind: 'match', operatorId, playerId, orderId: id, marketId, outcome, key: limitOrderKey(id), bodyHash: '0'.repeat(32) }) as const;

test('killed with -9 while it executes, asked again by another process meanwhile: each order has one trade', {
  timeout: 120_000,
}, async () => {
  const market = await makeMarket(scene.owner, { end_at: null });
  const { operatorId } = scene;
  const orders = await Promise.all(
    Array.from({ length: 400 }, async () =>
      orderOf(
        await trading.submit(
          placing(operatorId, await makePlayer(scene.owner, operatorId, { balance_cents: 2_000n }), buyAt(market, 1_000n, 4_000n)),
        ),
      ),
    ),
  );
  // The other process lives in the present.
  await query('update markets set mid = 3000, priced_at = now() where id = $1', market);
  const child = await startServerProcess([scene.appUrl]);
  const filled = async () =>
    Number((await query(`select count(*)::int as n from limit_orders where status = 'filled' and market_id = $1`, market))[0].n);
  const present = await scene.open();
  const matcher = matcherOf({ ...scene, clock: systemClock as never }, present);
  for (let round = 0; round < 3; round += 1) {
    const replies = Promise.all(orders.slice(round * 130).map((order) => child.submit(matchOf(order))));
    const before = await filled();
    await until(async () => (await filled()) > before || before === orders.length);
    await child.killAndRestart();
    await replies;
  }
  const last = Promise.all(orders.map((order) => child.submit(matchOf(order))));
  await query('update markets set priced_at = $2 where id = $1', market, scene.clock.now());
  await Promise.all([matcher.sweep(), matcher.sweep(), last]);
  await child.stop();
  expect(await filled()).toBe(orders.length);
  expect(await query('select count(*)::int as n from trades where market_id = $1', market)).toEqual([{ n: orders.length }]);
  await present.close();
  await expectRightBooks(scene);
});

test('where the operator keeps the balances, its wallet pays when an order executes, and its refusal is the order’s', async () => {
  const operatorId = await makeSeamlessOperator(scene.owner, casino.url);
  await allowOrders(scene, operatorId);
  const { database, clock } = scene;
  const wallet = openWallet({
    database,
    clock,
    newId: idMaker(clock),
    log,
    secretsKey: createHash('sha256').update('test').digest(),
    loopback: () => true,
    autonomous: false,
    random: () => 0,
  });
  const payments = openTradePayments({ database, trading, wallet, log });
  const matcher = matcherOf(scene, trading, payments);
  const market = await makeMarket(scene.owner, { priced_at: clock.now() });
  const place = async () => {
    const playerId = await makePlayer(scene.owner, operatorId, { balance_cents: 0n });
    return orderOf(await trading.submit(placing(operatorId, playerId, buyAt(market, 1_000n, 4_000n))));
  };
  const [paid, refused, silent] = [await place(), await place(), await place()];
  expect(casino.requests).toEqual([]);
  await movePrice(scene, market, 3_000n);
  const stand = async ({ id }: LimitOrder) =>
    (await query('select status, reason, refusal ->> $2 as refused from limit_orders where id = $1', id, 'refused'))[0];

  expect(await matcher.match(paid)).toMatchObject({ status: 'pending' });
  expect(await stand(paid)).toEqual({ status: 'filled', reason: null, refused: null });
  casino.faults.set('BET_MAKE', ['refuse']);
  await matcher.match(refused);
  expect(await stand(refused)).toEqual({ status: 'cancelled', reason: 'refused', refused: 'PLAYER_RESTRICTED' });
  // Its answer never comes: the trade is pending, the order with it, until the rollback is answered.
  casino.faults.set('BET_MAKE', ['break', 'break', 'break']);
  await matcher.match(silent);
  await expectRightBooks(scene);
  for (let round = 0; round < 5; round += 1) {
    clock.advance(60_000);
    await wallet.drain(operatorId);
  }
  expect(['filled', 'cancelled']).toContain((await stand(silent)).status);
  expect(casino.requests.filter(({ method }) => method === 'BET_MAKE').length).toBeGreaterThanOrEqual(3);
  await expectRightBooks(scene);
  await query('update markets set priced_at = $2 where id = $1', market, clock.now());

  const [owner] = await query(
    'select player_id, quantity from positions where operator_id = $1 and player_id = $2',
    operatorId,
    paid.playerId,
  );
  const sale = orderOf(await trading.submit(placing(operatorId, paid.playerId, sellAt(market, owner.quantity, 5_000n))));
  await movePrice(scene, market, 6_000n);
  expect(await matcher.match(sale)).toMatchObject({ status: 'filled' });
  const sales = () => casino.requests.filter(({ method }) => method === 'BET_SELL');
  // Its line rests after the lines that broke, and what is to be rolled back may come before the credit.
  for (let round = 0; round < 5 && sales().length === 0; round += 1) {
    await wallet.drain(operatorId);
    clock.advance(60_000);
  }
  await wallet.drain(operatorId);
  expect(sales()).toHaveLength(1);
  await wallet.close();
  await expectRightBooks(scene);
});

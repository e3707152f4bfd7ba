/** Debits asked by whoever wrote them: not read again, and the same bytes as if they were. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMarket, makePlayer } from '../../test/factories.ts';
import { makeSeamlessOperator, type OutsideWallet, outsideWallet } from '../../test/outside-wallet.ts';
import { buyOf, type Scene, tradeOf, tradingScene } from '../../test/trading-scene.ts';
import type { Database } from '../platform/db.ts';
import { idMaker } from '../platform/ids.ts';
import { openTradePayments, type TradePayments, type Trading } from '../trading/trading.ts';
import { bodyOf, paramsOf } from './call.rules.ts';
import { callsById, callsOf } from './call.sql.ts';
import { openFreshCalls } from './fresh-calls.ts';
import { openWallet, type Wallet } from './wallet.ts';

const log = { info() {}, warn() {}, error() {} };
const WORKER = { kind: 'worker', name: 'test' } as const;
let scene: Scene;
let casino: OutsideWallet;
let wallet: Wallet;
let trading: Trading;
let payments: TradePayments;
let operatorId: bigint;
let reads = 0;

beforeAll(async () => {
  scene = await tradingScene();
  casino = await outsideWallet();
  operatorId = await makeSeamlessOperator(scene.owner, casino.url);
  const { clock } = scene;
  const counting: Database = {
    ...scene.database,
    exchange(actor, mode, statements, options) {
      reads += statements.filter(({ name }) => name === 'wallet_calls_by_id').length;
      return scene.database.exchange(actor, mode, statements, options);
    },
  };
  const secretsKey = createHash('sha256').update('test').digest();
  wallet = openWallet({ database: counting, clock, newId: idMaker(clock), log, secretsKey, loopback: () => true });
  trading = await scene.open({ announce: wallet.announce });
  payments = openTradePayments({ database: scene.database, trading, wallet, log });
});
afterAll(async () => {
  await wallet?.close();
  await trading?.close();
  await casino?.close();
  await scene?.drop();
});

test('what has just been written is not read, and its row says the bytes that were sent', async () => {
  const player = await makePlayer(scene.owner, operatorId, { balance_cents: 0n });
  const market = await makeMarket(scene.owner);
  // The first one reads the address and the keys, which are known for a second.
  for (let unread = false, tries = 0; !unread; tries += 1) {
    expect(tries).toBeLessThan(20);
    const answer = await trading.submit(tradeOf(operatorId, player, buyOf(market, 1_000n)));
    if (!('trade' in answer)) throw new Error('refused');
    const before = reads;
    expect(await payments.pay([answer.trade])).toMatchObject([{ status: 'filled' }]);
    unread = reads === before;
    const [rows = []] = await scene.database.exchange(WORKER, 'read', [callsById(operatorId, [answer.trade.id])]);
    const [call] = callsOf(rows);
    if (!call) throw new Error('no call');
    const told = paramsOf(call, { externalId: call.externalId ?? '', currency: 'USD', bet: call.bet });
    expect(JSON.stringify(call.params)).toBe(JSON.stringify(told));
    expect(JSON.stringify(casino.requests.at(-1))).toBe(bodyOf(call, told));
  }
});

test('what was not committed is never asked, and nothing is asked twice', () => {
  const at = scene.clock.now();
  const call = { id: 7n, operatorId, method: 'BET_MAKE', playerId: 1n, marketId: 2n, tradeId: 7n, positionId: null } as const;
  const bet = { tradeId: 7n, marketId: 2n, marketTitle: 'T', category: 'other', outcome: 'yes', price: 1n, quantity: 1n, fee: 0n } as never;
  const amounts = { settlementId: null, referenceId: null, amount: 100n as never, createdAt: at, claimedUntil: at };
  const calls = [{ call: { ...call, ...amounts }, externalId: 'p', bet }];
  const settings = { operatorId, currency: 'USD' };
  const endpoint = { settings, key: { kid: 'k' }, secrets: [], obstacle: null } as never;
  const endpoints = { get: () => endpoint, put() {} };
  const fresh = openFreshCalls({ clock: scene.clock, endpoints, signer: { sign: async () => ({}) } });
  fresh.announce(calls);
  expect(fresh.take(7n)).toBeUndefined();
  fresh.announce(calls)();
  expect(fresh.take(7n)?.call).toMatchObject({ id: 7n, status: 'pending', attempts: 0, reached: false });
  expect(fresh.take(7n)).toBeUndefined();
  fresh.announce(calls)();
  scene.clock.advance(5_000);
  expect(fresh.take(7n)).toBeUndefined();
});

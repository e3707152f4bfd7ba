/** The books are right at every moment of a settlement: balances of ours, an outside wallet and no money at all, side by side. */
import { createHash } from 'node:crypto';
import { shares } from '@predictu/contract/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksReport } from '../src/insights/books-report.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import type { Actor } from '../src/platform/actor.ts';
import { idMaker } from '../src/platform/ids.ts';
import { decideSettlement } from '../src/settlement/decide-settlement.ts';
import type { Result } from '../src/settlement/entitlement.rules.ts';
import { selectUnpaid } from '../src/settlement/pay.sql.ts';
import { payChunk } from '../src/settlement/pay-settlement.ts';
import { openSettlement, proposeSettlement, type Settlement } from '../src/settlement/settlement.ts';
import { openTradePayments, type TradePayments, type TradeResult, type Trading } from '../src/trading/trading.ts';
import { openWallet, type Wallet } from '../src/wallet/wallet.ts';
import { changeSlowly, makeMarket, makeOperator, makePlayer, setConfig } from './factories.ts';
import { makeSeamlessOperator, type OutsideWallet, outsideWallet } from './outside-wallet.ts';
import { buyOf, codeOf, type Scene, tradeOf, tradingScene } from './trading-scene.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] };
const log = { info() {}, warn() {}, error() {} };

let scene: Scene;
let casino: OutsideWallet;
let trading: Trading;
let wallet: Wallet;
let payments: TradePayments;
let settlement: Settlement;
let seamless: bigint;
let shadow: bigint;

beforeAll(async () => {
  scene = await tradingScene();
  await setConfig(scene.owner, { fees: { settlement_fee_bps: 150 } });
  casino = await outsideWallet();
  seamless = await makeSeamlessOperator(scene.owner, casino.url);
  await changeSlowly(scene.owner, async () => {
    shadow = await makeOperator(scene.owner, { wallet_mode: 'shadow' });
  });
  trading = await scene.open();
  const { database, clock } = scene;
  const secretsKey = createHash('sha256').update('test').digest();
  wallet = openWallet({
    database,
    clock,
    newId: idMaker(clock),
    log,
    secretsKey,
    loopback: () => true,
    autonomous: false,
    random: () => 0,
  });
  payments = openTradePayments({ database, trading, wallet, log });
  settlement = openSettlement({ database, clock, newId: idMaker(clock), wallet, log, automatic: async () => false });
});
afterAll(async () => {
  await settlement?.close();
  await wallet?.close();
  await trading?.close();
  await casino?.close();
  await scene?.drop();
});

async function expectRight(): Promise<void> {
  const report = await verifyBooks(scene.database);
  expect(report.ok, booksReport(report)).toBe(true);
}
async function buy(operatorId: bigint, player: bigint, market: bigint, outcome: 'yes' | 'no', amount = 1_003n): Promise<TradeResult> {
  const answer = await trading.submit(tradeOf(operatorId, player, buyOf(market, amount, { outcome })));
  if (!('trade' in answer)) throw new Error(`Refused: ${codeOf(answer)}`);
  return answer.trade;
}
const propose = (marketId: bigint, outcome: Result, correctsId?: bigint) =>
  scene.database.as(ADMIN, 'write', (db) =>
    proposeSettlement(db, {
      actor: ADMIN,
      now: scene.clock.now(),
      newId: idMaker(scene.clock),
      marketId,
      outcome,
      evidence: 'Seen',
      evidenceUrl: null,
      ...(correctsId !== undefined && { correctsId }),
    }),
  );

test('every difference is a defect, also while trades wait, payouts are under way and results are corrected', async () => {
  const market = await makeMarket(scene.owner);
  const operators = [scene.operatorId, seamless, shadow];
  const players = await Promise.all(
    operators.flatMap((operatorId) =>
      [1, 2, 3].map(async () => ({
        operatorId,
        id: await makePlayer(scene.owner, operatorId, { balance_cents: operatorId === scene.operatorId ? 50_000n : 0n }),
      })),
    ),
  );
  const pending: TradeResult[] = [];
  for (const [index, { operatorId, id }] of players.entries()) {
    const trade = await buy(operatorId, id, market, index % 3 === 0 ? 'no' : 'yes');
    if (trade.status === 'pending') pending.push(trade);
  }
  expect(pending).toHaveLength(3);
  await expectRight();
  await payments.pay(pending);
  await expectRight();
  for (const { operatorId, id } of players.filter((_, index) => index % 3 === 2)) {
    const order = { marketId: market, outcome: 'yes', side: 'sell', quantity: shares(333n), limitPrice: 1n as never } as const;
    expect(codeOf(await trading.submit(tradeOf(operatorId, id, order)))).toBe('done');
  }
  casino.faults.set('BET_MAKE', ['refuse']);
  await payments.pay([await buy(seamless, players[4]?.id as bigint, market, 'yes')]);
  const late = await buy(seamless, players[4]?.id as bigint, market, 'yes');
  await expectRight();

  const first = await propose(market, 'yes');
  expect(await decideSettlement(scene.database, scene.clock, first.id)).toBe(true);
  await expectRight();
  expect(await payments.pay([late])).toMatchObject([{ refused: 'MARKET_NOT_TRADEABLE' }]);
  for (const unpaid of await scene.database.as({ kind: 'worker', name: 'test' }, 'read', selectUnpaid)) {
    await payChunk(scene.database, scene.clock, unpaid, { most: 2 });
    await expectRight();
  }
  // A player paid before its turn.
  await buy(scene.operatorId, players[0]?.id as bigint, await makeMarket(scene.owner), 'yes');
  await expectRight();
  await settlement.run();
  await wallet.drain(seamless);
  await expectRight();

  let last = first.id;
  for (const outcome of ['no', 'void', 'split', 'yes'] as const) {
    last = (await propose(market, outcome, last)).id;
    await settlement.run();
    await wallet.drain(seamless);
    await expectRight();
  }
  // What its seller did not deliver at once, the queue does.
  scene.clock.advance(60_000);
  await wallet.drain(seamless);
  const { rows } = await scene.owner.query(
    `select method, count(*)::int as n from wallet_calls where settlement_id = $1 group by 1 order by 1`,
    [first.id],
  );
  expect(rows).toEqual([
    { method: 'BET_LOSE', n: 1 },
    { method: 'BET_WIN', n: 2 },
  ]);
  expect((await scene.owner.query(`select count(*)::int as n from wallet_calls where status <> 'confirmed'`)).rows).toEqual([{ n: 1 }]);
});

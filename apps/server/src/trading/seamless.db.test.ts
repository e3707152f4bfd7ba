/** Trades of an operator that keeps its players' money: reserved, paid by its wallet, filled or given back. */
import { createHash } from 'node:crypto';
import { shares } from '@predictu/contract/units';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeMarket, makePlayer, setConfig } from '../../test/factories.ts';
import { makeSeamlessOperator, type OutsideWallet, outsideWallet } from '../../test/outside-wallet.ts';
import { brokenBooks, buyOf, codeOf, type Scene, tradeOf, tradingScene, until } from '../../test/trading-scene.ts';
import { idMaker } from '../platform/ids.ts';
import { openWallet, type Wallet } from '../wallet/wallet.ts';
import { reservedKey, type TradeResult } from './operation.rules.ts';
import { openTradePayments, type TradePayments, type Trading } from './trading.ts';

let scene: Scene;
let casino: OutsideWallet;
let trading: Trading;
let wallet: Wallet;
let payments: TradePayments;
let operatorId: bigint;
let player: bigint;
let market: bigint;

const FEW_RETRIES = { s2s_retry_max: 1, s2s_retry_backoff_ms: 10 };
const log = { info() {}, warn() {}, error() {} };

beforeAll(async () => {
  scene = await tradingScene();
  await setConfig(scene.owner, { defaults: FEW_RETRIES });
  casino = await outsideWallet();
  operatorId = await makeSeamlessOperator(scene.owner, casino.url);
  trading = await scene.open();
  const secretsKey = createHash('sha256').update('test').digest();
  const newId = idMaker(scene.clock);
  const { database, clock } = scene;
  wallet = openWallet({ database, clock, newId, log, secretsKey, loopback: () => true, autonomous: false, random: () => 0 });
  payments = openTradePayments({ database, trading, wallet, log });
});
beforeEach(async () => {
  player = await makePlayer(scene.owner, operatorId, { balance_cents: 0n });
  market = await makeMarket(scene.owner);
  casino.requests.length = 0;
  casino.faults.clear();
});
afterAll(async () => {
  await wallet?.close();
  await trading?.close();
  await casino?.close();
  await scene?.drop();
});

const one = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows[0];
const statusOf = async (id: bigint): Promise<string> => (await one('select status from trades where id = $1', id)).status;
const held = async (): Promise<bigint> =>
  (await one('select yes_shares + no_shares as held from exposure where operator_id = $1 and scope = 2 and key = $2', operatorId, market))
    .held;

async function reserve(amount = 1_000n): Promise<TradeResult> {
  const answer = await trading.submit(tradeOf(operatorId, player, buyOf(market, amount)));
  if (!('trade' in answer)) throw new Error(`Refused: ${codeOf(answer)}`);
  return answer.trade;
}
const fillOf = (trade: TradeResult, kind: 'fill' | 'release') =>
  ({
    kind,
    operatorId,
    playerId: trade.playerId,
    marketId: trade.marketId,
    outcome: trade.outcome,
    tradeId: trade.id,
    key: reservedKey(trade.id),
    bodyHash: '0'.repeat(32),
    refusal: { refused: 'WALLET_UNAVAILABLE', message: 'no', details: null },
  }) as const;

test('a buy is held, told to the wallet and filled; no balance of ours moves', async () => {
  const trade = await reserve();
  expect(trade).toMatchObject({ status: 'pending', walletMode: 'seamless', balanceAfter: 0n });
  expect(await held()).toBe(trade.quantity);
  expect(await one('select count(*)::int as n from ledger_entries where trade_id = $1', trade.id)).toEqual({ n: 0 });
  expect(await payments.pay([trade])).toMatchObject([{ id: trade.id, status: 'filled' }]);
  expect(casino.requests).toMatchObject([{ method: 'BET_MAKE', params: { amount: Number(trade.amount + trade.fee) } }]);
  expect(await held()).toBe(trade.quantity);
  const { rows } = await scene.owner.query(
    'select from_account, to_account, amount_cents from ledger_entries where trade_id = $1 order by id',
    [trade.id],
  );
  expect(rows).toEqual([
    { from_account: 'wallet', to_account: 'house', amount_cents: trade.amount },
    { from_account: 'wallet', to_account: 'fees', amount_cents: trade.fee },
  ]);
  const totals = 'select balance_cents, trade_count, volume_cents, open_shares, wallet_balance_cents from players where id = $1';
  expect(await one(totals, player)).toEqual({
    balance_cents: 0n,
    trade_count: 1,
    volume_cents: trade.amount,
    open_shares: trade.quantity,
    wallet_balance_cents: 1_000_000n - trade.amount - trade.fee,
  });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('a refusal gives the exposure back and is what the player is told, also later', async () => {
  casino.faults.set('BET_MAKE', ['refuse']);
  const trade = await reserve();
  expect(await payments.pay([trade])).toMatchObject([{ refused: 'PLAYER_RESTRICTED', details: { reason: 'player_blocked' } }]);
  expect(await held()).toBe(0n);
  expect(await payments.recall([{ ...trade, status: 'cancelled' }])).toMatchObject([{ refused: 'PLAYER_RESTRICTED' }]);
  expect(await one('select count(*)::int as n from positions where player_id = $1', player)).toEqual({ n: 0 });
});

const endOf = (id: bigint) =>
  one(
    `select c.status, c.attempts, c.reached, c.next_attempt_at, c.claimed_until, c.told_at is not null as told, c.settled_at is not null as settled,
       c.params ->> 'transaction_id' = c.answer ->> 'transaction_id' as answered, c.balance_cents = p.wallet_balance_cents as remembered,
       c.xmin = t.xmin and a.xmin = t.xmin and p.xmin = t.xmin as together, a.outcome, a.http_status, a.request, t.status as trade
     from wallet_calls c join trades t on t.id = c.id join players p on p.id = c.player_id join wallet_attempts a on a.call_id = c.id where c.id = $1`,
    id,
  );
const ENDED = { attempts: 1, reached: true, next_attempt_at: null, claimed_until: null, told: true, settled: true, remembered: true };
const AT_ONCE = { ...ENDED, answered: true, together: true, http_status: 200, request: null };

test('the end of a debit, its attempt, the balance it answered and the trade are one commit', async () => {
  const filled = await reserve();
  await payments.pay([filled]);
  expect(await endOf(filled.id)).toEqual({ ...AT_ONCE, status: 'confirmed', outcome: 'confirmed', trade: 'filled' });
  casino.faults.set('BET_MAKE', ['refuse']);
  const refused = await reserve();
  await payments.pay([refused]);
  expect(await endOf(refused.id)).toEqual({ ...AT_ONCE, status: 'refused', outcome: 'refused', trade: 'cancelled' });
});

test('an end that comes after another attempt has been recorded changes nothing', async () => {
  const trade = await reserve();
  const at = scene.clock.now();
  const call = {
    operatorId,
    id: trade.id,
    status: 'confirmed',
    attempts: 1,
    reached: true,
    reason: null,
    params: null,
    answer: null,
  } as const;
  const ended = { ...call, attemptsBefore: 0, balance: null, attempt: null, at };
  await scene.owner.query('update wallet_calls set attempts = 1, status = $2 where id = $1', [trade.id, 'unknown']);
  expect(codeOf(await trading.submit({ ...fillOf(trade, 'fill'), ended }))).toBe('CONFLICT');
  expect(await statusOf(trade.id)).toBe('pending');
  expect(await one('select status, told_at from wallet_calls where id = $1', trade.id)).toEqual({ status: 'unknown', told_at: null });
  const again = { ...ended, attemptsBefore: 1, attempts: 2 };
  const twice = [trading.submit({ ...fillOf(trade, 'fill'), ended: again }), trading.submit({ ...fillOf(trade, 'fill'), ended: again })];
  expect((await Promise.all(twice)).map(codeOf)).toEqual(['done', 'CONFLICT']);
  expect(await one('select status, attempts from wallet_calls where id = $1', trade.id)).toEqual({ status: 'confirmed', attempts: 2 });
});

test('a call somebody else is at is left to them, and the debit ends behind it', async () => {
  const trade = await reserve();
  await scene.owner.query('begin');
  await scene.owner.query('select from wallet_calls where id = $1 for update', [trade.id]);
  const paid = payments.pay([trade]);
  await until(async () => casino.requests.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await statusOf(trade.id)).toBe('pending');
  await scene.owner.query('commit');
  expect(await paid).toMatchObject([{ status: 'filled' }]);
  await until(async () => (await endOf(trade.id)).told);
  expect(await endOf(trade.id)).toMatchObject({ ...ENDED, status: 'confirmed', together: false, trade: 'filled' });
});

test('without an answer it stays pending and held, then is undone: never a guess', async () => {
  const patient = operatorId;
  operatorId = await makeSeamlessOperator(scene.owner, casino.url, 1_000);
  player = await makePlayer(scene.owner, operatorId, { balance_cents: 0n });
  casino.faults.set('BET_MAKE', ['late', 'hang']);
  const trade = await reserve();
  expect(await payments.pay([trade])).toMatchObject([{ status: 'pending' }]);
  expect(() => payments.recall([trade])).toThrow('not answered');
  expect(await held()).toBe(trade.quantity);
  for (let round = 0; round < 6 && (await statusOf(trade.id)) === 'pending'; round += 1) {
    scene.clock.advance(5_000);
    await wallet.drain(operatorId);
  }
  expect(await statusOf(trade.id)).toBe('cancelled');
  expect(await held()).toBe(0n);
  expect(casino.requests.at(-1)).toMatchObject({ method: 'BET_ROLLBACK' });
  expect(new Set(casino.requests.map(({ request_id: id }) => id)).size).toBe(2);
  const { external_id: name } = await one('select external_id from players where id = $1', player);
  expect(casino.balances.get(name)).toBe(1_000_000);
  await scene.owner.query('update markets set priced_at = $1', [scene.clock.now()]);
  operatorId = patient;
});

test('what became of a trade is decided once, whoever asks and however often', async () => {
  const trade = await reserve();
  const answers = await Promise.all([
    trading.submit(fillOf(trade, 'fill')),
    trading.submit(fillOf(trade, 'release')),
    trading.submit(fillOf(trade, 'fill')),
  ]);
  expect(answers).toMatchObject([
    { replayed: false, trade: { status: 'filled' } },
    { replayed: true, trade: { status: 'filled' } },
    { replayed: true, trade: { status: 'filled' } },
  ]);
  expect(await one('select count(*)::int as n from trade_events where trade_id = $1', trade.id)).toEqual({ n: 1 });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('a key gives the trade again as it stands', async () => {
  const operation = tradeOf(operatorId, player, buyOf(market, 1_000n));
  const first = await trading.submit(operation);
  expect(await trading.submit(operation)).toMatchObject({ replayed: true, trade: { status: 'pending' } });
  if ('trade' in first) await trading.submit(fillOf(first.trade, 'fill'));
  expect(await trading.submit(operation)).toMatchObject({ replayed: true, trade: { status: 'filled' } });
});

test('a market that closed meanwhile voids the bet, and the wallet gives the money back', async () => {
  const trade = await reserve();
  await scene.owner.query(`update markets set status = 'resolved', resolution = 'yes' where id = $1`, [market]);
  expect(await payments.pay([trade])).toMatchObject([{ refused: 'MARKET_NOT_TRADEABLE' }]);
  await wallet.drain(operatorId);
  expect(casino.requests.map(({ method }) => method)).toEqual(['BET_MAKE', 'BET_ROLLBACK']);
  const { external_id: name } = await one('select external_id from players where id = $1', player);
  expect(casino.balances.get(name)).toBe(1_000_000);
  expect(await held()).toBe(0n);
});

test('a sale is done at once; its credit goes out as a call', async () => {
  const trade = await reserve(2_000n);
  await payments.pay([trade]);
  const order = { marketId: market, outcome: 'yes', side: 'sell', quantity: shares(500n), limitPrice: 1n as never } as const;
  const answer = await trading.submit(tradeOf(operatorId, player, order));
  expect(answer).toMatchObject({ trade: { status: 'filled', side: 'sell' } });
  if (!('trade' in answer)) return;
  const call = await one('select method, amount_cents, status from wallet_calls where id = $1', answer.trade.id);
  expect(call).toEqual({ method: 'BET_SELL', amount_cents: answer.trade.amount - answer.trade.fee, status: 'pending' });
  await wallet.deliver(operatorId, answer.trade.id);
  expect(casino.requests.at(-1)).toMatchObject({ method: 'BET_SELL' });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});

test('limits hold while buys are pending', async () => {
  const { cap } = await one('select cap_shares as cap from exposure where operator_id = 0 and scope = 2 and key = $1', market).then(
    (row) => row ?? { cap: null },
  );
  expect(cap).toBeNull();
  await setConfig(scene.owner, { risk: { per_market_max_usd: 30 }, defaults: FEW_RETRIES });
  const answers = await Promise.all(Array.from({ length: 6 }, () => trading.submit(tradeOf(operatorId, player, buyOf(market, 500n)))));
  expect(answers.map(codeOf).filter((code) => code === 'RISK_LIMIT').length).toBeGreaterThan(0);
  expect(await held()).toBeLessThanOrEqual(3_000n);
  for (const answer of answers) if ('trade' in answer) await trading.submit(fillOf(answer.trade, 'release'));
  expect(await held()).toBe(0n);
});

test('the wallet mode does not change under people who hold something', async () => {
  await expect(scene.owner.query(`update operators set wallet_mode = 'internal' where id = $1`, [operatorId])).rejects.toThrow(
    'hold balances or positions',
  );
});

import { cents, price } from '@predictu/contract/units';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeSlowly, makeBreaker, makeMarket, makeOperator, makePlayer, START, setConfig } from '../../test/factories.ts';
import { brokenBooks, buyOf, codeOf, depositOf, freshKey, hashOf, type Scene, tradeOf, tradingScene } from '../../test/trading-scene.ts';
import type { Answer, TradeResult, Trading } from './trading.ts';

let scene: Scene;
let trading: Trading;
beforeAll(async () => {
  scene = await tradingScene();
  trading = await scene.open();
});
afterEach(async () => expect(await brokenBooks(scene.owner)).toEqual([]));
afterAll(async () => {
  await trading?.close();
  await scene?.drop();
});

const done = (answer: Answer): TradeResult => {
  if (!('trade' in answer)) throw new Error(JSON.stringify(answer));
  return answer.trade;
};
const count = async (table: string, where = 'true'): Promise<number> =>
  Number((await scene.owner.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);

describe('one purse', () => {
  test('forty buys at once spend exactly what it holds', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId, { balance_cents: 10_050n });
    const marketId = await makeMarket(scene.owner);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n)))),
    );
    const codes = answers.map(codeOf);
    // Each costs $10.00 and 5 cents: ten fit into $100.50.
    expect(codes.filter((code) => code === 'done')).toHaveLength(10);
    expect(codes.filter((code) => code === 'INSUFFICIENT_BALANCE')).toHaveLength(30);
    const { rows } = await scene.owner.query('select balance_cents, open_shares from players where id = $1', [playerId]);
    const held = answers.reduce((sum, answer) => sum + ('trade' in answer ? answer.trade.quantity : 0n), 0n);
    expect(rows[0]).toEqual({ balance_cents: 0n, open_shares: held });
  });

  test('trades and their ledger rows are numbered in commit order, by the time', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const first = done(await trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n))));
    const second = done(await trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n))));
    expect(second.id).toBeGreaterThan(first.id);
    const { rows } = await scene.owner.query('select last_id from sequencer');
    expect(rows[0].last_id).toBeGreaterThan(second.id);
  });
});

describe('a key', () => {
  test('has one answer: now, later, and twice at once', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const operation = tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n));
    const [first, second] = await Promise.all([trading.submit(operation), trading.submit(operation)]);
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ ...first, replayed: true });
    expect(await trading.submit(operation)).toEqual(second);
    expect(await count('trades', `player_id = ${playerId}`)).toBe(1);
    const changed = { ...operation, order: buyOf(marketId, 2_000n), bodyHash: hashOf('other') };
    expect(codeOf(await trading.submit(changed))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('replays refusals, several trades and adjustments; null is a key like any other', async () => {
    const { operatorId } = scene;
    const playerId = await makePlayer(scene.owner, operatorId);
    const marketId = await makeMarket(scene.owner);
    const orders = [buyOf(marketId, 1_000n), buyOf(marketId, 500n, { outcome: 'no' })];
    const operations = [
      tradeOf(operatorId, playerId, buyOf(marketId, 90_000_000n), 'null'),
      { kind: 'trades', operatorId, playerId, key: freshKey(), bodyHash: hashOf(orders), orders },
      depositOf(operatorId, playerId, 500n, 'He said "so", \\ {1,2}\nand NULL'),
    ] as const;
    for (const operation of operations) {
      const first = await trading.submit(operation);
      expect(await trading.submit(operation)).toEqual({ ...first, replayed: true });
    }
    expect(await count('risk_events', `player_id = ${playerId}`)).toBe(1);
    expect(await count('trades', `player_id = ${playerId}`)).toBe(2);
    expect(await count('ledger_entries', `player_id = ${playerId} and description = 'He said "so", \\ {1,2}\nand NULL'`)).toBe(1);
  });

  test("belongs to its player, and one operator's call is not another's", async () => {
    const marketId = await makeMarket(scene.owner);
    const players = [await makePlayer(scene.owner, scene.operatorId), await makePlayer(scene.owner, scene.operatorId)];
    const key = freshKey();
    for (const playerId of players)
      expect(codeOf(await trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n), key)))).toBe('done');
  });
});

describe('all or none', () => {
  test('a refused order undoes those before it', async () => {
    const { operatorId } = scene;
    const playerId = await makePlayer(scene.owner, operatorId, { balance_cents: 2_000n });
    const marketId = await makeMarket(scene.owner);
    const orders = [buyOf(marketId, 1_000n), buyOf(marketId, 500n, { outcome: 'no' }), buyOf(marketId, 1_000n)];
    const operation = { kind: 'trades', operatorId, playerId, key: freshKey(), bodyHash: hashOf(orders), orders } as const;
    const answers = await Promise.all([trading.submit(operation), trading.submit(tradeOf(operatorId, playerId, buyOf(marketId, 1_500n)))]);
    expect(answers[0]).toMatchObject({ refusal: { refused: 'INSUFFICIENT_BALANCE', details: { order: 2 } } });
    expect(codeOf(answers[1] as Answer)).toBe('done');
    expect(await count('positions', `player_id = ${playerId}`)).toBe(1);
  });
});

describe('tenancy', () => {
  test('a refused trade of the wrong operator leaves nothing that a right one in the same batch could write', async () => {
    const other = await makeOperator(scene.owner);
    await changeSlowly(scene.owner, async () => {});
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const [wrong, right] = await Promise.all([
      trading.submit(tradeOf(other, playerId, buyOf(marketId, 1_000n))),
      trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n))),
    ]);
    expect(codeOf(wrong)).toBe('NOT_FOUND');
    expect(codeOf(right)).toBe('done');
    expect(await count('positions', `operator_id = ${other}`)).toBe(0);
    expect(await count('exposure', `operator_id = ${other}`)).toBe(0);
  });
});

describe('what changes rarely', () => {
  test('counts from the next batch on', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const buy = () => trading.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n)));
    await setConfig(scene.owner, { risk: { per_trade_max_usd: 9.99 } });
    expect(await buy()).toMatchObject({ refusal: { refused: 'RISK_LIMIT', details: { wall: 1, limit_usd: 9.99 } } });
    await setConfig(scene.owner);
    expect(codeOf(await buy())).toBe('done');
  });

  test('a limit lowered below the exposure refuses buys, lets sales through, and may be raised again', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const order = buyOf(marketId, 1_000n);
    const bought = done(await trading.submit(tradeOf(scene.operatorId, playerId, order)));
    await setConfig(scene.owner, { risk: { per_market_max_usd: 10 } });
    expect(await trading.submit(tradeOf(scene.operatorId, playerId, order))).toMatchObject({ refusal: { details: { wall: 2 } } });
    const sale = { marketId, outcome: 'yes', side: 'sell', quantity: bought.quantity, limitPrice: price(1n) } as const;
    expect(codeOf(await trading.submit(tradeOf(scene.operatorId, playerId, { ...sale, quantity: 100n as typeof sale.quantity })))).toBe(
      'done',
    );
    await setConfig(scene.owner);
    expect(codeOf(await trading.submit(tradeOf(scene.operatorId, playerId, order)))).toBe('done');
  });

  test('a breaker trips in the batch, is seen by another engine, and resets itself after its cool-down', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner, { priced_at: new Date(START.getTime() + 60_000) });
    const breakerId = await makeBreaker(scene.owner, { scope: 'market', market_id: marketId, trigger_threshold: 0.1, cooldown_minutes: 1 });
    const other = await scene.open();
    const buy = (engine: Trading) => engine.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 5_000n)));
    expect(codeOf(await buy(trading))).toBe('done');
    expect(codeOf(await buy(other))).toBe('CIRCUIT_BREAKER');
    expect(codeOf(await buy(trading))).toBe('CIRCUIT_BREAKER');
    const { rows } = await scene.owner.query('select status, tripped_at from circuit_breakers where id = $1', [breakerId]);
    expect(rows[0]).toEqual({ status: 'tripped', tripped_at: START });
    await changeSlowly(scene.owner, async () => {
      await scene.owner.query('update circuit_breakers set trigger_threshold = 90 where id = $1', [breakerId]);
    });
    scene.clock.advance(60_000);
    expect(codeOf(await buy(other))).toBe('done');
    expect(await count('risk_events', `market_id = ${marketId} and auto_resolved`)).toBe(1);
    scene.clock.set(START);
    await other.close();
  });
});

describe('dry runs and quotes', () => {
  test('a preview is the decision without its consequences', async () => {
    const playerId = await makePlayer(scene.owner, scene.operatorId);
    const marketId = await makeMarket(scene.owner);
    const operation = tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n));
    const previewed = await trading.preview(operation);
    expect(await count('trades', `player_id = ${playerId}`)).toBe(0);
    const submitted = done(await trading.submit(operation));
    expect(previewed).toEqual({ replayed: false, trade: { ...submitted, id: 0n } });
    expect(codeOf(await trading.preview(tradeOf(scene.operatorId, playerId, buyOf(marketId, 99n))))).toBe('AMOUNT_TOO_SMALL');
    const many = await Promise.all([1, 2, 3].map(() => trading.preview(tradeOf(scene.operatorId, playerId, buyOf(marketId, 60_000n)))));
    expect(many.map(codeOf)).toEqual(['done', 'done', 'done']);
  });

  test('a quote binds its price for five seconds, for its player and trade, once', async () => {
    const { operatorId } = scene;
    const playerId = await makePlayer(scene.owner, operatorId);
    const marketId = await makeMarket(scene.owner);
    const order = { marketId, outcome: 'yes', side: 'buy', amount: cents(1_000n) } as const;
    const quote = async () => {
      const given = await trading.quote({ operatorId, playerId, order });
      if ('refusal' in given) throw new Error(given.refusal.message);
      return given.quote;
    };
    const [used, late] = [await quote(), await quote()];
    expect(used).toMatchObject({ mid: 5_000n, fee: 5n, expiresAt: new Date(START.getTime() + 5_000) });
    await scene.owner.query('update markets set mid = 6000 where id = $1', [marketId]);
    const submit = (token: string, changes = {}) => trading.submit(tradeOf(operatorId, playerId, { ...order, quote: token, ...changes }));
    expect(await submit(`${used.token}x`)).toMatchObject({ refusal: { refused: 'QUOTE_INVALID', details: { reason: 'signature' } } });
    expect(await submit(used.token, { amount: cents(1_001n) })).toMatchObject({
      refusal: { refused: 'QUOTE_INVALID', details: { reason: 'mismatch' } },
    });
    const answers = await Promise.all([submit(used.token), submit(used.token)]);
    expect(answers.map(codeOf).sort()).toEqual(['QUOTE_INVALID', 'done']);
    expect(answers.find((answer) => 'trade' in answer)).toMatchObject({
      trade: { price: used.price, mid: 5_000n, quantity: used.quantity, amount: used.amount },
    });
    expect(await submit(used.token)).toMatchObject({ refusal: { details: { reason: 'used' } } });
    scene.clock.advance(5_000);
    expect(codeOf(await submit(late.token))).toBe('QUOTE_EXPIRED');
    scene.clock.set(START);
  });
});

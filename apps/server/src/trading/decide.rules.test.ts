import { cents, price, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import {
  adjust,
  buyOrder,
  MARKET,
  NOW,
  OPERATOR,
  PLAYER,
  type Scene,
  sellOrder,
  trade,
  traderOf,
  trades,
  worldOf,
} from '../../test/trading-world.ts';
import type { Breaker } from '../risk/breakers.rules.ts';
import { decide } from './decide.rules.ts';
import type { Answer, Operation, Order, TradeResult } from './operation.rules.ts';
import type { World } from './world.rules.ts';
import type { KeptAnswer } from './world-rows.rules.ts';

const refusalOf = (answer: Answer) => ('refusal' in answer ? answer.refusal : undefined);
const tradeOf = (answer: Answer): TradeResult => {
  if (!('trade' in answer)) throw new Error(JSON.stringify(refusalOf(answer)));
  return answer.trade;
};
const bought = (world: World, order: Order) => tradeOf(decide(world, trade(order)));

const seconds = (count: number) => new Date(NOW.getTime() + count * 1_000);
const breaker = (changes: Partial<Breaker> = {}): Breaker => ({
  id: 5n,
  scope: 'global',
  operatorId: null,
  category: null,
  marketId: null,
  triggerType: 'exposure_pct',
  triggerThreshold: 90,
  status: 'armed',
  cooldownMinutes: 10,
  autoReset: true,
  trippedAt: null,
  resetAt: null,
  tripReason: null,
  ...changes,
});
const withBreaker = (changes: Partial<Breaker>): Scene => ({ settings: { breakers: new Map([[5n, breaker(changes)]]) } });

describe('a buy', () => {
  test('costs at most its amount, and moves balance, position, ledger and six scopes by the same figures', () => {
    const world = worldOf();
    const result = bought(world, buyOrder(1_000n));
    // 0.5100: $10.00 buys 19.60 shares for $9.996, paid up to $10.00; 0.5% of it is 5 cents.
    expect(result).toMatchObject({
      price: 5_100n,
      mid: 5_000n,
      quantity: 1_960n,
      amount: 1_000n,
      fee: 5n,
      spread: 20n,
      balanceAfter: 98_995n,
      realizedPnl: null,
    });
    expect(traderOf(world)).toMatchObject({ balance: 98_995n, openShares: 1_960n, tradeCount: 1, volume: 1_000n, fees: 5n });
    expect([...world.positions.values()]).toMatchObject([{ quantity: 1_960n, cost: 1_000n, tradeCount: 1, operatorId: OPERATOR }]);
    expect(world.entries.map(({ type, amount, balanceBefore, balanceAfter }) => [type, amount, balanceBefore, balanceAfter])).toEqual([
      ['trade_debit', 1_000n, 100_000n, 99_000n],
      ['trade_fee', 5n, 99_000n, 98_995n],
    ]);
    expect(world.exposures.size).toBe(6);
    for (const scope of world.exposures.values())
      expect(scope).toMatchObject({ yes: 1_960n, no: 0n, cost: 1_000n, volume: 1_000n, tradeCount: 1 });
    expect(result.receipt.walls.map(({ wall }) => wall)).toEqual([1, 2, 3, 4, 5]);
  });

  test('sees the ones before it in the batch', () => {
    const world = worldOf({ player: { balance: cents(1_500n) } });
    bought(world, buyOrder(1_000n));
    expect(refusalOf(decide(world, trade(buyOrder(1_000n))))).toMatchObject({
      refused: 'INSUFFICIENT_BALANCE',
      details: { current_balance_usd: 4.95, required_usd: 10.05 },
    });
  });

  test('of the other outcome has a position of its own, on the same market exposure', () => {
    const world = worldOf();
    bought(world, buyOrder(1_000n));
    bought(world, buyOrder(1_000n, { outcome: 'no' }));
    expect(world.positions.size).toBe(2);
    expect(world.exposures.get(`0.2.${MARKET}`)).toMatchObject({ yes: 1_960n, no: expect.any(BigInt), tradeCount: 2 });
  });

  test('leaves an event when a limit turns yellow or red', () => {
    const world = worldOf({ settings: { perMarketMax: cents(3_000n) } });
    bought(world, buyOrder(1_000n));
    expect(world.events).toMatchObject([
      { type: 'wall_violation', severity: 'info', wall: 2, value: 1_960n, threshold: 3_000n, scope: { kind: 'approached' } },
    ]);
  });
});

describe('a sale', () => {
  const held = (scene: Scene = {}) => {
    const world = worldOf(scene);
    bought(world, buyOrder(1_000n));
    return world;
  };

  test('takes its part of the cost basis, and the last sale what remains', () => {
    const world = held();
    const first = bought(world, sellOrder(1_000n));
    // The first buy loads YES and moves the skew, the bid stays below the mid.
    expect(first.amount).toBe((1_000n * first.price) / 10_000n);
    expect(first.realizedPnl).toBe(first.amount - 510n);
    const second = bought(world, sellOrder(960n));
    expect(second.realizedPnl).toBe(second.amount - 490n);
    const [position] = world.positions.values();
    expect(position).toMatchObject({ quantity: 0n, cost: 0n, tradeCount: 3 });
    expect(traderOf(world)).toMatchObject({ openShares: 0n, closedCount: 1, wonCount: 0 });
    for (const scope of world.exposures.values()) expect(scope).toMatchObject({ yes: 0n, cost: 0n, tradeCount: 3 });
  });

  test('of a position bought again counts what this life of it brought', () => {
    const world = held();
    bought(world, sellOrder(1_960n));
    world.markets.set(MARKET, { ...(world.markets.get(MARKET) as NonNullable<ReturnType<World['markets']['get']>>), mid: price(3_000n) });
    const again = bought(world, buyOrder(1_000n));
    world.markets.set(MARKET, { ...(world.markets.get(MARKET) as NonNullable<ReturnType<World['markets']['get']>>), mid: price(3_300n) });
    expect(bought(world, sellOrder(again.quantity)).realizedPnl).toBeGreaterThan(0n);
    expect(traderOf(world)).toMatchObject({ closedCount: 2, wonCount: 1 });
  });

  test.each<[string, (world: World) => void]>([
    [
      'paused market',
      (world) => world.markets.set(MARKET, { ...(world.markets.get(MARKET) as never as object), status: 'paused' } as never),
    ],
    ['suspended player', (world) => Object.assign(traderOf(world), { status: 'suspended' })],
    ['tripped breaker', (world) => world.breakers.set(5n, breaker({ status: 'tripped', trippedAt: NOW }))],
    ['full limit', (world) => Object.assign(world.settings, { globalLimit: cents(1n), perMarketMax: cents(1n), perTradeMax: cents(1n) })],
  ])('is not stopped by a %s', (_what, change) => {
    const world = held();
    change(world);
    expect(bought(world, sellOrder(100n)).quantity).toBe(100n);
  });
});

type Refused = [code: string, what: string, scene: Scene, order: Order, details: Record<string, unknown>];
const refused: Refused[] = [
  ['NOT_FOUND', 'unknown market', {}, buyOrder(1_000n, { marketId: 999n }), {}],
  ['OPERATOR_NOT_LIVE', 'suspended operator', { operator: { status: 'suspended' } }, buyOrder(1_000n), { status: 'suspended' }],
  ['MARKET_NOT_TRADEABLE', 'paused', { market: { status: 'paused' } }, buyOrder(1_000n), { reason: 'paused' }],
  ['MARKET_NOT_TRADEABLE', 'resolved', { market: { status: 'resolved' } }, sellOrder(1n), { reason: 'resolved' }],
  ['MARKET_NOT_TRADEABLE', 'cancelled', { market: { status: 'cancelled' } }, sellOrder(1n), { reason: 'cancelled' }],
  ['MARKET_NOT_TRADEABLE', 'past its end', { market: { endAt: NOW } }, buyOrder(1_000n), { reason: 'expired' }],
  ['MARKET_NOT_TRADEABLE', 'no price', { market: { mid: null } }, buyOrder(1_000n), { reason: 'no_price' }],
  ['MARKET_NOT_TRADEABLE', 'stale', { market: { pricedAt: seconds(-121) } }, buyOrder(1_000n), { reason: 'stale' }],
  ['MARKET_NOT_TRADEABLE', 'stale, for a sale too', { market: { pricedAt: seconds(-121) } }, sellOrder(1n), { reason: 'stale' }],
  ['MARKET_NOT_TRADEABLE', 'nearly certain', { market: { mid: price(9_901n) } }, buyOrder(1_000n), { reason: 'out_of_bounds' }],
  ['MARKET_NOT_TRADEABLE', 'illiquid', { market: { liquidity: cents(0n) } }, buyOrder(1_000n), { reason: 'illiquid' }],
  ['MARKET_NOT_TRADEABLE', 'category not offered', { market: { category: 'politics' } }, buyOrder(1_000n), { reason: 'category' }],
  ['PLAYER_RESTRICTED', 'suspended', { player: { status: 'suspended' } }, buyOrder(1_000n), { reason: 'suspended' }],
  ['PLAYER_RESTRICTED', 'inactive', { player: { status: 'inactive' } }, buyOrder(1_000n), { reason: 'inactive' }],
  ['PLAYER_RESTRICTED', 'banned', { player: { tier: 'banned' } }, buyOrder(1_000n), { reason: 'banned' }],
  [
    'PLAYER_RESTRICTED',
    'cooling down',
    { player: { cooldownUntil: seconds(1) } },
    buyOrder(1_000n),
    { reason: 'cooldown', until: seconds(1).toISOString() },
  ],
  ['PLAYER_RESTRICTED', 'blocked market', { player: { blockedMarkets: [MARKET] } }, buyOrder(1_000n), { reason: 'market' }],
  ['PLAYER_RESTRICTED', 'blocked category', { player: { blockedCategories: ['sports'] } }, buyOrder(1_000n), { reason: 'category' }],
  ['PLAYER_RESTRICTED', 'other categories only', { player: { allowedCategories: ['crypto'] } }, buyOrder(1_000n), { reason: 'category' }],
  ['AMOUNT_TOO_SMALL', 'below the least bet', {}, buyOrder(99n), { minimum_usd: 1 }],
  ['AMOUNT_TOO_SMALL', 'less than a hundredth of a share', { operator: { minBet: cents(0n) } }, buyOrder(0n), { minimum_usd: 0 }],
  ['PRICE_CHANGED', 'dearer than accepted', {}, buyOrder(1_000n, { limitPrice: price(5_099n) }), { price: 0.51, accepted_price: 0.5099 }],
  ['QUOTE_INVALID', 'altered quote', {}, buyOrder(1_000n, { quote: 'x', claims: null } as Partial<Order>), { reason: 'signature' }],
  [
    'CIRCUIT_BREAKER',
    'tripped by hand',
    withBreaker({ status: 'tripped', trippedAt: NOW, autoReset: false }),
    buyOrder(1_000n),
    { scope: 'global' },
  ],
  ['RISK_LIMIT', 'wall 1', { player: { maxBet: cents(999n) } }, buyOrder(1_000n), { wall: 1, limit_usd: 9.99, value_usd: 10 }],
  ['RISK_LIMIT', 'wall 2', { settings: { perMarketMax: cents(1_959n) } }, buyOrder(1_000n), { wall: 2, limit_usd: 19.59, value_usd: 19.6 }],
  ['RISK_LIMIT', 'wall 3', { settings: { categoryLimits: [cents(1_959n), null, null, null, null, null] } }, buyOrder(1_000n), { wall: 3 }],
  [
    'RISK_LIMIT',
    "wall 3, the operator's own",
    { operator: { categoryLimits: [cents(1_959n), null, null, null, null, null] } },
    buyOrder(1_000n),
    { wall: 3 },
  ],
  ['RISK_LIMIT', 'wall 4', { operator: { exposureLimit: cents(1_959n) } }, buyOrder(1_000n), { wall: 4 }],
  ['RISK_LIMIT', 'wall 5', { settings: { globalLimit: cents(1_959n) } }, buyOrder(1_000n), { wall: 5 }],
  [
    'INSUFFICIENT_BALANCE',
    'a cent short of the fee',
    { player: { balance: cents(1_004n) } },
    buyOrder(1_000n),
    { current_balance_usd: 10.04, required_usd: 10.05 },
  ],
  ['INSUFFICIENT_SHARES', 'nothing held', {}, sellOrder(1n), { held: 0, requested: 0.01 }],
];

describe('a refusal', () => {
  test.each(refused)('%s: %s', (code, _what, scene, order, details) => {
    const world = worldOf(scene);
    const before = structuredClone(traderOf(world));
    const operation = trade(order);
    const answer = decide(world, operation);
    expect(refusalOf(answer)).toMatchObject({ refused: code, details: Object.keys(details).length > 0 ? details : null });
    expect(answer.replayed).toBe(false);
    expect(traderOf(world)).toEqual(before);
    expect(world.trades).toEqual([]);
    expect(world.entries).toEqual([]);
    expect(world.newKeys).toMatchObject([{ key: operation.key, ownerId: PLAYER, answer: JSON.stringify(refusalOf(answer)) }]);
    const leavesEvent = code === 'RISK_LIMIT' || code === 'CIRCUIT_BREAKER';
    expect(world.events.filter(({ scope }) => scope['kind'] === 'refused')).toHaveLength(leavesEvent ? 1 : 0);
  });

  test.each([
    ['wall 2', { settings: { perMarketMax: cents(1_960n) } }],
    ['wall 4', { operator: { exposureLimit: cents(1_960n) } }],
    ['wall 1', { player: { maxBet: cents(1_000n) } }],
    ['the balance', { player: { balance: cents(1_005n) } }],
    ['the accepted price', {}],
  ])('is not given at exactly the limit: %s', (_what, scene) => {
    expect(bought(worldOf(scene as Scene), buyOrder(1_000n, { limitPrice: price(5_100n) })).quantity).toBe(1_960n);
  });

  test('of a sale worth nothing, and of a player of another operator', () => {
    const world = worldOf({ market: { mid: price(100n) } });
    bought(world, buyOrder(1_000n));
    expect(refusalOf(decide(world, trade(sellOrder(1n))))).toMatchObject({ refused: 'AMOUNT_TOO_SMALL' });
    expect(refusalOf(decide(world, trade(buyOrder(1_000n), { operatorId: 2n })))).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

describe('breakers', () => {
  const half = {
    settings: {
      perMarketMax: cents(4_000n),
      breakers: new Map([[5n, breaker({ scope: 'market', marketId: MARKET, triggerThreshold: 49 })]]),
    },
  };

  test('trip after the buy that reaches the threshold, stop the next, and let it in after the cool-down', () => {
    const world = worldOf(half);
    bought(world, buyOrder(1_000n));
    expect(world.breakers.get(5n)).toMatchObject({ status: 'tripped', trippedAt: NOW });
    expect(world.events).toMatchObject([{ type: 'circuit_breaker', severity: 'critical', scope: { change: 'tripped' } }]);
    expect(refusalOf(decide(world, trade(buyOrder(1_000n))))).toMatchObject({
      refused: 'CIRCUIT_BREAKER',
      details: { resets_at: seconds(600).toISOString() },
    });
    bought(world, sellOrder(1_000n));
    Object.assign(world, { now: seconds(600), markets: new Map([[MARKET, { ...world.markets.get(MARKET), pricedAt: seconds(600) }]]) });
    bought(world, buyOrder(200n));
    expect(world.breakers.get(5n)).toMatchObject({ status: 'armed', resetAt: seconds(600) });
    expect(world.events.at(-1)).toMatchObject({ autoResolved: true, scope: { change: 'reset' } });
  });

  test.each<[string, Partial<Breaker>]>([
    ['operator', { scope: 'operator', operatorId: 2n }],
    ['category', { scope: 'category', category: 'crypto' }],
    ['market', { scope: 'market', marketId: 999n }],
  ])('of another %s do not matter', (_scope, changes) => {
    expect(bought(worldOf(withBreaker({ ...changes, status: 'tripped', trippedAt: NOW })), buyOrder(1_000n)).quantity).toBe(1_960n);
  });
});

describe('several orders', () => {
  test('all stand, each seeing the ones before', () => {
    const world = worldOf();
    const answer = decide(world, trades(buyOrder(1_000n), sellOrder(1_960n)));
    expect('trades' in answer && answer.trades.map(({ side }) => side)).toEqual(['buy', 'sell']);
    expect(world.newKeys).toHaveLength(1);
  });

  test('none stands when one is refused; only the event and the key remain', () => {
    const world = worldOf({ settings: { perMarketMax: cents(3_000n) } });
    const before = { trader: structuredClone(traderOf(world)), lastId: world.lastId };
    const answer = decide(world, trades(buyOrder(1_000n), buyOrder(100n, { outcome: 'no' }), buyOrder(1_000n)));
    expect(refusalOf(answer)).toMatchObject({ refused: 'RISK_LIMIT', details: { wall: 2, order: 2 } });
    expect(traderOf(world)).toEqual(before.trader);
    expect(world.trades).toEqual([]);
    expect(world.entries).toEqual([]);
    for (const position of world.positions.values()) expect(position).toMatchObject({ quantity: 0n, cost: 0n, tradeCount: 0, id: 0n });
    for (const scope of world.exposures.values()) expect(scope).toMatchObject({ yes: 0n, no: 0n, cost: 0n, tradeCount: 0 });
    expect(world.events).toMatchObject([{ id: before.lastId + 1n, wall: 2, scope: { kind: 'refused' } }]);
    // What comes after it in the batch finds the world as it was.
    expect(bought(world, buyOrder(1_000n)).quantity).toBe(1_960n);
  });
});

test('a breaker that one of several orders tripped is armed again when they are undone', () => {
  const watching = breaker({ scope: 'market', marketId: MARKET, triggerThreshold: 60 });
  const world = worldOf({ settings: { perMarketMax: cents(3_000n), breakers: new Map([[5n, watching]]) } });
  expect(refusalOf(decide(world, trades(buyOrder(1_000n), buyOrder(100n))))).toMatchObject({
    refused: 'CIRCUIT_BREAKER',
    details: { order: 1 },
  });
  expect(world.breakers.get(5n)).toBe(watching);
  expect(bought(world, buyOrder(500n)).amount).toBe(500n);
});

describe('an adjustment', () => {
  test('deposits and withdraws, with the withdrawal fee beside the amount', () => {
    const world = worldOf({ settings: { withdrawalFee: cents(150n) } });
    decide(world, adjust('deposit', 5_000n, { metadata: { till: 3 } }));
    const answer = decide(world, adjust('withdraw', 2_000n));
    expect(answer).toMatchObject({ adjustment: { amount: 2_000n, fee: 150n, balanceBefore: 105_000n, balanceAfter: 102_850n } });
    expect(traderOf(world)).toMatchObject({ balance: 102_850n, deposited: 5_000n, withdrawn: 2_000n });
    expect(world.entries.map(({ type, from, to, amount }) => [type, from, to, amount])).toEqual([
      ['deposit', 'bank', 'player', 5_000n],
      ['withdrawal', 'player', 'bank', 2_000n],
      ['withdrawal_fee', 'player', 'fees', 150n],
    ]);
    expect(JSON.parse(world.entries[0]?.metadata ?? '')).toEqual({ till: 3, actor: 'opu_1' });
    expect(world.newKeys.every(({ ownerId }) => ownerId === 0n)).toBe(true);
  });

  test('never takes more than there is', () => {
    const world = worldOf({ settings: { withdrawalFee: cents(1n) } });
    expect(refusalOf(decide(world, adjust('withdraw', 100_000n)))).toMatchObject({
      refused: 'INSUFFICIENT_BALANCE',
      details: { current_balance_usd: 1_000 },
    });
    expect('adjustment' in decide(world, adjust('withdraw', 99_999n))).toBe(true);
    expect(traderOf(world).balance).toBe(0n);
  });
});

describe('a key', () => {
  const keep = (operation: Operation, world: World): KeptAnswer => {
    const row = world.newKeys.find(({ key }) => key === operation.key);
    return { bodyHash: operation.bodyHash, answer: JSON.parse(row?.answer ?? ''), trades: [...world.trades] };
  };
  const again = (
    operation: Operation,
    kept: KeptAnswer,
    name = `${OPERATOR}.${operation.kind === 'adjustment' ? 0n : PLAYER}.${operation.key}`,
  ) => {
    const world = worldOf();
    world.keys.set(name, kept);
    return { answer: decide(world, operation), world };
  };

  test.each<[string, Operation]>([
    ['trade', trade(buyOrder(1_000n))],
    ['refusal', trade(sellOrder(shares(5n)))],
    ['trades', trades(buyOrder(1_000n), buyOrder(500n, { outcome: 'no' }))],
    ['adjustment', adjust('withdraw', 100n)],
  ])('gives the first answer again, writing nothing: %s', (_what, operation) => {
    const first = worldOf();
    const answer = decide(first, operation);
    const { answer: second, world } = again(operation, keep(operation, first));
    expect(second).toEqual({ ...answer, replayed: true });
    expect([world.trades, world.entries, world.newKeys, world.events]).toEqual([[], [], [], []]);
  });

  test('with another body, or for another kind of operation, is refused', () => {
    const operation = trade(buyOrder(1_000n));
    const first = worldOf();
    decide(first, operation);
    const kept = keep(operation, first);
    expect(again(operation, { ...kept, bodyHash: 'f'.repeat(32) }).answer).toMatchObject({
      refusal: { refused: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const several = { ...trades(buyOrder(1_000n)), key: operation.key, bodyHash: operation.bodyHash };
    expect(again(several, kept).answer).toMatchObject({ refusal: { refused: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

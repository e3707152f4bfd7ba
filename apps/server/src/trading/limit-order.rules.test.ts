/** Limit orders by the rules alone: what is held, when they execute, how they end, and a model they are compared with. */
import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjust, buyOrder, MARKET, market, NOW, OPERATOR, PLAYER, trade, traderOf, worldOf } from '../../test/trading-world.ts';
import { plainName } from '../platform/arrays.ts';
import { decide } from './decide.rules.ts';
import { readLimitOrders } from './limit-order.sql.ts';
import { type Answer, type LimitOrder, type LimitOrderOperation, limitOrderKey, type RestingFields } from './operation.rules.ts';
import { wantsOf } from './wants.rules.ts';
import { positionOf, type World } from './world.rules.ts';
import type { Market, Operator } from './world-rows.rules.ts';
import { writeWorld } from './write.sql.ts';

let last = 0;
const restingOrder = (changes: Partial<RestingFields> = {}): RestingFields => ({
  marketId: MARKET,
  outcome: 'yes',
  side: 'buy',
  amount: cents(1_000n),
  limitPrice: price(4_000n),
  expiresAt: null,
  ...changes,
});
const selling = (quantity: bigint, limit: bigint, outcome: 'yes' | 'no' = 'yes'): RestingFields => {
  const { amount: _, ...order } = restingOrder({ side: 'sell', outcome, quantity: shares(quantity), limitPrice: price(limit) });
  return order;
};
function placing(order: RestingFields): LimitOrderOperation {
  last += 1;
  return {
    kind: 'limit_order',
    operatorId: OPERATOR,
    playerId: PLAYER,
    key: `order-${last}`,
    bodyHash: String(last).padStart(32, '0'),
    order,
  };
}
/** What a batch would read of it in the next batch. */
function place(world: World, order: RestingFields): LimitOrder {
  const answer = decide(world, placing(order));
  if (!('limitOrder' in answer)) throw new Error(`Refused: ${JSON.stringify(answer)}`);
  world.limitOrders.set(answer.limitOrder.id, answer.limitOrder);
  return answer.limitOrder;
}
const about = ({ id, marketId, outcome }: LimitOrder) => ({
  operatorId: OPERATOR,
  playerId: PLAYER,
  orderId: id,
  marketId,
  outcome,
  key: limitOrderKey(id),
  bodyHash: '0'.repeat(32),
});
const match = (world: World, order: LimitOrder): Answer => decide(world, { kind: 'match', ...about(order) });
const cancel = (world: World, order: LimitOrder): Answer => decide(world, { kind: 'cancel', ...about(order) });
const codeOf = (answer: Answer): unknown => ('refusal' in answer ? answer.refusal.refused : 'done');
function move(world: World, changes: Partial<Market>): void {
  world.markets.set(MARKET, { ...(world.markets.get(MARKET) as Market), ...changes });
}
const stands = (answer: Answer) => {
  if (!('limitOrder' in answer)) throw new Error(JSON.stringify(answer));
  const { status, reason, refusal } = answer.limitOrder;
  return { status, reason, refused: refusal?.refused ?? null };
};
const FEE = 5n;

describe('placing', () => {
  test('sets amount and fee aside, and what is set aside cannot be spent or withdrawn', () => {
    const world = worldOf({ player: { balance: cents(1_500n) } });
    const order = place(world, restingOrder());
    expect(order.held).toBe(1_000n + FEE);
    expect(traderOf(world).balance).toBe(1_500n - 1_000n - FEE);
    expect(codeOf(decide(world, trade(buyOrder(600n))))).toBe('INSUFFICIENT_BALANCE');
    expect(codeOf(decide(world, adjust('withdraw', 496n)))).toBe('INSUFFICIENT_BALANCE');
    expect(codeOf(decide(world, placing(restingOrder())))).toBe('INSUFFICIENT_BALANCE');
    expect(codeOf(decide(world, adjust('withdraw', 495n)))).toBe('done');
  });

  test('of a sale keeps its shares from other sales', () => {
    const world = worldOf();
    decide(world, trade(buyOrder(2_000n)));
    const held = positionOf(world, traderOf(world), MARKET, 'yes').quantity;
    place(world, selling(held - 100n, 9_000n));
    const sale = { marketId: MARKET, outcome: 'yes', side: 'sell', quantity: shares(101n) } as const;
    const refused = decide(world, trade(sale));
    expect(codeOf(refused)).toBe('INSUFFICIENT_SHARES');
    expect(refused).toMatchObject({ refusal: { details: { in_orders: Number(held - 100n) / 100 } } });
    expect(codeOf(decide(world, placing(selling(101n, 9_000n))))).toBe('INSUFFICIENT_SHARES');
    expect(codeOf(decide(world, trade({ ...sale, quantity: shares(100n) })))).toBe('done');
  });

  test.each<[string, Partial<Operator>, Partial<Market>, Partial<RestingFields>]>([
    ['FORBIDDEN', { limitOrders: false }, {}, {}],
    ['OPERATOR_NOT_LIVE', { status: 'suspended' }, {}, {}],
    ['MARKET_NOT_TRADEABLE', {}, { status: 'resolved', decided: true }, {}],
    ['MARKET_NOT_TRADEABLE', {}, { endAt: NOW }, {}],
    ['MARKET_NOT_TRADEABLE', { allowedCategories: ['crypto'] }, {}, {}],
    ['AMOUNT_TOO_SMALL', {}, {}, { amount: cents(99n) }],
    ['RISK_LIMIT', { maxBet: cents(900n) }, {}, {}],
    ['VALIDATION_ERROR', {}, {}, { expiresAt: NOW }],
  ])('is refused with %s', (code, operator, changes, order) => {
    const world = worldOf({ operator, market: changes });
    expect(codeOf(decide(world, placing(restingOrder(order))))).toBe(code);
    expect(world.newLimitOrders).toEqual([]);
    expect(world.entries).toEqual([]);
  });

  test.each<Partial<Market>>([{ status: 'paused' }, { mid: null }, { pricedAt: new Date(0) }, { liquidity: cents(0n) }])(
    'waits out %o',
    (changes) => {
      const world = worldOf({ market: changes });
      const order = place(world, restingOrder({ limitPrice: price(9_000n) }));
      expect(stands(match(world, order)).status).toBe('open');
    },
  );

  test('a key has one answer', () => {
    const world = worldOf();
    const operation = placing(restingOrder({ expiresAt: new Date(NOW.getTime() + 60_000) }));
    const first = decide(world, operation);
    const [{ operatorId, ownerId, key, bodyHash, answer }] = world.newKeys as [World['newKeys'][number]];
    world.keys.set(`${operatorId}.${ownerId}.${key}`, { bodyHash, answer: JSON.parse(answer), trades: [] });
    expect(decide(world, operation)).toEqual({ ...first, replayed: true });
    expect(codeOf(decide(world, { ...operation, bodyHash: 'f'.repeat(32) }))).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('execution', () => {
  test('happens when the asked price is at the limit or better, never before, and only once', () => {
    const world = worldOf();
    const order = place(world, restingOrder({ limitPrice: price(4_000n) }));
    move(world, { mid: price(3_950n) });
    // The mid is below the limit, what the house asks is not.
    expect(match(world, order)).toEqual({ replayed: false, limitOrder: order });
    expect(world.limitOrderChanges).toEqual([]);
    move(world, { mid: price(3_800n) });
    const done = match(world, order);
    expect(stands(done)).toEqual({ status: 'filled', reason: null, refused: null });
    if (!('executed' in done) || !done.executed) throw new Error('Not executed');
    expect(done.executed.price).toBeLessThanOrEqual(4_000n);
    expect([done.executed.amount, done.executed.fee]).toEqual([1_000n, FEE]);
    expect(traderOf(world).balance).toBe(100_000n - 1_000n - FEE);
    expect(match(world, order)).toMatchObject({ replayed: true, limitOrder: { status: 'filled' } });
    expect(cancel(world, order)).toMatchObject({ replayed: true, limitOrder: { status: 'filled' } });
    expect(world.trades).toHaveLength(1);
    expect(world.newKeys.at(-1)).toMatchObject({ key: limitOrderKey(order.id), tradeId: done.executed.id });
  });

  test('pays the fee that was agreed, whatever it is by now', () => {
    const world = worldOf({ operator: { feeBps: 100 } });
    const order = place(world, restingOrder());
    (world.settings.operators as Map<bigint, Operator>).set(OPERATOR, {
      ...(world.settings.operators.get(OPERATOR) as Operator),
      feeBps: 5_000,
    });
    move(world, { mid: price(3_000n) });
    expect(match(world, order)).toMatchObject({ executed: { fee: 10n } });
  });

  test('of a sale takes what the house pays, at the limit or more', () => {
    const world = worldOf();
    decide(world, trade(buyOrder(2_000n)));
    const order = place(world, selling(1_000n, 6_000n));
    expect(stands(match(world, order)).status).toBe('open');
    move(world, { mid: price(6_500n) });
    const done = match(world, order);
    expect(done).toMatchObject({ limitOrder: { status: 'filled' }, executed: { side: 'sell', quantity: 1_000n } });
    expect(positionOf(world, traderOf(world), MARKET, 'yes').held).toBe(0n);
  });

  test('a wall that refuses ends it, with the refusal kept and the money back', () => {
    const world = worldOf();
    const order = place(world, restingOrder());
    (world.settings.operators as Map<bigint, Operator>).set(OPERATOR, {
      ...(world.settings.operators.get(OPERATOR) as Operator),
      exposureLimit: cents(1n),
    });
    move(world, { mid: price(3_000n) });
    expect(stands(match(world, order))).toEqual({ status: 'cancelled', reason: 'refused', refused: 'RISK_LIMIT' });
    expect(traderOf(world).balance).toBe(100_000n);
    expect(world.events).toHaveLength(1);
    expect(JSON.parse(world.newKeys.at(-1)?.answer ?? '{}')).toMatchObject({ refused: 'RISK_LIMIT' });
  });

  test('where the operator keeps the money nothing is held, and the trade waits for its wallet', () => {
    const world = worldOf({ operator: { walletMode: 'seamless' }, player: { balance: cents(0n) } });
    const order = place(world, restingOrder());
    expect(order.held).toBe(0n);
    move(world, { mid: price(3_000n) });
    expect(match(world, order)).toMatchObject({ limitOrder: { status: 'pending' }, executed: { status: 'pending' } });
    expect(world.calls).toMatchObject([{ method: 'BET_MAKE', amount: 1_000n + FEE }]);
  });
});

describe('what ends an order unfilled', () => {
  const ENDS: [string, string, (world: World) => void, side?: 'sell'][] = [
    ['cancelled', 'market_closed', (world) => move(world, { status: 'resolved', decided: true })],
    ['cancelled', 'market_closed', (world) => move(world, { status: 'resolved', decided: false })],
    ['expired', 'market_ended', (world) => move(world, { endAt: NOW })],
    ['cancelled', 'operator_suspended', (world) => changeOperator(world, { status: 'suspended' })],
    ['cancelled', 'feature_disabled', (world) => changeOperator(world, { limitOrders: false })],
    ['cancelled', 'category_closed', (world) => changeOperator(world, { allowedCategories: ['crypto'] })],
    ['cancelled', 'player_suspended', (world) => Object.assign(traderOf(world), { status: 'suspended' })],
    ['cancelled', 'player_suspended', (world) => Object.assign(traderOf(world), { tier: 'banned' })],
    ['cancelled', 'player_restricted', (world) => Object.assign(traderOf(world), { blockedMarkets: [MARKET] })],
    ['cancelled', 'feature_disabled', (world) => changeOperator(world, { limitOrders: false }), 'sell'],
  ];
  const changeOperator = (world: World, changes: Partial<Operator>): void => {
    (world.settings.operators as Map<bigint, Operator>).set(OPERATOR, {
      ...(world.settings.operators.get(OPERATOR) as Operator),
      ...changes,
    });
  };
  test.each(ENDS)('%s: %s', (status, reason, change, side) => {
    const world = worldOf();
    decide(world, trade(buyOrder(2_000n)));
    const before = traderOf(world).balance;
    const order = place(world, side === 'sell' ? selling(500n, 9_000n) : restingOrder());
    change(world);
    expect(stands(match(world, order))).toEqual({ status, reason, refused: null });
    expect(traderOf(world).balance).toBe(before);
    expect(positionOf(world, traderOf(world), MARKET, 'yes').held).toBe(0n);
  });

  test('its own hour, and its player', () => {
    const world = worldOf();
    const order = place(world, restingOrder({ expiresAt: new Date(NOW.getTime() + 1) }));
    const later = { ...world, now: new Date(NOW.getTime() + 1) };
    expect(stands(match(later, order))).toMatchObject({ status: 'expired', reason: 'expired' });
    const other = place(world, restingOrder());
    expect(stands(cancel(world, other))).toMatchObject({ status: 'cancelled', reason: 'player' });
  });

  test('a sale in a market that is being settled waits: its positions are not ours to move', () => {
    const world = worldOf();
    decide(world, trade(buyOrder(2_000n)));
    const order = place(world, selling(500n, 9_000n));
    move(world, { status: 'resolved', decided: false });
    world.changedPositions.clear();
    expect(stands(match(world, order)).status).toBe('open');
    expect(codeOf(cancel(world, order))).toBe('MARKET_NOT_TRADEABLE');
    expect(world.changedPositions.size).toBe(0);
    move(world, { decided: true });
    expect(stands(match(world, order))).toMatchObject({ status: 'cancelled', reason: 'market_closed' });
    expect(world.changedPositions.size).toBe(0);
  });

  test('a restriction and a suspension leave sales alone', () => {
    const world = worldOf();
    decide(world, trade(buyOrder(2_000n)));
    const order = place(world, selling(500n, 9_000n));
    Object.assign(traderOf(world), { status: 'suspended', blockedMarkets: [MARKET], cooldownUntil: new Date(NOW.getTime() + 1) });
    expect(stands(match(world, order)).status).toBe('open');
    move(world, { mid: price(9_500n) });
    expect(stands(match(world, order)).status).toBe('filled');
  });
});

test('a batch without limit orders has no statement about them, one that looks in vain writes nothing', () => {
  const world = worldOf();
  const buying = trade(buyOrder(1_000n));
  decide(world, buying);
  expect(readLimitOrders(wantsOf([buying], { keyed: true }))).toEqual([]);
  expect([...writeWorld(world)].map(plainName)).toEqual([
    'insert_trades',
    'post_entries',
    'update_players',
    'insert_positions',
    'insert_keys',
    'insert_exposure',
    'update_sequencer',
  ]);
  const resting = worldOf();
  const order = place(resting, restingOrder());
  const later = { ...resting, newLimitOrders: [], entries: [], newKeys: [], changedPlayers: new Set<never>() };
  match(later, order);
  expect([...writeWorld(later)]).toEqual([]);
});

/** What anybody may do to orders, trades and the price, in any order. */
const step = fc.oneof(
  fc.record({ do: fc.constant('place' as const), amount: fc.bigInt(100n, 3_000n), limit: fc.bigInt(100n, 9_900n), yes: fc.boolean() }),
  fc.record({ do: fc.constant('offer' as const), quantity: fc.bigInt(1n, 3_000n), limit: fc.bigInt(100n, 9_900n), yes: fc.boolean() }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('match' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('move' as const), mid: fc.bigInt(150n, 9_850n) }),
  fc.record({ do: fc.constant('buy' as const), amount: fc.bigInt(100n, 2_000n), yes: fc.boolean() }),
  fc.record({ do: fc.constant('sell' as const), quantity: fc.bigInt(1n, 2_000n), yes: fc.boolean() }),
  fc.record({ do: fc.constant('withdraw' as const), amount: fc.bigInt(1n, 3_000n) }),
  fc.record({ do: fc.constant('suspend' as const), suspended: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function take(world: World, orders: LimitOrder[], one: Step): void {
  const which = (n: number): LimitOrder | undefined => orders[n % Math.max(1, orders.length)];
  const add = (order: RestingFields): void => {
    const answer = decide(world, placing(order));
    if (!('limitOrder' in answer)) return;
    world.limitOrders.set(answer.limitOrder.id, answer.limitOrder);
    orders.push(answer.limitOrder);
  };
  const outcome = 'yes' in one && one.yes ? 'yes' : 'no';
  if (one.do === 'place') add(restingOrder({ amount: cents(one.amount), limitPrice: price(one.limit), outcome }));
  else if (one.do === 'offer') add(selling(one.quantity, one.limit, outcome));
  else if (one.do === 'move') move(world, { mid: price(one.mid) });
  else if (one.do === 'buy') decide(world, trade(buyOrder(one.amount, { outcome })));
  else if (one.do === 'sell') decide(world, trade({ marketId: MARKET, outcome, side: 'sell', quantity: shares(one.quantity) }));
  else if (one.do === 'withdraw') decide(world, adjust('withdraw', one.amount));
  else if (one.do === 'suspend') Object.assign(traderOf(world), { status: one.suspended ? 'suspended' : 'active' });
  else {
    const order = which(one.which);
    if (order) (one.do === 'cancel' ? cancel : match)(world, order);
  }
}

test('whatever happens: holds are the open orders, balances the ledger, each order ends once and at its limit or better', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const world = worldOf({ player: { balance: cents(8_000n) }, market: market({ scopes: new Map() }) });
      const orders: LimitOrder[] = [];
      for (const one of steps) {
        take(world, orders, one);
        const player = traderOf(world);
        const now = orders.map(({ id }) => world.limitOrders.get(id) as LimitOrder);
        const open = now.filter(({ status }) => status === 'open');
        const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
        const account = (name: string) =>
          sum(world.entries.map(({ from, to, amount }) => (to === name ? amount : 0n) - (from === name ? amount : 0n)));
        expect(account('orders')).toBe(sum(open.map(({ held }) => held)));
        expect(player.balance).toBe(8_000n + account('player'));
        expect(player.balance).toBeGreaterThanOrEqual(0n);
        for (const outcome of ['yes', 'no'] as const) {
          const position = positionOf(world, player, MARKET, outcome);
          const wanted = sum(
            open.filter((order) => order.side === 'sell' && order.outcome === outcome).map(({ quantity }) => quantity ?? 0n),
          );
          expect(position.held).toBe(wanted);
          expect(position.held).toBeLessThanOrEqual(position.quantity);
        }
      }
      const ends = world.limitOrderChanges.map(({ orderId }) => orderId);
      expect(new Set(ends).size).toBe(ends.length);
      for (const { id, tradeId, side, limitPrice, amount, quantity } of world.limitOrders.values()) {
        if (tradeId === null) continue;
        const done = world.trades.filter((one) => one.id === tradeId);
        expect(done).toHaveLength(1);
        const [filled] = done;
        if (side === 'buy') expect(filled?.price).toBeLessThanOrEqual(limitPrice);
        else expect(filled?.price).toBeGreaterThanOrEqual(limitPrice);
        expect(side === 'buy' ? filled?.amount : filled?.quantity).toBe(side === 'buy' ? amount : quantity);
        expect(world.newKeys.filter(({ key }) => key === limitOrderKey(id))).toHaveLength(1);
      }
    }),
    { numRuns: 300 },
  );
});

/** The kind `limit_order`: an order is placed to rest, and its stake is set aside. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents, FULL_PRICE } from '@predictu/contract/units';
import { feeOf, proceedsOf, quantityFor } from '../pricing/fees.rules.ts';
import { tradeability } from '../pricing/tradeable.rules.ts';
import { exclusionRefusal, ownLimitRefusal } from '../protection/protection.rules.ts';
import { judgeWalls, wallRefusal } from '../risk/walls.rules.ts';
import { dollars, usd } from './dollars.rules.ts';
import { watchedScopes } from './halt.rules.ts';
import type { Kind } from './kind.rules.ts';
import type { LimitOrder, LimitOrderOperation, RestingFields } from './operation.rules.ts';
import type { Refused } from './order.rules.ts';
import type { Context } from './order-price.rules.ts';
import { wallEvent, wallInput } from './order-walls.rules.ts';
import { readOnlyRefusal } from './read-only.rules.ts';
import { heldFor, holdFor } from './resting-order.rules.ts';
import { restrictionOf } from './restriction.rules.ts';
import { marketFor, nextId, playerKey, positionOf, scopesOf, type World } from './world.rules.ts';
import type { Market, Operator, Player } from './world-rows.rules.ts';

/** Open orders of one player at most. */
const MOST_OPEN = 100;

const NO_LIMIT_ORDERS = refuse('FORBIDDEN', 'Limit orders are switched off', {
  reason: 'feature_disabled',
  feature: 'trading.allow_limit_orders',
});
/** An order waits these out. */
const PASSING: readonly string[] = ['paused', 'stale', 'no_price', 'out_of_bounds', 'illiquid'];

/** Why an order cannot rest here; undefined when it can. */
function mayRest(world: World, operator: Operator, player: Player, market: Market, order: RestingFields): Refusal | undefined {
  const state = tradeability(market, { allowedCategories: operator.allowedCategories, now: world.now, side: order.side });
  if (!state.tradeable && !PASSING.includes(state.reason)) {
    return refuse('MARKET_NOT_TRADEABLE', `The market cannot be traded: ${state.reason}`, { reason: state.reason });
  }
  if (order.limitPrice <= 0n || order.limitPrice >= FULL_PRICE) return badField('limit_price', 'a price between 0 and 1');
  if (order.expiresAt !== null && order.expiresAt <= world.now) return badField('expires_at', 'an instant in the future');
  if ((world.openLimitOrders.get(playerKey(player.operatorId, player.id)) ?? 0) >= MOST_OPEN) {
    return refuse('CONFLICT', `At most ${MOST_OPEN} orders can be open`, { reason: 'too_many_open_orders', most: MOST_OPEN });
  }
  if (order.side === 'sell') return undefined;
  return exclusionRefusal(player.protection, world.now) ?? restrictionOf(player, market, world.now);
}

const badField = (field: string, expected: string): Refusal =>
  refuse('VALIDATION_ERROR', `The body does not fit: ${field}`, { fields: [{ field, received: null, expected: `Expected ${expected}` }] });

type Stake = { amount: Cents; needed: Cents; held: Cents };

function checkBuy(context: Context, { amount, needed, held }: Stake, at: LimitOrder['limitPrice']): Refused | undefined {
  const { world, operator, player } = context;
  const quantity = quantityFor(amount, at);
  if (amount < operator.minBet || quantity === 0n) {
    return {
      refusal: refuse('AMOUNT_TOO_SMALL', `The smallest bet is ${dollars(operator.minBet)}`, { minimum_usd: usd(operator.minBet) }),
    };
  }
  const ownLimit = ownLimitRefusal(player.protection, needed, world.now);
  if (ownLimit) return { refusal: ownLimit };
  // The other walls are asked when it executes: what they say now says nothing about then.
  const judged = judgeWalls(wallInput(context, { amount, quantity }));
  if (!judged.ok && judged.wall === 1) return { refusal: wallRefusal(judged), event: wallEvent(context, judged) };
  if (player.balance >= held) return undefined;
  const message = `The balance (${dollars(player.balance)}) is less than amount and fee (${dollars(held)})`;
  return {
    refusal: refuse('INSUFFICIENT_BALANCE', message, { current_balance_usd: usd(player.balance), required_usd: usd(held) }),
  };
}

function checkSale(world: World, player: Player, order: RestingFields, quantity: bigint): Refused | undefined {
  const { quantity: owned, held } = positionOf(world, player, order.marketId, order.outcome);
  const free = owned - held;
  if (quantity > free) {
    return {
      refusal: refuse('INSUFFICIENT_SHARES', `${usd(cents(free))} shares are free, ${usd(cents(quantity))} were to be sold`, {
        held: usd(owned),
        in_orders: usd(held),
        requested: usd(cents(quantity)),
      }),
    };
  }
  if (proceedsOf(order.limitPrice, (order.quantity ?? 0n) as never) > 0n) return undefined;
  return { refusal: refuse('AMOUNT_TOO_SMALL', 'The sale brings less than a cent', { minimum_usd: 0.01 }) };
}

function place(world: World, operator: Operator, player: Player, order: RestingFields): Refused | { limitOrder: LimitOrder } {
  if (!operator.limitOrders) return { refusal: NO_LIMIT_ORDERS };
  const market = marketFor(world, operator.id, order.marketId);
  if (!market) return { refusal: refuse('NOT_FOUND', 'There is no such market') };
  const refusal = (order.side === 'buy' ? readOnlyRefusal(operator) : undefined) ?? mayRest(world, operator, player, market, order);
  if (refusal) return { refusal };
  const feeBps = operator.feeBps ?? world.settings.tradingFeeBps;
  const amount = cents(order.amount ?? 0n);
  const fee = feeOf(amount, feeBps);
  const held = order.side === 'buy' ? heldFor(operator.walletMode, amount, fee) : cents(0n);
  const stake: Stake = { amount, needed: cents(amount + fee), held };
  const scopes = scopesOf(world, operator.id, market);
  const context: Context = { world, operator, player, order, market, scopes, watched: watchedScopes(world, operator, market, scopes) };
  const refused = order.side === 'buy' ? checkBuy(context, stake, order.limitPrice) : checkSale(world, player, order, order.quantity ?? 0n);
  if (refused) return refused;
  const limitOrder: LimitOrder = {
    ...order,
    id: nextId(world),
    operatorId: player.operatorId,
    playerId: player.id,
    feeBps,
    held,
    walletMode: operator.walletMode,
    status: 'open',
    tradeId: null,
    reason: null,
    refusal: null,
    createdAt: world.now,
    endedAt: null,
  };
  holdFor(world, player, limitOrder);
  world.newLimitOrders.push(limitOrder);
  const name = playerKey(player.operatorId, player.id);
  world.openLimitOrders.set(name, (world.openLimitOrders.get(name) ?? 0) + 1);
  return { limitOrder };
}

/** What the answer of a placed order keeps under its key: the order as it was placed. */
const keep = ({ id, createdAt, expiresAt, ...order }: LimitOrder): string =>
  JSON.stringify(
    { order: String(id), created_at: createdAt.toISOString(), expires_at: expiresAt?.toISOString() ?? null, placed: order },
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );

type Placed = Omit<LimitOrder, 'id' | 'createdAt' | 'expiresAt'>;
const NUMBERS: readonly (keyof Placed)[] = ['operatorId', 'playerId', 'marketId', 'limitPrice', 'amount', 'quantity', 'held'];

export const limitOrderKind: Kind<LimitOrderOperation> = {
  ownerId: ({ playerId }) => playerId,
  orders: ({ order }) => [order],
  decide(world, operator, player, { order }) {
    const result = place(world, operator, player, order);
    return 'refusal' in result ? result : { outcome: result, tradeId: null, kept: keep(result.limitOrder) };
  },
  replay({ answer }) {
    if (typeof answer['order'] !== 'string') return undefined;
    const placed = Object.fromEntries(
      Object.entries(answer['placed'] as Record<string, unknown>).map(([name, value]) => [
        name,
        NUMBERS.includes(name as keyof Placed) ? BigInt(value as string) : value,
      ]),
    ) as Placed;
    const expiresAt = answer['expires_at'];
    return {
      limitOrder: {
        ...placed,
        id: BigInt(answer['order']),
        createdAt: new Date(answer['created_at'] as string),
        expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : null,
      },
    };
  },
};

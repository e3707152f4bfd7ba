/**
 * The kinds `match` and `cancel`: what becomes of an order that rests. Decided by its status, once; a match executes it when the price
 * makes its limit true, ends it when nothing can come of it any more, and otherwise changes nothing.
 */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { exclusionRefusal } from '../protection/protection.rules.ts';
import type { FinishingKind } from './kind.rules.ts';
import { type CancelOperation, type LimitOrder, limitOrderKey, type MatchOperation, type ReadOrder } from './operation.rules.ts';
import { decideOrder, isRefused, TRADING_STATUSES } from './order.rules.ts';
import { endLimitOrder, releaseFor } from './resting-order.rules.ts';
import { restrictionOf } from './restriction.rules.ts';
import { addKey, marketFor, nextId, playerKey, type World } from './world.rules.ts';
import type { Market, Operator, Player } from './world-rows.rules.ts';

/** Why an order ends that was not filled. `refused`: a rule refused its trade, and the refusal is kept. */
export type EndReason =
  | 'player'
  | 'expired'
  | 'market_ended'
  | 'market_closed'
  | 'category_closed'
  | 'feature_disabled'
  | 'operator_suspended'
  | 'player_suspended'
  | 'player_restricted'
  | 'player_excluded'
  | 'refused';

type Lapsed = { status: 'cancelled' | 'expired'; reason: EndReason };
const cancelled = (reason: EndReason): Lapsed => ({ status: 'cancelled', reason });

/** Closed, and not decided yet: the decision is being written, or the market opens again. Nobody moves its positions meanwhile. */
const isClosing = ({ status, decided }: Market): boolean => !decided && (status === 'resolved' || status === 'cancelled');

/** What ends an order whatever the price is; undefined while it may rest. */
function lapse(order: LimitOrder, operator: Operator, player: Player, market: Market, now: Date): Lapsed | undefined {
  if (market.decided) return cancelled('market_closed');
  if (isClosing(market)) return order.side === 'buy' ? cancelled('market_closed') : undefined;
  if (order.expiresAt !== null && order.expiresAt <= now) return { status: 'expired', reason: 'expired' };
  if (market.endAt !== null && market.endAt <= now) return { status: 'expired', reason: 'market_ended' };
  if (!TRADING_STATUSES.includes(operator.status)) return cancelled('operator_suspended');
  if (!operator.limitOrders) return cancelled('feature_disabled');
  // Whoever holds shares may always get out, suspended or not.
  if (order.side === 'sell') return undefined;
  if (player.status !== 'active' || player.tier === 'banned') return cancelled('player_suspended');
  if (exclusionRefusal(player.protection, now)) return cancelled('player_excluded');
  if (restrictionOf(player, market, now)) return cancelled('player_restricted');
  if (!operator.allowedCategories.includes(market.category)) return cancelled('category_closed');
  return undefined;
}

/** Refusals that pass by themselves: the order goes on resting. */
const PASSING: readonly string[] = ['PRICE_CHANGED', 'MARKET_NOT_TRADEABLE', 'CIRCUIT_BREAKER'];

type Found = { order: LimitOrder; operator: Operator; player: Player; market: Market };

function find(world: World, { operatorId, playerId, orderId, marketId }: MatchOperation | CancelOperation): Found | undefined {
  const order = world.limitOrders.get(orderId);
  const operator = world.settings.operators.get(operatorId);
  const player = world.players.get(playerKey(operatorId, playerId));
  const market = marketFor(world, operatorId, marketId);
  if (!order || !operator || !player || !market) return undefined;
  return order.playerId === playerId && order.marketId === marketId ? { order, operator, player, market } : undefined;
}

const asItStands = (world: World, { id }: LimitOrder): LimitOrder => world.limitOrders.get(id) as LimitOrder;

function end(world: World, { order, player }: Found, { status, reason }: Lapsed, refusal: Refusal | null = null): LimitOrder {
  releaseFor(world, player, order);
  endLimitOrder(world, order, { status, tradeId: null, reason, refusal });
  return asItStands(world, order);
}

const tradeOf = (order: LimitOrder): ReadOrder => {
  const { marketId, outcome, side, limitPrice, amount, quantity } = order;
  return {
    marketId,
    outcome,
    side,
    limitPrice,
    ...(amount !== undefined && { amount }),
    ...(quantity !== undefined && { quantity }),
    resting: order,
  };
};

function execute(world: World, found: Found): ReturnType<FinishingKind<MatchOperation>['finish']> {
  const { order, operator, player } = found;
  const { id, operatorId, playerId } = order;
  const key = { operatorId, ownerId: playerId, key: limitOrderKey(id), bodyHash: id.toString(16).padStart(32, '0') };
  const result = decideOrder(world, operator, player, tradeOf(order));
  if (isRefused(result)) {
    const { refusal, event } = result;
    if (PASSING.includes(refusal.refused)) return { replayed: false, limitOrder: order };
    if (event) world.events.push({ ...event, id: nextId(world) });
    addKey(world, { ...key, tradeId: null, answer: JSON.stringify(refusal) });
    return { replayed: false, limitOrder: end(world, found, cancelled('refused'), refusal) };
  }
  const { trade } = result;
  addKey(world, { ...key, tradeId: trade.id, answer: '{}' });
  const status = trade.status === 'pending' ? 'pending' : 'filled';
  endLimitOrder(world, order, { status, tradeId: trade.id, reason: null, refusal: null });
  return { replayed: false, limitOrder: asItStands(world, order), executed: trade };
}

const CLOSING = refuse('MARKET_NOT_TRADEABLE', 'The market is being settled; the order ends with it', { reason: 'resolved' });
const MISSING = { replayed: false, refusal: refuse('NOT_FOUND', 'There is no such order') } as const;
const about = ({ orderId, marketId, outcome }: MatchOperation | CancelOperation) => ({ orderId, marketId, outcome });

export const matchKind: FinishingKind<MatchOperation> = {
  about,
  finish(world, operation) {
    const found = find(world, operation);
    if (!found) return MISSING;
    const { order, operator, player, market } = found;
    if (order.status !== 'open') return { replayed: true, limitOrder: order };
    const lapsed = lapse(order, operator, player, market, world.now);
    if (lapsed) return { replayed: false, limitOrder: end(world, found, lapsed) };
    return execute(world, found);
  },
};

export const cancelKind: FinishingKind<CancelOperation> = {
  about,
  finish(world, operation) {
    const found = find(world, operation);
    if (!found) return MISSING;
    const { order, market } = found;
    if (order.status !== 'open') return { replayed: true, limitOrder: order };
    if (order.side === 'sell' && isClosing(market)) return { replayed: false, refusal: CLOSING };
    return { replayed: false, limitOrder: end(world, found, cancelled('player')) };
  },
};

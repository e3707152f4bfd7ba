/** A player places a limit order or takes it back: operations of the batch, answered with the order as it stands. */
import type { Refusal } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type { cancelOrder as cancel, placeOrder as place } from '@predictu/contract/player/orders';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import type { Balances } from '../players/players.ts';
import type { PlayerFeed } from './follow-players.ts';
import { selectLimitOrders } from './limit-order-list.sql.ts';
import type { OrderMatcher } from './match-orders.ts';
import { limitOrderKey } from './operation.rules.ts';
import { showLimitOrder } from './show-limit-order.ts';
import type { Trading } from './trading.ts';

export type OrderServices = {
  trading: Pick<Trading, 'submit'>;
  matcher: Pick<OrderMatcher, 'match'>;
  feed: Pick<PlayerFeed, 'kick'>;
  balances: Pick<Balances, 'read'>;
};
type Player = Extract<Actor, { kind: 'player' }>;

async function answer(db: Db, balances: OrderServices['balances'], actor: Player, orderId: bigint) {
  const [[row], balance] = await Promise.all([selectLimitOrders(db, [orderId]), balances.read(actor)]);
  if (!row || !balance) throw new Error('A placed order has no row');
  return { data: showLimitOrder(row), balance_usd: balance.balance_cents };
}

export const placeOrder =
  ({ trading, matcher, feed, balances }: OrderServices): Handler<typeof place> =>
  async ({ db, actor, setHeader }, { body, idempotencyKey: key, bodyHash }) => {
    const { operatorId, playerId } = actor;
    const order = {
      marketId: body.market_id,
      outcome: body.outcome,
      side: body.side,
      limitPrice: body.limit_price,
      expiresAt: body.expires_at ?? null,
      ...(body.amount_usd !== undefined && { amount: body.amount_usd }),
      ...(body.quantity !== undefined && { quantity: body.quantity }),
    };
    const placed = await trading.submit({ kind: 'limit_order', operatorId, playerId, key, bodyHash, order });
    if (placed.replayed) setHeader('idempotency-replayed', 'true');
    if ('refusal' in placed) return placed.refusal;
    if (!('limitOrder' in placed)) throw new Error('An order was answered with something else');
    // A limit that is true already need not wait for the price to move.
    if (!placed.replayed) await matcher.match(placed.limitOrder);
    feed.kick(playerId);
    return answer(db, balances, actor, placed.limitOrder.id);
  };

export const cancelOrder =
  ({ trading, feed, balances }: Omit<OrderServices, 'matcher'>): Handler<typeof cancel> =>
  async ({ db, actor }, { params }) => {
    const { operatorId, playerId } = actor;
    const { order_id: orderId } = params;
    const [row] = await selectLimitOrders(db, [orderId]);
    if (row?.player_id !== playerId) throw notFound('order');
    const cancelled = await submitCancel(trading, { operatorId, playerId, orderId, marketId: row.market_id, outcome: row.outcome });
    if (cancelled) return cancelled;
    feed.kick(playerId);
    return answer(db, balances, actor, orderId);
  };

type Cancelled = { operatorId: bigint; playerId: Id<'user'> | bigint; orderId: bigint; marketId: bigint; outcome: 'yes' | 'no' };

async function submitCancel(trading: Pick<Trading, 'submit'>, order: Cancelled): Promise<Refusal | undefined> {
  const answered = await trading.submit({ kind: 'cancel', ...order, key: limitOrderKey(order.orderId), bodyHash: '0'.repeat(32) });
  return 'refusal' in answered ? answered.refusal : undefined;
}

/** Limit orders as their player, operators and the platform list them. */
import type { listOrders as all } from '@predictu/contract/admin/trades';
import type { Id } from '@predictu/contract/ids';
import type { listOwnOrders as own } from '@predictu/contract/operator/trades';
import type { listPlayerOrders as mine, getOrder as one } from '@predictu/contract/player/orders';
import { operatorIdOf } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import { chooseLimitOrders, type LimitOrderFilter, selectConsoleLimitOrders, selectLimitOrders } from './limit-order-list.sql.ts';
import { showConsoleLimitOrder, showLimitOrder } from './show-limit-order.ts';

type Query = PageRequest &
  Pick<LimitOrderFilter, 'status' | 'side' | 'outcome' | 'from' | 'to'> & {
    market_id?: Id<'market'> | undefined;
    user_id?: Id<'user'> | undefined;
  };

const filterOf = ({ market_id: marketId, user_id: playerId, status, side, outcome, from, to }: Query): LimitOrderFilter => ({
  marketId,
  playerId,
  status,
  side,
  outcome,
  from,
  to,
});

async function list(db: Db, query: Query, scope: Pick<LimitOrderFilter, 'operatorId'>) {
  const { ids, total } = await chooseLimitOrders(db, { ...filterOf(query), ...scope }, sliceOf(query, 1));
  return pageOf(query, total, await selectConsoleLimitOrders(db, ids), (row) => [row.id], showConsoleLimitOrder);
}

export const listOrders: Handler<typeof all> = async ({ db }, { query }) =>
  list(db, query, query.operator === undefined ? {} : { operatorId: await operatorIdOf(db, query.operator) });

export const listOwnOrders: Handler<typeof own> = ({ db, actor }, { query }) => list(db, query, { operatorId: actor.operatorId });

export const listPlayerOrders: Handler<typeof mine> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const { ids, total } = await chooseLimitOrders(db, { ...filterOf(query), operatorId, playerId }, sliceOf(query, 1));
  return pageOf(query, total, await selectLimitOrders(db, ids), (row) => [row.id], showLimitOrder);
};

export const getOrder: Handler<typeof one> = async ({ db, actor }, { params }) => {
  const [row] = await selectLimitOrders(db, [params.order_id]);
  if (row?.player_id !== actor.playerId) throw notFound('order');
  return { data: showLimitOrder(row) };
};

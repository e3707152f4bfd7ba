/** What a batch reads and writes of limit orders: nothing at all while no operation is about one. */
import { instants, int8s, jsonTexts, type Statement, texts } from '../platform/arrays.ts';
import type { Row } from '../platform/db.ts';
import type { LimitOrder } from './operation.rules.ts';
import type { Wants } from './wants.rules.ts';
import { playerKey, type World } from './world.rules.ts';
import type { LimitOrderChange } from './world-rows.rules.ts';

const ORDERS = `
select o.* from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id)
cross join lateral (select o.operator_id as "operatorId", o.id, o.player_id as "playerId", o.market_id as "marketId", o.outcome, o.side,
  o.limit_price::bigint as "limitPrice", o.amount_cents as amount, o.quantity, o.fee_bps as "feeBps", o.held_cents as held, o.wallet_mode as "walletMode",
  o.status, o.trade_id as "tradeId", o.reason, o.refusal, o.expires_at as "expiresAt", o.created_at as "createdAt", o.ended_at as "endedAt"
  from limit_orders o where o.operator_id = k.operator_id and o.id = k.id offset 0) o`;

const OPEN = `
select k.operator_id as "operatorId", k.player_id as "playerId",
  (select count(*) from limit_orders o where o.operator_id = k.operator_id and o.player_id = k.player_id and o.status = 'open')::int as open
from unnest($1::bigint[], $2::bigint[]) as k(operator_id, player_id)`;

const pairs = (rows: readonly (readonly [bigint, bigint])[]) => [int8s(rows, ([one]) => one), int8s(rows, ([, other]) => other)];

/** The orders operations name, and how many those who place one have open. `everything` asks for none of either: that prepares them. */
export function readLimitOrders(
  { limitOrders, placing }: Pick<Wants, 'limitOrders' | 'placing'>,
  { everything = false } = {},
): Statement[] {
  const statements: Statement[] = [];
  if (limitOrders.size > 0 || everything) {
    statements.push({ name: 'read_limit_orders', text: ORDERS, values: pairs([...limitOrders.values()]) });
  }
  if (placing.size > 0 || everything) {
    statements.push({ name: 'count_limit_orders', text: OPEN, values: pairs([...placing.values()]) });
  }
  return statements;
}

/** Puts one answer of `readLimitOrders` into the world: its rows say which it is. */
export function addLimitOrders(world: World, rows: readonly Row[]): void {
  for (const row of rows) {
    if ('open' in row) {
      world.openLimitOrders.set(playerKey(row['operatorId'] as bigint, row['playerId'] as bigint), row['open'] as number);
      continue;
    }
    const { amount, quantity, ...order } = row as LimitOrder & {
      amount: LimitOrder['amount'] | null;
      quantity: LimitOrder['quantity'] | null;
    };
    world.limitOrders.set(order.id, { ...order, ...(amount !== null && { amount }), ...(quantity !== null && { quantity }) } as LimitOrder);
  }
}

const NEW = `
with placed as (
  insert into limit_orders (operator_id, id, player_id, market_id, outcome, side, limit_price, amount_cents, quantity, fee_bps, held_cents, wallet_mode,
    status, expires_at, created_at)
  select operator_id, id, player_id, market_id, outcome, side, limit_price, amount, quantity, fee_bps, held, mode, 'open', expires_at, $14::timestamptz
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::text[], $13::timestamptz[])
    as o(operator_id, id, player_id, market_id, outcome, side, limit_price, amount, quantity, fee_bps, held, mode, expires_at)
  returning operator_id, id, player_id, market_id, status, created_at
)
insert into limit_order_events (operator_id, id, order_id, player_id, market_id, status, created_at)
select operator_id, id, id, player_id, market_id, status, created_at from placed`;

export const insertLimitOrders = (rows: readonly LimitOrder[], at: string): Statement => ({
  name: 'insert_limit_orders',
  text: NEW,
  values: [
    int8s(rows, (o) => o.operatorId),
    int8s(rows, (o) => o.id),
    int8s(rows, (o) => o.playerId),
    int8s(rows, (o) => o.marketId),
    texts(rows, (o) => o.outcome),
    texts(rows, (o) => o.side),
    int8s(rows, (o) => o.limitPrice),
    int8s(rows, (o) => o.amount ?? null),
    int8s(rows, (o) => o.quantity ?? null),
    int8s(rows, (o) => o.feeBps),
    int8s(rows, (o) => o.held),
    texts(rows, (o) => o.walletMode),
    instants(rows, (o) => o.expiresAt),
    at,
  ],
});

const CHANGED = `
with changed as (
  select operator_id, id, order_id, player_id, market_id, status, trade_id, reason, ended_at, nullif(refusal, 'null') as refusal
  from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::timestamptz[]),
    jsonb_array_elements($10::jsonb)) as c(operator_id, id, order_id, player_id, market_id, status, trade_id, reason, ended_at, refusal)
), noted as (
  insert into limit_order_events (operator_id, id, order_id, player_id, market_id, status, created_at)
  select operator_id, id, order_id, player_id, market_id, status, $11::timestamptz from changed
)
update limit_orders o set status = c.status, trade_id = c.trade_id, reason = c.reason, refusal = c.refusal, ended_at = c.ended_at
from changed c cross join lateral (select x.ctid from limit_orders x where x.operator_id = c.operator_id and x.id = c.order_id offset 0) x
where o.ctid = x.ctid`;

export const changeLimitOrders = (rows: readonly LimitOrderChange[], at: string): Statement => ({
  name: 'change_limit_orders',
  text: CHANGED,
  values: [
    int8s(rows, (c) => c.operatorId),
    int8s(rows, (c) => c.id),
    int8s(rows, (c) => c.orderId),
    int8s(rows, (c) => c.playerId),
    int8s(rows, (c) => c.marketId),
    texts(rows, (c) => c.status),
    int8s(rows, (c) => c.tradeId),
    texts(rows, (c) => c.reason),
    instants(rows, (c) => c.endedAt),
    jsonTexts(rows, (c) => JSON.stringify(c.refusal)),
    at,
  ],
});

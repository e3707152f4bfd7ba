/** Proofs about limit orders: what they hold, what became of them, and the trades they were filled by. */
import type { BookCheck } from './book-check.rules.ts';

/** Hold and release of each order, as the ledger has them. */
const HOLDS = `
  entered as (
    select operator_id, (metadata ->> 'order')::bigint as order_id, min(player_id) as player_id,
      sum(case when type = 'order_hold' then amount_cents else 0 end) as held, sum(case when type = 'order_release' then amount_cents else 0 end) as released
    from ledger_entries where type in ('order_hold', 'order_release') or 'orders' in (from_account, to_account) group by 1, 2
  )`;

export const ORDER_CHECKS: readonly BookCheck[] = [
  {
    name: 'order_holds',
    claim: 'every limit order was held for once, open ones hold exactly that, and of those that ended everything came back',
    compared: 'select count(*) from limit_orders',
    differences: `
      with ${HOLDS}
      select coalesce('order:' || o.id, 'order:' || e.order_id, 'a hold of no order') as subject,
        coalesce(format('held %s, released %s', o.held_cents, case when o.status = 'open' then 0 else o.held_cents end), 'no such order') as expected,
        format('held %s, released %s', coalesce(e.held, 0), coalesce(e.released, 0)) || case when e.player_id <> o.player_id then ', of another player' else '' end as found
      from limit_orders o full join entered e on e.operator_id = o.operator_id and e.order_id = o.id
      where (o.held_cents, case when o.status = 'open' then 0 else o.held_cents end) is distinct from (coalesce(e.held, 0), coalesce(e.released, 0))
        or e.player_id <> o.player_id`,
  },
  {
    name: 'order_shares',
    claim:
      'the shares that a position keeps for limit orders are those of its open sales, and no more than it has; none once its market is decided',
    compared: 'select count(*) from positions where held_quantity > 0',
    differences: `
      with selling as (
        select o.operator_id, o.market_id, o.player_id, o.outcome, sum(o.quantity) as quantity from limit_orders o join markets m on m.id = o.market_id
        where o.side = 'sell' and o.status = 'open' and m.status not in ('resolved', 'cancelled') group by 1, 2, 3, 4
      )
      select 'position:' || coalesce(p.id::text, 'none') as subject, coalesce(s.quantity, 0) || ' of at most ' || coalesce(p.quantity, 0) as expected,
        coalesce(p.held_quantity, 0)::text as found
      from (select * from positions where held_quantity > 0) p
      full join selling s on s.operator_id = p.operator_id and s.market_id = p.market_id and s.player_id = p.player_id and s.outcome = p.outcome
      where coalesce(p.held_quantity, 0) <> coalesce(s.quantity, 0) or p.held_quantity > p.quantity`,
  },
  {
    name: 'order_trades',
    claim:
      "every executed limit order has its one trade, of what it asked for, at its limit or better, under the order's own key; its status follows the trade's",
    compared: 'select count(*) from limit_orders where trade_id is not null',
    differences: `
      select 'order:' || o.id as subject,
        format('one trade: %s %s at %s or better, %s', o.side, o.outcome, o.limit_price, case o.status when 'pending' then 'pending' when 'filled' then 'filled' else 'cancelled' end) as expected,
        coalesce(format('trade:%s, %s %s at %s, %s, %s orders, key %s', t.id, t.side, t.outcome, t.price, t.status, o.orders, coalesce(k.key, 'none')), 'no trade') as found
      from (select *, count(*) over (partition by trade_id) as orders from limit_orders where trade_id is not null) as o
      left join trades t on t.operator_id = o.operator_id and t.id = o.trade_id
      left join idempotency_keys k on k.operator_id = o.operator_id and k.owner_id = o.player_id and k.key = 'order/' || o.id and k.trade_id = o.trade_id
      where t.id is null or k.key is null or o.orders <> 1
        or (t.player_id, t.market_id, t.outcome, t.side, t.status)
          <> (o.player_id, o.market_id, o.outcome, o.side, case o.status when 'pending' then 'pending' when 'filled' then 'filled' else 'cancelled' end)
        or case o.side when 'buy' then t.price > o.limit_price or t.amount_cents <> o.amount_cents else t.price < o.limit_price or t.quantity <> o.quantity end`,
  },
  {
    name: 'order_events',
    claim: 'the events of every limit order begin with its placing and end with how it stands',
    compared: 'select count(*) from limit_order_events',
    differences: `
      with told as (
        select operator_id, order_id, count(*) as events, (array_agg(status order by id))[1] as first, (array_agg(status order by id desc))[1] as last,
          count(*) filter (where status = 'open') as placed from limit_order_events group by 1, 2
      )
      select 'order:' || coalesce(o.id, e.order_id) as subject, coalesce('open, then ' || o.status, 'no such order') as expected,
        coalesce(format('%s events from %s to %s', e.events, e.first, e.last), 'none') as found
      from limit_orders o full join told e on e.operator_id = o.operator_id and e.order_id = o.id
      where (e.first, e.last, e.placed) is distinct from ('open', o.status, 1::bigint)`,
  },
];

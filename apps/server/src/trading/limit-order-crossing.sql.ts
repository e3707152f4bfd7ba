/** Which open limit orders something may have happened to. The batch decides; these only name whom to ask about. */
import { FULL_PRICE, type Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { Outcome, Side } from './operation.rules.ts';

export type OpenOrder = { id: bigint; operatorId: bigint; playerId: bigint; marketId: bigint; outcome: Outcome; side: Side };

const COLUMNS = `o.id, o.operator_id as "operatorId", o.player_id as "playerId", o.market_id as "marketId", o.outcome, o.side`;

/** A buy at its limit needs a mid at or below it, a sale one at or above: the house adds its spread to either. */
const crossing = (side: 'buy' | 'sell', outcome: Outcome): string => `
  (select ${COLUMNS} from limit_orders o where o.status = 'open' and o.market_id = moved.id and o.side = '${side}' and o.outcome = '${outcome}'
     and o.limit_price ${side === 'buy' ? '>=' : '<='} ${outcome === 'yes' ? 'moved.mid' : `${FULL_PRICE} - moved.mid`} and o.id > $3 order by o.id limit $4)`;
const CROSSED = `
select crossed.* from unnest($1::bigint[], $2::int[]) as moved(id, mid)
cross join lateral (${[crossing('buy', 'yes'), crossing('buy', 'no'), crossing('sell', 'yes'), crossing('sell', 'no')].join(' union all ')}) as crossed
order by crossed.id limit $4`;

export type Moved = { marketId: bigint; mid: Price };

/** The open orders a move to these mids crosses, by id, after this one. */
export const selectCrossed = (db: Db, moves: readonly Moved[], after: bigint, most: number): Promise<OpenOrder[]> =>
  db.query<OpenOrder>(CROSSED, [moves.map(({ marketId }) => marketId), moves.map(({ mid }) => Number(mid)), after, most], 'orders_crossed');

/** Every open order that the price as it stands crosses, or that has nothing left to wait for. */
const DUE = `
select ${COLUMNS} from limit_orders o
join markets m on m.id = o.market_id
join operators op on op.id = o.operator_id
left join operator_config c on c.operator_id = o.operator_id
join players p on p.operator_id = o.operator_id and p.id = o.player_id
where o.status = 'open' and o.id > $1 and (
  m.status not in ('active', 'paused') or m.closed_at is not null and o.side = 'buy' or m.end_at <= $2 or o.expires_at <= $2
  or op.status not in ('live', 'testing') or not coalesce((c.document #>> '{trading,allow_limit_orders}')::boolean, false)
  or o.side = 'buy' and (p.status <> 'active' or p.tier = 'banned' or p.cooldown_until > $2
    or p.protected and exists (select from player_protections x where x.operator_id = p.operator_id and x.player_id = p.id and x.excluded_until > $2) or m.id = any(p.blocked_markets) or m.category = any(p.blocked_categories)
    or not m.category = any(coalesce(p.allowed_categories, array[m.category])) or not m.category = any(op.allowed_categories)
    or not coalesce(c.document #> '{categories,enabled}', to_jsonb(op.allowed_categories)) ? m.category
    or coalesce(c.document #> '{categories,hidden}', '[]') ? m.category)
  or case when o.side = 'buy' then o.limit_price >= case o.outcome when 'yes' then m.mid else ${FULL_PRICE} - m.mid end
    else o.limit_price <= case o.outcome when 'yes' then m.mid else ${FULL_PRICE} - m.mid end end
)
order by o.id limit $3`;

export const selectDue = (db: Db, now: Date, after: bigint, most: number): Promise<OpenOrder[]> =>
  db.query<OpenOrder>(DUE, [after, now, most], 'orders_due');

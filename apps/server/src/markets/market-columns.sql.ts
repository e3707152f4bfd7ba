/** What the columns of markets follow: what they are filtered by, and their totals, which move with trades and decisions. */
import type { Statement } from '../platform/arrays.ts';
import { AFTER, ROWS_AT_ONCE } from '../platform/column-changes.ts';
import type { Place } from '../platform/column-follower.ts';
import type { Db } from '../platform/db.ts';

/** `owner` is null of everybody's markets. */
export type MarketColumns = { id: bigint; owner: bigint | null; category: string; status: string };
/** At one operator, or everywhere: operator 0. Cents, and open shares of both outcomes. */
export type MarketTotals = { operator: bigint; market: bigint; volume: number; trades: number; shares: number };

const MARKET = 'm.id, m.operator_id as owner, m.category, m.status';
const TOTALS = `e.operator_id as operator, e.key as market, e.volume_cents::float8 as volume, e.trade_count::float8 as trades,
  (e.yes_shares + e.no_shares)::float8 as shares`;

export const marketsAfter = (id: bigint): Statement => ({
  name: 'columns_markets_page',
  text: `select ${MARKET} from markets m where m.id > $1 order by m.id limit ${ROWS_AT_ONCE}`,
  values: [id],
});
export const totalsAfter = (operatorId: bigint, marketId: bigint): Statement => ({
  name: 'columns_market_totals_page',
  text: `select ${TOTALS} from exposure e where e.operator_id = $1 and e.scope = 2 and e.key > $2 order by e.key limit ${ROWS_AT_ONCE}`,
  values: [operatorId, marketId],
});

/** Categories each operator offers. */
export const offers: Statement = {
  name: 'columns_offers',
  text: 'select id, allowed_categories as categories from operators',
  values: [],
};

export const marketsChangedAfter = ({ horizon }: Place): Statement => ({
  name: 'columns_markets_changed',
  text: `select ${MARKET} from markets m where m.id in (select market_id from market_changes where xid >= $1::text::xid8)`,
  values: [horizon],
});

/** Totals that a trade, what became of one, or a decision has moved. */
export const totalsMovedAfter = ({ lastId }: Place): Statement => ({
  name: 'columns_market_totals_moved',
  text: `with moved as (
      (select operator_id, market_id from trades where ${AFTER} order by id offset 0)
      union select t.operator_id, t.market_id from operators o
        cross join lateral (select trade_id from trade_events where operator_id = o.id and ${AFTER} order by operator_id, id offset 0) as e
        join trades t on t.operator_id = o.id and t.id = e.trade_id
      union select o.id, s.market_id from market_settlements s cross join operators o where s.decision_id > $1
    ), scopes as (select operator_id, market_id from moved union select 0, market_id from moved)
    select totals.* from scopes cross join lateral
      (select ${TOTALS} from exposure e where e.operator_id = scopes.operator_id and e.scope = 2 and e.key = scopes.market_id offset 0) as totals`,
  values: [lastId],
});

const KEPT_MS = 86_400_000;

/** What every list in memory has taken up long ago. */
export const forgetMarketChanges = (db: Db, now: Date): Promise<unknown> =>
  db.query('delete from market_changes where at < $1', [new Date(now.getTime() - KEPT_MS)]);

/** What the columns of trades and positions follow: rows by id, and what the order of writes says has changed since. */
import type { Statement } from '../platform/arrays.ts';
import { AFTER } from '../platform/column-changes.ts';
import type { Place } from '../platform/column-follower.ts';

/** A trade as its columns hold it. `state`: 0 pending, 1 filled, 2 cancelled; amounts are cents, `at` milliseconds. */
export type TradeColumns = {
  id: bigint;
  operator: bigint;
  player: bigint;
  market: bigint;
  state: number;
  sell: boolean;
  no: boolean;
  amount: number;
  price: number;
  at: number;
  fee: number;
  spread: number;
};
/** What a decided settlement was for one operator: without one it closed nothing. `pnl` is what the house gained by it. */
export type SettlementColumns = {
  settlement: bigint;
  /** Its place in the order of writes. */
  decision: bigint;
  market: bigint;
  operator: bigint | null;
  at: number;
  pnl: number;
  fee: number;
};
export type PositionColumns = {
  id: bigint;
  operator: bigint;
  player: bigint;
  market: bigint;
  no: boolean;
  quantity: number;
  cost: number;
  realized: number;
  opened: number;
  /** Whether its player has no earlier one in its market. */
  first: boolean;
};

export const SETTLEMENTS_AT_ONCE = 1_000;

const TRADE = `id, operator_id as operator, player_id as player, market_id as market, array_position('{pending,filled,cancelled}'::text[], status) - 1 as state,
  side = 'sell' as sell, outcome = 'no' as no, amount_cents::float8 as amount, price, (extract(epoch from created_at) * 1000)::float8 as at,
  fee_cents::float8 as fee, spread_cents::float8 as spread`;
const POSITION = `p.id, p.operator_id as operator, p.player_id as player, p.market_id as market, p.outcome = 'no' as no, p.quantity::float8 as quantity,
  p.cost_cents::float8 as cost, p.realized_pnl_cents::float8 as realized, (extract(epoch from p.opened_at) * 1000)::float8 as opened,
  not exists (select from positions q where q.operator_id = p.operator_id and q.market_id = p.market_id and q.player_id = p.player_id and q.id < p.id) as first`;

export const tradesAfter = (id: bigint, most?: number): Statement => ({
  name: `columns_trades_${most ?? 'all'}`,
  text: `select ${TRADE} from trades where ${AFTER} order by id ${most === undefined ? '' : `limit ${most}`}`,
  values: [id],
});
export const positionsAfter = (id: bigint, most: number): Statement => ({
  name: `columns_positions_${most}`,
  text: `select ${POSITION} from positions p where p.id > $1 order by p.id limit ${most}`,
  values: [id],
});

/** What became of trades that were pending. */
export const endingsAfter = ({ lastId }: Place): Statement => ({
  name: 'columns_endings',
  text: `select e.trade_id as id, array_position('{pending,filled,cancelled}'::text[], e.status) - 1 as state from operators o
    cross join lateral (select trade_id, status from trade_events where operator_id = o.id and ${AFTER} order by operator_id, id offset 0) as e`,
  values: [lastId],
});

/** Markets that are over. */
export const marketsOver: Statement = {
  name: 'columns_markets_over',
  text: `select id from markets where status in ('resolved', 'cancelled')`,
  values: [],
};
export const marketsDecidedAfter = ({ lastId }: Place): Statement => ({
  name: 'columns_markets_decided',
  text: 'select market_id as id from market_settlements where decision_id > $1',
  values: [lastId],
});

/** Decided settlements after a place in the order of writes, with what they were for each operator they closed positions of. */
export const settlementsAfter = (decision: bigint, most?: number): Statement => ({
  name: `columns_settlements_${most ?? 'all'}`,
  text: `select s.id as settlement, s.decision_id as decision, s.market_id as market, r.operator_id as operator, (extract(epoch from s.decided_at) * 1000)::float8 as at,
      (r.cost_cents - r.payout_cents)::float8 as pnl, r.fee_cents::float8 as fee
    from (select * from market_settlements where decision_id > $1 and decision_id < 9223372036854775807 order by decision_id ${most === undefined ? '' : `limit ${most}`}) s
    left join lateral (
      select r.* from operators o cross join lateral (select * from settlement_records where operator_id = o.id and settlement_id = s.id offset 0) r
    ) r on true order by s.decision_id`,
  values: [decision],
});

/** Prices of the markets that are not over, as one text: `id mid,id mid`; -1 where there is none. */
export const marketMids: Statement = {
  name: 'columns_mids',
  text: `select string_agg(id || ' ' || coalesce(mid, -1), ',') as mids from markets where status in ('active', 'paused')`,
  values: [],
};

/** Positions that a trade, its filling or a decision has moved. */
export const positionsMovedAfter = ({ lastId }: Place): Statement => ({
  name: 'columns_positions_moved',
  text: `with moved as (
      (select operator_id, market_id, player_id, outcome from trades where ${AFTER} order by id offset 0)
      union select t.operator_id, t.market_id, t.player_id, t.outcome from operators o
        cross join lateral (select trade_id from trade_events where operator_id = o.id and ${AFTER} order by operator_id, id offset 0) as e
        join trades t on t.operator_id = o.id and t.id = e.trade_id
      union select o.id, p.market_id, p.player_id, p.outcome from market_settlements s cross join operators o
        cross join lateral (select market_id, player_id, outcome from settlement_payouts where operator_id = o.id and settlement_id = s.id) as p
        where s.decision_id > $1
    ) select ${POSITION} from moved join positions p using (operator_id, market_id, player_id, outcome)`,
  values: [lastId],
});

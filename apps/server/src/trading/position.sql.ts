/** What a batch writes of positions. A new one holds nothing for orders yet. */
import { booleans, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Position } from './world-rows.rules.ts';

const positionColumns = (rows: readonly Position[]): (Buffer | string)[] => [
  int8s(rows, (p) => p.operatorId),
  int8s(rows, (p) => p.marketId),
  int8s(rows, (p) => p.playerId),
  texts(rows, (p) => p.outcome),
  int8s(rows, (p) => p.quantity),
  int8s(rows, (p) => p.cost),
  int8s(rows, (p) => p.realizedPnl),
  int8s(rows, (p) => p.realizedAtOpen),
  int8s(rows, (p) => p.tradeCount),
];
const POSITION_KEYS =
  '$1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[]';

const POSITIONS = `
update positions p set quantity = u.quantity, cost_cents = u.cost, realized_pnl_cents = u.realized, realized_at_open_cents = u.realized_at_open,
  trade_count = u.trade_count, held_quantity = u.held, opened_at = case when u.reopened then $11::timestamptz else p.opened_at end,
  closed_at = case when u.quantity = 0 then $11::timestamptz end
from unnest(${POSITION_KEYS}, $10::bool[], $12::bigint[])
  as u(operator_id, market_id, player_id, outcome, quantity, cost, realized, realized_at_open, trade_count, reopened, held)
cross join lateral (
  select x.ctid from positions x
  where x.operator_id = u.operator_id and x.market_id = u.market_id and x.player_id = u.player_id and x.outcome = u.outcome offset 0
) x
where p.ctid = x.ctid`;

const NEW_POSITIONS = `
insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, realized_pnl_cents, realized_at_open_cents,
  trade_count, opened_at, closed_at)
select operator_id, market_id, player_id, outcome, id, quantity, cost, realized, realized_at_open, trade_count, $11::timestamptz,
  case when quantity = 0 then $11::timestamptz end
from unnest(${POSITION_KEYS}, $10::bigint[])
  as u(operator_id, market_id, player_id, outcome, quantity, cost, realized, realized_at_open, trade_count, id)`;

export const updatePositions = (rows: readonly Position[], at: string): Statement => ({
  name: 'update_positions',
  text: POSITIONS,
  values: [...positionColumns(rows), booleans(rows, (p) => p.reopened), at, int8s(rows, (p) => p.held)],
});
export const insertPositions = (rows: readonly Position[], at: string): Statement => ({
  name: 'insert_positions',
  text: NEW_POSITIONS,
  values: [...positionColumns(rows), int8s(rows, (p) => p.id), at],
});

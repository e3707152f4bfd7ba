/** What a batch writes of positions. A new one holds nothing for orders yet. */
import { booleans, formsOf, inForm, int8s, type Statement, texts } from '../platform/arrays.ts';
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
const COLUMNS = [
  ...['operator_id bigint', 'market_id bigint', 'player_id bigint', 'outcome text', 'quantity bigint', 'cost bigint'],
  ...['realized bigint', 'realized_at_open bigint', 'trade_count bigint'],
];

const POSITIONS = formsOf(
  ({ rows, matching }) => `
update positions p set quantity = u.quantity, cost_cents = u.cost, realized_pnl_cents = u.realized, realized_at_open_cents = u.realized_at_open,
  trade_count = u.trade_count, held_quantity = u.held, opened_at = case when u.reopened then $12::timestamptz else p.opened_at end,
  closed_at = case when u.quantity = 0 then $12::timestamptz end
from ${rows([...COLUMNS, 'reopened bool', 'held bigint'])} as u
${matching('positions', 'p', ['operator_id', 'market_id', 'player_id', 'outcome'])}`,
);

const NEW_POSITIONS = formsOf(
  ({ rows, present }) => `
insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, realized_pnl_cents, realized_at_open_cents,
  trade_count, opened_at, closed_at)
select operator_id, market_id, player_id, outcome, id, quantity, cost, realized, realized_at_open, trade_count, $11::timestamptz,
  case when quantity = 0 then $11::timestamptz end
from ${rows([...COLUMNS, 'id bigint'])} as u ${present('id')}`,
);

export const updatePositions = (rows: readonly Position[], at: string): Statement =>
  inForm('update_positions', POSITIONS, rows, [
    ...positionColumns(rows),
    booleans(rows, (p) => p.reopened),
    int8s(rows, (p) => p.held),
    at,
  ]);
export const insertPositions = (rows: readonly Position[], at: string): Statement =>
  inForm('insert_positions', NEW_POSITIONS, rows, [...positionColumns(rows), int8s(rows, (p) => p.id), at]);

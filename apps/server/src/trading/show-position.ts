/** Positions as the contract shows them. */
import { cents } from '@predictu/contract/units';
import { isResultPending } from '../markets/market-state.rules.ts';
import type { ConsolePositionRow, PositionRow } from './position-list.sql.ts';
import { valuePosition } from './position-value.rules.ts';

export function showPosition(row: PositionRow) {
  const value = valuePosition({
    outcome: row.outcome,
    quantity: row.quantity,
    cost: row.cost_cents,
    marketStatus: row.market_status,
    mid: row.mid,
    resolution: row.resolution,
  });
  return {
    id: row.id,
    market_id: row.market_id,
    market_title: row.market_title,
    category: row.category,
    outcome: row.outcome,
    quantity: row.quantity,
    avg_price: value.averagePrice,
    cost_basis_usd: row.cost_cents,
    current_price: value.currentPrice,
    market_value_usd: value.marketValue,
    unrealized_pnl_usd: value.unrealized,
    unrealized_pnl_pct: value.unrealizedPercent,
    realized_pnl_usd: row.realized_pnl_cents,
    status: value.status,
    result_pending: isResultPending({ status: row.market_status, closedAt: row.market_closed_at }),
    trade_count: row.trade_count,
    opened_at: row.opened_at,
    closed_at: row.closed_at,
    settled_at: value.status === 'settled' ? row.resolved_at : null,
  };
}

export function showConsolePosition(row: ConsolePositionRow) {
  const shown = showPosition(row);
  return {
    user_id: row.player_id,
    user_name: row.user_name,
    external_user_id: row.external_user_id,
    operator_slug: row.operator_slug,
    pnl_usd: shown.unrealized_pnl_usd === null ? null : cents(row.realized_pnl_cents + shown.unrealized_pnl_usd),
    ...shown,
  };
}

/** The place of a position in the order of opening. */
export const positionKeys = ({ opened_at: openedAt, id }: PositionRow): bigint[] => [BigInt(openedAt.getTime()), id];

/** A player reads its own positions. */
import type { listPlayerPositions as endpoint } from '@predictu/contract/player/account';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { type PositionRow, selectPositions } from './position-list.sql.ts';
import { valuePosition } from './position-value.rules.ts';

function show(row: PositionRow) {
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
    trade_count: row.trade_count,
    opened_at: row.opened_at,
    closed_at: row.closed_at,
    settled_at: value.status === 'settled' ? row.resolved_at : null,
  };
}

export const listPlayerPositions: Handler<typeof endpoint> = async ({ db, actor }, { query }) => {
  const { operatorId, playerId } = actor;
  const { rows, total } = await selectPositions(
    db,
    { operatorId, playerId, marketId: query.market_id, status: query.status },
    sliceOf(query, 1),
  );
  return pageOf(query, total, rows, (row) => [row.id], show);
};

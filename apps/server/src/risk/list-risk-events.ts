/** The log of risk events. */
import type { listRiskEvents as endpoint } from '@predictu/contract/admin/risk';
import { WALL_NAMES } from '@predictu/contract/shapes/risk-event';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { percentOf } from './exposure.rules.ts';
import { type RiskEventRow, selectRiskEvents } from './risk-event.sql.ts';

export const showRiskEvent = ({ value_cents: value, threshold_cents: threshold, player_id, ...row }: RiskEventRow) => ({
  wall_name: row.wall === null ? null : (WALL_NAMES[row.wall - 1] ?? null),
  value,
  threshold,
  utilization_pct: value === null || threshold === null ? null : percentOf(value, threshold),
  user_id: player_id,
  ...row,
});

export const listRiskEvents: Handler<typeof endpoint> = async ({ db }, { query }) => {
  const { rows, total } = await selectRiskEvents(db, query, sliceOf(query, 1));
  return pageOf(query, total, rows, (row) => [row.id], showRiskEvent);
};

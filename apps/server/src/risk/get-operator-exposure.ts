/** Exposure of one operator's players. */
import type { getOperatorExposure as endpoint } from '@predictu/contract/operator/risk';
import type { Handler } from '../platform/http.ts';
import { categoryLimit, gauge } from './exposure.rules.ts';
import { selectOperatorScopes, selectScopes, selectTopMarkets, selectTopPlayers, selectWorstLoss } from './exposure.sql.ts';
import { byCategory, showMarket } from './get-exposure.ts';

const MARKETS = 50;
const PLAYERS = 10;

export const getOperatorExposure: Handler<typeof endpoint> = async ({ db, actor, now }) => {
  const { operatorId } = actor;
  const [[own], scopes, loss, markets, players] = await Promise.all([
    selectOperatorScopes(db),
    selectScopes(db, operatorId),
    selectWorstLoss(db, operatorId),
    selectTopMarkets(db, operatorId, MARKETS),
    selectTopPlayers(db, operatorId, PLAYERS),
  ]);
  if (!own) throw new Error('An operator cannot read its own row');
  const total = gauge(own.exposure, own.limit);
  return {
    data: {
      total_exposure_usd: total.exposure_usd,
      net_exposure_usd: loss,
      exposure_limit_usd: total.limit_usd,
      utilization_pct: total.utilization_pct ?? 0,
      status: total.status,
      by_category: byCategory(scopes, (name) => categoryLimit(own.category_limits, name)),
      by_market: markets.map((row) => showMarket(row, null)),
      high_exposure_users: players.map(({ user_id, username, exposure, tier, position_count }) => ({
        user_id,
        username,
        exposure_usd: exposure,
        position_count: Number(position_count),
        tier,
      })),
      snapshot_at: now,
    },
  };
};

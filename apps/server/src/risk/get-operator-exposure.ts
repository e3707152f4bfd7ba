/** Exposure of one operator's players, as it sees it itself and as the platform sees it. */
import type { getExposureOfOperator as ofOperator } from '@predictu/contract/admin/risk';
import { decodeId } from '@predictu/contract/ids';
import type { getOperatorExposure as own } from '@predictu/contract/operator/risk';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { categoryLimit, gauge } from './exposure.rules.ts';
import {
  type OperatorScopeRow,
  selectOperatorScopes,
  selectScopes,
  selectTopMarkets,
  selectTopPlayers,
  selectWorstLoss,
} from './exposure.sql.ts';
import { byCategory, showMarket } from './get-exposure.ts';

const MARKETS = 50;
const PLAYERS = 10;

async function exposureOf(db: Db, { operator_id: operatorId, exposure, limit, category_limits: limits }: OperatorScopeRow, now: Date) {
  const [scopes, loss, markets, players] = await Promise.all([
    selectScopes(db, operatorId),
    selectWorstLoss(db, operatorId),
    selectTopMarkets(db, operatorId, MARKETS),
    selectTopPlayers(db, operatorId, PLAYERS),
  ]);
  const total = gauge(exposure, limit);
  return {
    total_exposure_usd: total.exposure_usd,
    net_exposure_usd: loss,
    exposure_limit_usd: total.limit_usd,
    utilization_pct: total.utilization_pct ?? 0,
    status: total.status,
    by_category: byCategory(scopes, (name) => categoryLimit(limits, name)),
    by_market: markets.map((row) => showMarket(row, null)),
    players: players.map(({ user_id, username, exposure: held, tier, position_count }) => ({
      user_id,
      username,
      exposure_usd: held,
      position_count: Number(position_count),
      tier,
    })),
    snapshot_at: now,
  };
}

export const getOperatorExposure: Handler<typeof own> = async ({ db, now }) => {
  const [row] = await selectOperatorScopes(db);
  if (!row) throw new Error('An operator cannot read its own row');
  const { players, ...data } = await exposureOf(db, row, now);
  return { data: { ...data, high_exposure_users: players } };
};

export const getExposureOfOperator: Handler<typeof ofOperator> = async ({ db, now }, { params: { slug } }) => {
  const id = decodeId('operator', slug);
  const row = (await selectOperatorScopes(db)).find((operator) => operator.operator_slug === slug || operator.operator_id === id);
  if (!row) throw notFound('operator');
  const { players, ...data } = await exposureOf(db, row, now);
  return { data: { operator_slug: row.operator_slug, ...data, top_users: players } };
};

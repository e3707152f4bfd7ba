/** Exposure of the whole platform: by operator, category, market and player, with what is close to its limit. */
import type { getExposure as endpoint } from '@predictu/contract/admin/risk';
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { categoryLimit, gauge, worstLoss } from './exposure.rules.ts';
import {
  type MarketScopeRow,
  type OperatorCategoryRow,
  type OperatorScopeRow,
  type ScopeRow,
  selectOperatorCategories,
  selectOperatorScopes,
  selectScopes,
  selectTopMarkets,
  selectTopPlayers,
  selectWorstLoss,
} from './exposure.sql.ts';
import { selectRiskEvents } from './risk-event.sql.ts';

const PLATFORM = 0n;
const MOST = 10;
const ALERT_WINDOW_MS = 86_400_000;

export const exposureIn = (rows: readonly ScopeRow[], scope: number, key: bigint): bigint =>
  rows.find((row) => row.scope === scope && row.key === key)?.exposure ?? 0n;

/** Categories with a limit or with something in them. */
export const byCategory = (rows: readonly ScopeRow[], limitOf: (name: Category) => Cents | null) =>
  CATEGORIES.map((category, number) => ({ category, ...gauge(exposureIn(rows, 1, BigInt(number)), limitOf(category)) })).filter(
    ({ exposure_usd, limit_usd }) => limit_usd !== null || exposure_usd > 0n,
  );

export const showMarket = (row: MarketScopeRow, limit: Cents | null) => ({
  market_id: row.market_id,
  title: row.title,
  ...gauge(row.yes_shares + row.no_shares, limit),
  yes_exposure_usd: row.yes_shares as Cents,
  no_exposure_usd: row.no_shares as Cents,
  net_exposure_usd: worstLoss(row.yes_shares, row.no_shares, row.cost_cents),
  position_count: Number(row.position_count),
  volume_usd: row.volume_cents,
});

function ofOperator(operator: OperatorScopeRow, categories: readonly OperatorCategoryRow[]) {
  const { operator_id: id, operator_slug, exposure, limit, category_limits: limits } = operator;
  const { utilization_pct, ...rest } = gauge(exposure, limit);
  const own = categories.filter((row) => row.operator_id === id);
  return {
    operator_slug,
    ...rest,
    utilization_pct: utilization_pct ?? 0,
    by_category: byCategory(own, (name) => categoryLimit(limits, name)),
  };
}

export const getExposure: Handler<typeof endpoint> = async ({ db, now }) => {
  const since = new Date(now.getTime() - ALERT_WINDOW_MS);
  const [{ config }, scopes, loss, operators, categories, markets, players, alerts] = await Promise.all([
    readPlatformConfig(db),
    selectScopes(db, PLATFORM),
    selectWorstLoss(db, PLATFORM),
    selectOperatorScopes(db),
    selectOperatorCategories(db),
    selectTopMarkets(db, PLATFORM, MOST),
    selectTopPlayers(db, PLATFORM, MOST),
    selectRiskEvents(db, { atLeast: 'warning', from: since }, { limit: 20, offset: 0, after: undefined }),
  ]);
  const { risk } = config;
  const total = gauge(exposureIn(scopes, 0, 0n), risk.global_exposure_limit_usd);
  return {
    data: {
      total_exposure_usd: total.exposure_usd,
      net_exposure_usd: loss,
      global_limit_usd: total.limit_usd,
      utilization_pct: total.utilization_pct ?? 0,
      status: total.status,
      by_operator: operators.map((operator) => ofOperator(operator, categories)),
      by_category: byCategory(scopes, (name) => risk.category_limits[name] ?? null),
      top_markets: markets.map((row) => showMarket(row, risk.per_market_max_usd)),
      top_users: players.map(({ exposure, position_count, ...row }) => ({
        ...row,
        exposure_usd: exposure,
        position_count: Number(position_count),
      })),
      alerts: alerts.rows.map(({ severity, message, scope, created_at }) => ({
        level: severity,
        message,
        category: CATEGORIES.find((name) => name === scope['category']) ?? null,
        created_at,
      })),
      snapshot_at: now,
    },
  };
};

/** Revenue of a period: of the platform, of one operator for the platform, and of the operator itself. */
import type { getRevenue as endpoint, getOperatorRevenue as ofOperator } from '@predictu/contract/admin/figures';
import type { getOwnRevenue as own } from '@predictu/contract/operator/figures';
import type { Handler } from '../platform/http.ts';
import { perHead } from './figure.rules.ts';
import { measurePeriod, operatorsInScope, showCategories, showTotals } from './measure-period.ts';

const WHOLE_BPS = 10_000;

export const getRevenue: Handler<typeof endpoint> = async ({ db, now }, { query: { operator, ...query } }) => {
  const operators = await operatorsInScope(db, operator);
  const operatorId = operator === undefined ? undefined : operators[0]?.id;
  const figures = await measurePeriod(db, { operators, operatorId, query, now });
  return {
    data: {
      period: figures.period,
      totals: { gross_revenue_usd: figures.totals.gross, ...showTotals(figures.totals, figures.users) },
      by_operator: figures.byOperator.map(({ slug, gross, platform, operator: share, trades, volume }) => ({
        operator_slug: slug,
        gross_usd: gross,
        predictu_share_usd: platform,
        operator_share_usd: share,
        trade_count: trades,
        volume_usd: volume,
      })),
      by_category: showCategories(figures),
      series: figures.series.map(({ date, partial, gross, spread, fees, platform, trades, volume }) => ({
        date,
        partial,
        gross_usd: gross,
        spread_usd: spread,
        fees_usd: fees,
        predictu_usd: platform,
        trades,
        volume_usd: volume,
      })),
    },
  };
};

export const getOperatorRevenue: Handler<typeof ofOperator> = async ({ db, now }, { params: { slug }, query }) => {
  const operators = await operatorsInScope(db, slug);
  const figures = await measurePeriod(db, { operators, operatorId: operators[0]?.id, query, now });
  return {
    data: {
      operator_slug: slug,
      period: figures.period,
      totals: { revenue_usd: figures.totals.gross, ...showTotals(figures.totals, figures.users) },
      series: figures.series.map(({ date, partial, gross, spread, fees, trades, volume }) => ({
        date,
        partial,
        revenue_usd: gross,
        spread_usd: spread,
        fees_usd: fees,
        trade_count: trades,
        volume_usd: volume,
      })),
    },
  };
};

export const getOwnRevenue: Handler<typeof own> = async ({ db, actor, now }, { query }) => {
  const operators = await operatorsInScope(db, actor.slug);
  const figures = await measurePeriod(db, { operators, operatorId: actor.operatorId, query, now });
  return {
    data: {
      period: figures.period,
      revenue_share_pct: (WHOLE_BPS - (operators[0]?.shareBps ?? 0)) / 100,
      totals: {
        gross_revenue_usd: figures.totals.gross,
        ...showTotals(figures.totals, figures.users),
        revenue_per_user_usd: perHead(figures.totals.gross, figures.users),
      },
      by_category: showCategories(figures),
      series: figures.series.map(({ date, partial, gross, spread, fees, operator, trades, volume, users }) => ({
        date,
        partial,
        gross_usd: gross,
        spread_usd: spread,
        fees_usd: fees,
        operator_share_usd: operator,
        trade_count: trades,
        volume_usd: volume,
        unique_traders: users,
      })),
    },
  };
};

/** Dashboard and revenue of the platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { periodQuery } from '../filters.ts';
import { single } from '../page.ts';
import {
  categoryRevenue,
  chartData,
  count,
  dashboardPeriod,
  dashboardRevenue,
  dashboardSettlements,
  dashboardTrades,
  dashboardUsers,
  granularity,
  grossUsd,
  inPeriodOrder,
  period,
  revenueQuery,
  revenueTotals,
  seriesHead,
  tradeTotals,
} from '../shapes/figures.ts';
import { nonNegativeUsd, usd } from '../units.ts';

const operator = z.string().max(100).optional().meta({ description: 'Slug of one operator; otherwise the figures are of all.' });

export const getDashboard = endpoint({
  method: 'GET',
  path: '/api/internal/dashboard',
  audience: 'admin',
  tag: 'Dashboard',
  summary: 'Get the dashboard',
  query: z.strictObject({ period: dashboardPeriod, operator }),
  refusals: ['NOT_FOUND'],
  answer: single(
    z
      .object({
        operators: z.object({ total: count, active: count.meta({ description: 'live' }), pending_onboarding: count }),
        users: dashboardUsers,
        trades: dashboardTrades,
        revenue: z.object({ ...dashboardRevenue, breakdown: z.object({ spread: usd, fees: usd }) }),
        exposure: z.object({ current_usd: nonNegativeUsd, max_usd: nonNegativeUsd, utilization_pct: z.number() }),
        risk: z.object({
          circuit_breakers_active: count.meta({ description: 'Tripped now.' }),
          high_exposure_markets: count.meta({ description: 'Markets at 60 percent or more of their limit.' }),
          sharp_bettors_flagged: count.meta({ description: 'Players of the tier sharp or above.' }),
        }),
        settlements: dashboardSettlements,
        chart_data: chartData,
      })
      .meta({ id: 'Dashboard' }),
  ),
});

export const getRevenue = endpoint({
  method: 'GET',
  path: '/api/internal/revenue',
  audience: 'admin',
  tag: 'Revenue',
  summary: 'Get the revenue of a period',
  description: 'The last 30 days unless said otherwise.',
  query: z.strictObject({ ...periodQuery, granularity, operator }).check(inPeriodOrder),
  refusals: ['NOT_FOUND'],
  answer: single(
    z
      .object({
        period,
        totals: z.object({ gross_revenue_usd: grossUsd, ...revenueTotals, ...tradeTotals }),
        by_operator: z.array(
          z.object({
            operator_slug: z.string(),
            gross_usd: usd,
            predictu_share_usd: usd,
            operator_share_usd: usd,
            trade_count: count,
            volume_usd: nonNegativeUsd,
          }),
        ),
        by_category: z.array(categoryRevenue),
        series: z.array(z.object({ ...seriesHead, gross_usd: usd, predictu_usd: usd, trades: count })),
      })
      .meta({ id: 'Revenue' }),
  ),
});

export const getOperatorRevenue = endpoint({
  method: 'GET',
  path: '/api/internal/operators/{slug}/revenue',
  audience: 'admin',
  tag: 'Operators',
  summary: 'Get the revenue of an operator',
  description: 'The last 30 days unless said otherwise.',
  params: z.strictObject({ slug: z.string().max(100) }),
  query: revenueQuery.check(inPeriodOrder),
  refusals: ['NOT_FOUND'],
  answer: single(
    z
      .object({
        operator_slug: z.string(),
        period,
        totals: z.object({ revenue_usd: grossUsd, ...revenueTotals, ...tradeTotals }),
        series: z.array(z.object({ ...seriesHead, revenue_usd: usd, trade_count: count })),
      })
      .meta({ id: 'RevenueOfOperator' }),
  ),
});

/** Dashboard and revenue of one operator. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
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
  grossUsd,
  inPeriodOrder,
  period,
  revenueQuery,
  revenueTotals,
  seriesHead,
  tradeTotals,
} from '../shapes/figures.ts';
import { operatorStatus } from '../shapes/operator.ts';
import { nonNegativeUsd, usd } from '../units.ts';

const shares = { operator_share_usd: usd, predictu_share_usd: usd };

export const getOwnDashboard = endpoint({
  method: 'GET',
  path: '/api/operator/dashboard',
  audience: 'operator',
  tag: 'Dashboard',
  summary: 'Get the dashboard',
  query: z.strictObject({ period: dashboardPeriod }),
  answer: single(
    z
      .object({
        operator: z.object({
          slug: z.string(),
          name: z.string(),
          status: operatorStatus,
          s2s_healthy: z
            .boolean()
            .nullable()
            .meta({ description: 'Whether your wallet answered the last ping; null when there is none or it was never asked.' }),
        }),
        users: dashboardUsers,
        trades: dashboardTrades,
        revenue: z.object({ ...dashboardRevenue, ...shares, breakdown: z.object({ spread_usd: usd, fees_usd: usd }) }),
        exposure: z.object({ current_usd: nonNegativeUsd, limit_usd: nonNegativeUsd, utilization_pct: z.number() }),
        positions: z.object({
          open_count: count,
          total_value_usd: nonNegativeUsd.meta({ description: 'Open shares at the mid.' }),
          avg_position_usd: nonNegativeUsd,
        }),
        risk: z.object({
          risk_level: z.enum(['low', 'moderate', 'high', 'critical']),
          circuit_breakers_active: count,
          sharp_bettors: count,
          recent_events: count.meta({ description: 'Risk events of the last 24 hours.' }),
        }),
        settlements: dashboardSettlements,
        chart_data: chartData,
      })
      .meta({ id: 'OperatorDashboard' }),
  ),
});

export const getOwnRevenue = endpoint({
  method: 'GET',
  path: '/api/operator/revenue',
  audience: 'operator',
  tag: 'Revenue',
  summary: 'Get the revenue of a period',
  description: 'The last 30 days unless said otherwise.',
  query: revenueQuery.check(inPeriodOrder),
  answer: single(
    z
      .object({
        period,
        revenue_share_pct: z.number().meta({ description: 'Your part of the gross, percent.' }),
        totals: z.object({
          gross_revenue_usd: grossUsd,
          ...revenueTotals,
          ...tradeTotals,
          revenue_per_user_usd: usd.meta({ description: 'Gross / players who traded; zero without any.' }),
        }),
        by_category: z.array(categoryRevenue),
        series: z.array(z.object({ ...seriesHead, gross_usd: usd, operator_share_usd: usd, trade_count: count, unique_traders: count })),
      })
      .meta({ id: 'OperatorRevenue' }),
  ),
});

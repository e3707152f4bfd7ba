/** Figures over periods: trades, revenue, players, by bucket and breakdown. The same words for the platform and for one operator. */
import { z } from 'zod';
import { inOrder, periodQuery } from '../filters.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { category } from './category.ts';

const count = z.number().int();
const deltaPct = z.number().nullable().meta({
  description: 'Percent of change against the equally long period before, one decimal; null when that was zero, or for all time.',
});
const date = z.string().meta({ description: 'A day in UTC, or the instant an hour begins. Of a week or month its first day.' });
const grossUsd = usd.meta({ description: 'Spread revenue and fees.' });
const settlementPnl = usd.meta({
  description: 'What the house won by settlements: cost of the positions less what they were paid. Beside the revenue, not in it.',
});

export const dashboardPeriod = z
  .enum(['1d', '7d', '30d', '90d', 'all'])
  .default('7d')
  .meta({ description: 'Days until now that `period_usd`, `chart_data` and the deltas are of.' });
export const granularity = z.enum(['hour', 'day', 'week', 'month']).default('day').meta({
  description:
    'Length of one element of `series`, in UTC; weeks are ISO weeks, named by their Monday. A period of more than 3,000 of them is refused.',
});
export const revenueQuery = z.strictObject({ ...periodQuery, granularity });
export const inPeriodOrder = inOrder('from', 'to');

export const dashboardUsers = z.object({
  total: count,
  active_24h: count.meta({ description: 'Players with at least one filled trade.' }),
  active_7d: count,
  active: count.meta({ description: 'Active in the period.' }),
  new_7d: count,
  delta_pct: deltaPct.meta({ description: 'Of `active`.' }),
});
export const dashboardTrades = z.object({
  total: count.meta({ description: 'Filled trades of all time.' }),
  volume_usd: nonNegativeUsd.meta({ description: 'Of all time: cost of buys and proceeds of sells, before fees.' }),
  count_24h: count,
  volume_24h_usd: nonNegativeUsd,
  period: count,
  period_volume_usd: nonNegativeUsd,
  delta_pct: deltaPct.meta({ description: 'Of the number of trades in the period.' }),
});
export const dashboardRevenue = {
  total_usd: usd.meta({ description: 'Of all time.' }),
  period_usd: grossUsd,
  delta_pct: deltaPct,
  settlement_pnl_usd: settlementPnl,
};
export const dashboardSettlements = z.object({
  pending_count: count.meta({ description: 'Results that are not fully settled: not every credit made and callback confirmed.' }),
  pending_usd: nonNegativeUsd.meta({
    description: 'Payouts of those: as decided, or for a result not decided yet what the open shares would get.',
  }),
  last_settled_at: instant.nullable(),
});
const partial = z.boolean().meta({ description: 'Only a part of it lies in the period: the first, or the one that still runs.' });
export const chartData = z
  .array(z.object({ date, partial, revenue_usd: usd, trades: count, users: count, volume_usd: nonNegativeUsd }))
  .meta({
    description: 'By day, of all time by month. `users` traded in it.',
  });
export const period = z.object({ from: instant, to: instant });
export const revenueTotals = {
  spread_revenue_usd: usd.meta({ description: '|execution price - mid| x quantity, added up.' }),
  fee_revenue_usd: usd.meta({ description: 'Trading fees.' }),
  predictu_share_usd: usd.meta({ description: 'The platform’s part of the gross, half up to the cent for each operator.' }),
  operator_share_usd: usd,
  settlement_pnl_usd: settlementPnl,
  settlement_fees_usd: usd.meta({ description: 'Fees on payouts; beside the revenue.' }),
};
export const tradeTotals = {
  trade_volume_usd: nonNegativeUsd,
  trade_count: count,
  unique_traders: count.meta({ description: 'Players with at least one filled trade in the period, each once.' }),
  revenue_per_trade_usd: usd.meta({ description: 'Gross / trades; zero without any.' }),
};
export const categoryRevenue = z.object({
  category,
  gross_usd: usd,
  operator_share_usd: usd,
  trade_count: count,
  volume_usd: nonNegativeUsd,
});
export const seriesHead = { date, partial, spread_usd: usd, fees_usd: usd, volume_usd: nonNegativeUsd };
export { count, grossUsd };

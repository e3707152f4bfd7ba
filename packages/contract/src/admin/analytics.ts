/** What players do over time: cohorts, lifetime value, patterns. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { periodQuery } from '../filters.ts';
import { marketId } from '../ids.ts';
import { single } from '../page.ts';
import { category } from '../shapes/category.ts';
import { count, inPeriodOrder, period } from '../shapes/figures.ts';
import { nonNegativeUsd, usd } from '../units.ts';

const operator = z.string().max(100).optional().meta({ description: 'Slug of one operator; otherwise the figures are of all.' });
const share = z.number().min(0).max(1);
const shareOrNull = share.nullable();
const average = z.number().min(0);
const switchedOff = 'Refused with `FORBIDDEN` and the reason `cohort_analytics_disabled` while `features.cohort_analytics` is off.';

const cohort = z.object({
  cohort: z.string().meta({ description: 'The ISO week or the month of the signup in UTC: `2026-W10`, `2026-03`.' }),
  starts_at: z.string().meta({ description: 'Its first day.' }),
  signup_count: count.meta({ description: 'Players that came in it, within the period asked for.' }),
  retention: z.record(z.string(), share).meta({
    description:
      'By `week_0`, `week_1` … or `month_0` …, counted from the one of the signup: the share of the cohort with at least one filled trade in it. The first is always there, later ones once they have ended.',
  }),
  avg_trades_per_user: average.meta({ description: 'Filled trades until now / signups, two decimals.' }),
  avg_revenue_per_user_usd: usd.meta({ description: 'Spread and fees until now / signups.' }),
  avg_volume_per_user_usd: nonNegativeUsd,
});

export const getCohorts = endpoint({
  method: 'GET',
  path: '/api/internal/analytics/cohorts',
  audience: 'admin',
  tag: 'Analytics',
  summary: 'Get cohorts of players',
  description: `Players by the week or month they came, and how many of them trade later. Without \`from\` the cohorts begin with the one of 12 weeks ago. ${switchedOff}`,
  query: z
    .strictObject({
      ...periodQuery,
      operator,
      granularity: z.enum(['week', 'month']).default('week').meta({ description: 'Cohort grouping: week or month.' }),
    })
    .check(inPeriodOrder),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
  answer: single(
    z
      .object({
        period,
        cohorts: z.array(cohort),
        summary: z.object({
          avg_week_1_retention: shareOrNull.meta({
            description:
              'Of all players whose week 1 has ended: the share that traded in it. By weeks also for cohorts by month; null without such players.',
          }),
          avg_week_4_retention: shareOrNull,
          avg_month_1_retention: shareOrNull.meta({ description: 'Null for cohorts by week.' }),
          best_cohort: z
            .string()
            .nullable()
            .meta({ description: 'The one with the highest retention in the week or month after the signup; the earlier of equals.' }),
          worst_cohort: z.string().nullable(),
        }),
      })
      .meta({ id: 'Cohorts' }),
  ),
});

const lifetime = {
  user_count: count,
  ltv_usd: usd.meta({ description: 'Spread and fees of all time / players.' }),
  ltv_30d_usd: usd.nullable().meta({
    description: 'Spread and fees of the first 30 days of those who came at least 30 days ago / those; null without any.',
  }),
  avg_lifespan_days: average.meta({ description: 'From the first to the last trade, averaged over those who traded; one decimal.' }),
  avg_trades: average.meta({ description: 'Filled trades / players, two decimals.' }),
  avg_volume_usd: nonNegativeUsd,
};

export const getLifetimeValue = endpoint({
  method: 'GET',
  path: '/api/internal/analytics/ltv',
  audience: 'admin',
  tag: 'Analytics',
  summary: 'Get the lifetime value of players',
  description: switchedOff,
  query: z.strictObject({
    segment: z.enum(['operator', 'tier', 'category']).default('operator').meta({
      description:
        'Segmentation: operator, tier (the risk tier now), category (players count in each they traded in, with what they did there).',
    }),
    operator,
  }),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
  answer: single(
    z
      .object({
        global_ltv_usd: lifetime.ltv_usd,
        global_ltv_30d_usd: lifetime.ltv_30d_usd,
        user_count: count,
        segments: z.array(z.object({ label: z.string(), ...lifetime })),
        trend: z
          .array(z.object({ month: z.string(), ltv_usd: usd, user_count: count }))
          .meta({ description: 'Lifetime value as it stood at the end of each month, of the current one now; the latest 24.' }),
      })
      .meta({ id: 'LifetimeValue' }),
  ),
});

export const getPatterns = endpoint({
  method: 'GET',
  path: '/api/internal/analytics/patterns',
  audience: 'admin',
  tag: 'Analytics',
  summary: 'Get behavioural patterns',
  description: `The last 30 days unless said otherwise. Shares of one distribution add up to 1, percentages to 100. ${switchedOff}`,
  query: z.strictObject({ ...periodQuery, operator }).check(inPeriodOrder),
  refusals: ['NOT_FOUND', 'FORBIDDEN'],
  answer: single(
    z
      .object({
        period,
        trade_count: count,
        peak_hours_utc: z
          .array(z.number().int())
          .meta({ description: 'The four hours of the day with the most trades, in their order; fewer when fewer had any.' }),
        hour_distribution: z
          .array(z.object({ hour: z.number().int(), trade_count: count }))
          .meta({ description: 'All 24 hours of the day in UTC.' }),
        category_distribution: z
          .array(z.object({ category, pct: z.number(), trade_count: count }))
          .meta({ description: 'Trades by category, the largest first.' }),
        side_distribution: z.object({ buy: share, sell: share }),
        session_count: count.meta({ description: 'Embed sessions begun in the period.' }),
        avg_session_duration_minutes: average.meta({
          description: 'From the beginning of a session to its last trade, averaged over sessions with a trade; one decimal.',
        }),
        avg_trades_per_session: average.meta({ description: 'Filled trades in those sessions / all sessions, one decimal.' }),
        trade_frequency_distribution: z
          .object({ '1_per_week': share, '2_5_per_week': share, '6_10_per_week': share, '11_plus_per_week': share })
          .meta({ description: 'By the trades of one player in one ISO week: weeks with at least one.' }),
        device_breakdown: z
          .object({ mobile: share, desktop: share, tablet: share })
          .meta({ description: 'Sessions by what their user agent says; without those that say nothing.' }),
        unknown_device_count: count.meta({ description: 'Sessions without a readable user agent.' }),
        bet_size_distribution: z
          .object({ under_5_usd: share, '5_20_usd': share, '20_100_usd': share, '100_plus_usd': share })
          .meta({ description: 'Buys by their cost before the fee; exactly $5 counts as 5 to 20.' }),
        popular_markets: z
          .array(z.object({ market_id: marketId, title: z.string(), trade_count: count }))
          .meta({ description: 'The ten with the most trades.' }),
      })
      .meta({ id: 'Patterns' }),
  ),
});

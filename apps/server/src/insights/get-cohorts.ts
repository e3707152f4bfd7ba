/** Cohorts of players by the week or month of their signup. */
import type { getCohorts as endpoint } from '@predictu/contract/admin/analytics';
import type { Handler } from '../platform/http.ts';
import { analyticsScope } from './analytics-scope.ts';
import { averageRetention, cohortsOf, extremes, type Grain } from './cohort.rules.ts';
import { selectCohorts } from './cohort.sql.ts';
import { bucketName, bucketOf, DAY_MS } from './rollup-plan.rules.ts';

const DEFAULT_DAYS = 84;

export const getCohorts: Handler<typeof endpoint> = async ({ db, now }, { query: { operator, granularity, ...query } }) => {
  const operatorId = await analyticsScope(db, operator);
  const to = query.to ?? now;
  const from = query.from ?? bucketOf(new Date(now.getTime() - DEFAULT_DAYS * DAY_MS), granularity);
  // A signup in this very millisecond is before the end that nobody named.
  const end = query.to ?? new Date(now.getTime() + 1);
  const read = async (grain: Grain) => {
    const { cohorts, retained } = await selectCohorts(db, { operatorId, granularity: grain, from, to: end });
    return cohortsOf(cohorts, retained, grain, now);
  };
  const [cohorts, weekly] = await Promise.all([read(granularity), granularity === 'week' ? undefined : read('week')]);
  const weeks = weekly ?? cohorts;
  const { best, worst } = extremes(cohorts);
  return {
    data: {
      period: { from, to },
      cohorts: cohorts.map(({ name, startsAt, signups, retention, trades, revenue, volume }) => ({
        cohort: name,
        starts_at: bucketName(startsAt, 'day'),
        signup_count: signups,
        retention,
        avg_trades_per_user: trades,
        avg_revenue_per_user_usd: revenue,
        avg_volume_per_user_usd: volume,
      })),
      summary: {
        avg_week_1_retention: averageRetention(weeks, 1),
        avg_week_4_retention: averageRetention(weeks, 4),
        avg_month_1_retention: granularity === 'month' ? averageRetention(cohorts, 1) : null,
        best_cohort: best,
        worst_cohort: worst,
      },
    },
  };
};

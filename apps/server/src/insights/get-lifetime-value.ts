/** Lifetime value of players by operator, tier or category. */
import type { getLifetimeValue as endpoint } from '@predictu/contract/admin/analytics';
import type { Handler } from '../platform/http.ts';
import { analyticsScope } from './analytics-scope.ts';
import { figuresOf } from './figure.rules.ts';
import { selectFigures } from './figure.sql.ts';
import { lifetimeOf, lifetimeTrend, sumLifetimes } from './lifetime.rules.ts';
import { selectLifetimes, selectMonthlySignups } from './lifetime.sql.ts';
import { bucketOf, bucketsOf, DAY_MS } from './rollup-plan.rules.ts';

const EARLY_DAYS = 30;
const MOST_MONTHS = 24;
const MONTHS_OF_ALL_TIME = 1_200;

export const getLifetimeValue: Handler<typeof endpoint> = async ({ db, now }, { query: { segment, operator } }) => {
  const operatorId = await analyticsScope(db, operator);
  const matureBy = new Date(now.getTime() - EARLY_DAYS * DAY_MS);
  const [rows, everybody, signups, revenue] = await Promise.all([
    selectLifetimes(db, segment, operatorId, matureBy),
    segment === 'category' ? selectLifetimes(db, 'operator', operatorId, matureBy) : undefined,
    selectMonthlySignups(db, operatorId),
    selectFigures(db, { operatorId, granularity: 'month', windows: [{ label: 'month', from: null, to: null, by: 'bucket' }] }),
  ]);
  const whole = lifetimeOf(sumLifetimes(everybody ?? rows));
  const earned = revenue.map((row) => ({ month: new Date(row.key * 1_000), amount: figuresOf(row).gross }));
  const first = bucketOf(signups[0]?.month ?? now, 'month');
  const trend = lifetimeTrend(
    bucketsOf(first, new Date(now.getTime() + 1), 'month', MONTHS_OF_ALL_TIME),
    earned,
    signups.map(({ month, players }) => ({ month, amount: players })),
  );
  return {
    data: {
      global_ltv_usd: whole.value,
      global_ltv_30d_usd: whole.earlyValue,
      user_count: whole.players,
      segments: rows
        .map((row) => ({ label: row.label, ...lifetimeOf(row) }))
        .sort((a, b) => b.players - a.players || (a.label < b.label ? -1 : 1))
        .map(({ label, players, value, earlyValue, lifespanDays, trades, volume }) => ({
          label,
          user_count: players,
          ltv_usd: value,
          ltv_30d_usd: earlyValue,
          avg_lifespan_days: lifespanDays,
          avg_trades: trades,
          avg_volume_usd: volume,
        })),
      trend: trend.slice(-MOST_MONTHS).map(({ month, value, players }) => ({ month, ltv_usd: value, user_count: players })),
    },
  };
};

/** Revenue of the next weeks, from the complete days of the last year. */
import type { getRevenueForecast as endpoint } from '@predictu/contract/admin/forecast';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { figuresOf } from './figure.rules.ts';
import { selectFigures } from './figure.sql.ts';
import { CONFIDENCE_PCT, forecastRevenue, type History } from './forecast.rules.ts';
import { selectNamed } from './operator-list.sql.ts';
import { bucketName, bucketOf, DAY_MS } from './rollup-plan.rules.ts';

const HORIZONS = { '30d': 30, '60d': 60, '90d': 90 } as const;
const MOST_HISTORY_DAYS = 365;
/** Today is not over: projections begin the day after. */
const FIRST_DAY = 1;

/** Gross revenue of every operator by complete day, the last one yesterday. */
async function readHistory(db: Db, today: Date): Promise<History[]> {
  const from = new Date(today.getTime() - MOST_HISTORY_DAYS * DAY_MS);
  const [operators, rows] = await Promise.all([
    selectNamed(db),
    selectFigures(db, { granularity: 'day', windows: [{ label: 'history', from, to: today, by: 'bucket' }] }),
  ]);
  return operators.map(({ id, slug }) => {
    const days = Array.from({ length: MOST_HISTORY_DAYS }, () => 0);
    for (const row of rows) {
      if (row.operator_id === id) days[Math.round((row.key * 1_000 - from.getTime()) / DAY_MS)] = Number(figuresOf(row).gross);
    }
    return { slug, days };
  });
}

const nothing = { projected_revenue_usd: null, confidence_interval: null, growth_rate_pct: null, drivers: [], by_operator: [], series: [] };

export const getRevenueForecast: Handler<typeof endpoint> = async ({ db, now }, { query: { horizon } }) => {
  const head = { horizon, generated_at: now };
  const { config } = await readPlatformConfig(db);
  if (!config.features.revenue_forecast) {
    const abstained = {
      reason: 'feature_disabled',
      message: 'The forecast is switched off in the configuration (features.revenue_forecast).',
    } as const;
    return { data: { ...head, ...nothing, history_days: 0, abstained } };
  }
  const today = bucketOf(now, 'day');
  const forecast = forecastRevenue(await readHistory(db, today), HORIZONS[horizon]);
  if ('reason' in forecast) {
    const { days, ...abstained } = forecast;
    return { data: { ...head, ...nothing, history_days: days, abstained } };
  }
  return {
    data: {
      ...head,
      projected_revenue_usd: forecast.projected,
      confidence_interval: { low_usd: forecast.low, high_usd: forecast.high, confidence_pct: CONFIDENCE_PCT },
      growth_rate_pct: forecast.growthPct,
      drivers: forecast.drivers.map(({ factor, impact }) => ({ factor, impact_usd: impact })),
      by_operator: forecast.byOperator.map(({ slug, projected }) => ({ operator_slug: slug, projected_usd: projected })),
      series: forecast.series.map(({ day, projected, low, high }) => ({
        date: bucketName(new Date(today.getTime() + (FIRST_DAY + day) * DAY_MS), 'day'),
        projected_usd: projected,
        low_usd: low,
        high_usd: high,
      })),
      history_days: forecast.days,
      abstained: null,
    },
  };
};

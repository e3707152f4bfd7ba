/** What the revenue of the next weeks is likely to be. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';

const low = nonNegativeUsd;
const high = nonNegativeUsd;

export const getRevenueForecast = endpoint({
  method: 'GET',
  path: '/api/internal/revenue/forecast',
  audience: 'admin',
  tag: 'Revenue',
  summary: 'Get the revenue forecast',
  description:
    'Gross revenue of the 30, 60 or 90 days from tomorrow on, from the complete days of the last year. When nothing can be said, the amounts are null, the lists empty, and `abstained` says why.',
  query: z.strictObject({
    horizon: z.enum(['30d', '60d', '90d']).default('30d').meta({ description: 'Forecast horizon: 30d, 60d, 90d.' }),
  }),
  answer: single(
    z
      .object({
        horizon: z.enum(['30d', '60d', '90d']),
        projected_revenue_usd: nonNegativeUsd.nullable(),
        confidence_interval: z
          .object({ low_usd: low, high_usd: high, confidence_pct: z.number().int() })
          .nullable()
          .meta({ description: 'Of the whole horizon; as wide as the model was wrong in the past.' }),
        growth_rate_pct: z.number().nullable().meta({
          description: 'Revenue a day against the days of the same number before today, or as many as there are; one decimal.',
        }),
        drivers: z.array(z.object({ factor: z.string(), impact_usd: usd })).meta({ description: 'They add up to the projected revenue.' }),
        by_operator: z
          .array(z.object({ operator_slug: z.string(), projected_usd: nonNegativeUsd }))
          .meta({ description: 'They add up to the projected revenue.' }),
        series: z
          .array(z.object({ date: z.string(), projected_usd: nonNegativeUsd, low_usd: low, high_usd: high }))
          .meta({ description: 'By day in UTC; the projections add up to the projected revenue, the intervals are of single days.' }),
        history_days: z.number().int().meta({ description: 'Complete days since the first revenue that the forecast rests on.' }),
        abstained: z
          .object({ reason: z.enum(['feature_disabled', 'history_too_short', 'revenue_too_rare']), message: z.string() })
          .nullable(),
        generated_at: instant,
      })
      .meta({ id: 'RevenueForecast' }),
  ),
});

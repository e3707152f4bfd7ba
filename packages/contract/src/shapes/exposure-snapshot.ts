/** Exposure as it stood over time, one scope at a time. */
import { z } from 'zod';
import { periodQuery } from '../filters.ts';
import { marketId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { category } from './category.ts';
import { percentOfLimit, statusColour } from './exposure.ts';

/** Without `from` the 24 hours before the end, without `to` until now. */
export const exposureSnapshotQuery = {
  ...periodQuery,
  granularity: z
    .enum(['5m', 'hour', 'day'])
    .default('hour')
    .meta({ description: 'One point each: the last snapshot within it. At most 1,000 points in a period.' }),
  category: category.optional().meta({ description: 'Of this category only.' }),
  market_id: marketId.optional().meta({ description: 'Of this market only; snapshots of markets are hourly.' }),
};

export const exposureSeries = z
  .object({
    operator_slug: z.string().nullable().meta({ description: 'null: the whole platform.' }),
    scope: z.enum(['whole', 'category', 'market']),
    category: category.nullable(),
    market_id: marketId.nullable(),
    period: z.object({ from: instant, to: instant }),
    granularity: z.enum(['5m', 'hour', 'day']),
    series: z.array(
      z.object({
        at: instant.meta({ description: 'When the snapshot was taken.' }),
        exposure_usd: nonNegativeUsd,
        yes_exposure_usd: nonNegativeUsd,
        no_exposure_usd: nonNegativeUsd,
        cost_usd: usd.meta({ description: 'What the open shares cost.' }),
        limit_usd: nonNegativeUsd.nullable().meta({ description: 'In force then; null: none of its own.' }),
        utilization_pct: percentOfLimit,
        status: statusColour,
      }),
    ),
  })
  .meta({ id: 'ExposureSeries' });

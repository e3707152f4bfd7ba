/** Exposure: the sum of open shares x $1 of a scope, so total = yes + no; beside it what the worst outcome would really cost. */
import { z } from 'zod';
import { marketId, userId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { category } from './category.ts';
import { severity } from './risk-event.ts';

export const statusColour = z.enum(['green', 'yellow', 'red']).meta({ description: 'yellow from 60 percent, red from 90.' });
const limitUsd = nonNegativeUsd.nullable().meta({ description: 'null: no limit of its own.' });
export const percentOfLimit = z.number().nullable().meta({ description: 'Percent of the limit, one decimal; null without a limit.' });

export const categoryExposure = z.object({
  category,
  exposure_usd: nonNegativeUsd,
  limit_usd: limitUsd,
  utilization_pct: percentOfLimit,
  status: statusColour,
});
export const marketExposure = z.object({
  market_id: marketId,
  title: z.string(),
  exposure_usd: nonNegativeUsd,
  yes_exposure_usd: nonNegativeUsd,
  no_exposure_usd: nonNegativeUsd,
  net_exposure_usd: usd.meta({ description: 'Loss in the worst outcome: the larger payout less what the open shares cost.' }),
  limit_usd: limitUsd,
  utilization_pct: percentOfLimit,
  status: statusColour,
  position_count: z.number().int(),
  volume_usd: nonNegativeUsd,
});
export const playerExposure = z.object({
  user_id: userId,
  username: z.string().nullable(),
  exposure_usd: nonNegativeUsd,
  position_count: z.number().int(),
  tier: z.enum(['normal', 'sharp', 'restricted', 'banned']),
});

export const globalExposure = z
  .object({
    total_exposure_usd: nonNegativeUsd,
    net_exposure_usd: usd.meta({ description: 'Sum over the markets of the loss in each one’s worst outcome.' }),
    global_limit_usd: nonNegativeUsd,
    utilization_pct: z.number(),
    status: statusColour,
    by_operator: z.array(
      z.object({
        operator_slug: z.string(),
        exposure_usd: nonNegativeUsd,
        limit_usd: nonNegativeUsd,
        utilization_pct: z.number(),
        status: statusColour,
        by_category: z.array(categoryExposure).meta({ description: 'Of this operator’s players, against its own limits of categories.' }),
      }),
    ),
    by_category: z.array(categoryExposure),
    top_markets: z.array(marketExposure),
    top_users: z.array(z.object({ ...playerExposure.shape, operator_slug: z.string() })),
    alerts: z.array(z.object({ level: severity, message: z.string(), category: category.nullable(), created_at: instant })),
    snapshot_at: instant,
  })
  .meta({ id: 'GlobalExposure' });

export const operatorExposure = z
  .object({
    total_exposure_usd: nonNegativeUsd,
    net_exposure_usd: usd.meta({ description: 'Sum over the markets of the loss in each one’s worst outcome.' }),
    exposure_limit_usd: nonNegativeUsd,
    utilization_pct: z.number(),
    status: statusColour,
    by_category: z.array(categoryExposure),
    by_market: z.array(marketExposure),
    high_exposure_users: z.array(playerExposure),
    snapshot_at: instant,
  })
  .meta({ id: 'OperatorExposure' });

/** One operator as the platform sees it. */
export const exposureOfOperator = z
  .object({
    operator_slug: z.string(),
    ...operatorExposure.omit({ high_exposure_users: true }).shape,
    top_users: z.array(playerExposure),
  })
  .meta({ id: 'ExposureOfOperator' });

/** A circuit breaker: halts buying in its scope while tripped; sales stay open. */
import { z } from 'zod';
import { breakerId } from '../ids.ts';
import { instant, nonNegativeUsd } from '../units.ts';

export const breakerScope = z.enum(['global', 'operator', 'category', 'market']);
export const breakerTrigger = z
  .enum(['exposure_pct', 'manual'])
  .meta({ description: 'exposure_pct: trips by itself when exposure reaches the threshold. manual: only people trip it.' });
export const breakerStatus = z.enum(['armed', 'tripped', 'disarmed']);

export const breaker = z
  .object({
    id: breakerId,
    scope: breakerScope,
    scope_id: z.string().nullable().meta({ description: 'Operator id, category or market id; null for the global scope.' }),
    scope_label: z.string(),
    trigger_type: breakerTrigger,
    trigger_threshold: z.number().nullable().meta({ description: 'Percent of the limit of the scope; null for a manual breaker.' }),
    follows_platform: z
      .boolean()
      .meta({ description: 'Its threshold is `risk.circuit_breaker_threshold_pct` of the configuration and moves with it.' }),
    current_value: z.number().nullable().meta({ description: 'Exposure of the scope in percent of its limit; null without a limit.' }),
    status: breakerStatus,
    cooldown_minutes: z.number().int(),
    auto_reset: z.boolean().meta({ description: 'Resets by itself after the cool-down, once below its threshold.' }),
    tripped_at: instant.nullable(),
    trip_reason: z.string().nullable(),
    reset_at: instant.nullable(),
    created_by: z.string(),
    created_at: instant,
  })
  .meta({ id: 'CircuitBreaker' });

/** What halting a scope would mean now. */
export const breakerPreview = z
  .object({
    scope: breakerScope,
    scope_label: z.string(),
    exposure_usd: nonNegativeUsd,
    limit_usd: nonNegativeUsd.nullable(),
    current_value: z.number().nullable().meta({ description: 'Exposure in percent of the limit; null without a limit.' }),
    open_markets: z.number().int().meta({ description: 'Markets of the scope that players can buy in by their status.' }),
    operators: z.array(
      z.object({
        operator_slug: z.string(),
        exposure_usd: nonNegativeUsd,
        buys: z.number().int().meta({ description: 'Bought in the scope in the last 15 minutes.' }),
        players: z.number().int().meta({ description: 'Different players who bought.' }),
        volume_usd: nonNegativeUsd,
      }),
    ),
  })
  .meta({ id: 'CircuitBreakerPreview' });

/** A circuit breaker: halts buying in its scope while tripped; sales stay open. */
import { z } from 'zod';
import { breakerId } from '../ids.ts';
import { instant } from '../units.ts';

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

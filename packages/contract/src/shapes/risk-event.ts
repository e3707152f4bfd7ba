/** A risk event: a limit approached or refused, a breaker tripped or reset, something out of the ordinary. */
import { z } from 'zod';
import { eventId, marketId, userId } from '../ids.ts';
import { instant, usd } from '../units.ts';

export const riskEventType = z.enum(['wall_violation', 'circuit_breaker', 'sharp_detection', 'anomaly']);
export const severity = z.enum(['info', 'warning', 'critical']);
export const WALL_NAMES = ['per_trade', 'per_market', 'per_category', 'per_operator', 'global'] as const;

export const riskEvent = z
  .object({
    id: eventId,
    type: riskEventType,
    severity,
    wall: z.number().int().min(1).max(5).nullable(),
    wall_name: z.enum(WALL_NAMES).nullable(),
    message: z.string(),
    scope: z.record(z.string(), z.unknown()).meta({ description: 'What it is about: category, market_id, operator_id …' }),
    value: usd.nullable().meta({ description: 'Dollars.' }),
    threshold: usd.nullable().meta({ description: 'Dollars.' }),
    utilization_pct: z.number().nullable().meta({ description: 'value in percent of threshold, one decimal.' }),
    operator_slug: z.string().nullable(),
    operator_name: z.string().nullable(),
    user_id: userId.nullable(),
    user_name: z.string().nullable().meta({ description: 'Username, or the operator’s own id of the player.' }),
    market_id: marketId.nullable(),
    market_title: z.string().nullable(),
    auto_resolved: z.boolean(),
    resolved_at: instant.nullable(),
    acknowledged_at: instant.nullable().meta({ description: 'When somebody took note of it; null before, and for what is only info.' }),
    acknowledged_by: z.string().nullable().meta({ description: 'Name of who did.' }),
    created_at: instant,
  })
  .meta({ id: 'RiskEvent' });

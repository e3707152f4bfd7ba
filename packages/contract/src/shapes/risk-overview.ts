/** Risk in one page: breakers, exposure, flagged players, walls, and one score (docs/risk.md). */
import { z } from 'zod';
import { eventId, userId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { breaker } from './breaker.ts';
import { statusColour } from './exposure.ts';
import { riskEventType, severity } from './risk-event.ts';

const exposureSummary = z.object({ total_usd: nonNegativeUsd, limit_usd: nonNegativeUsd, utilization_pct: z.number() });
const wall = z.object({ status: statusColour, violations_24h: z.number().int() });
const score = z.number().int().min(0).max(100).meta({ description: '0 calm to 100.' });
const level = z.enum(['low', 'moderate', 'high', 'critical']).meta({ description: 'low below 30, moderate below 60, high below 80.' });
const operatorWalls = { wall_1_per_trade: wall, wall_2_per_market: wall, wall_3_per_category: wall, wall_4_per_operator: wall };

export const riskOverview = z
  .object({
    status: z.enum(['healthy', 'warning', 'critical']),
    circuit_breakers: z.object({
      global_active: z.boolean(),
      market_breakers: z.number().int().meta({ description: 'Tripped now.' }),
      category_breakers: z.number().int(),
      operator_breakers: z.number().int(),
    }),
    exposure_summary: exposureSummary,
    sharp_bettors: z.object({ flagged_count: z.number().int(), restricted_count: z.number().int(), banned_count: z.number().int() }),
    recent_events_count: z.number().int().meta({ description: 'Events of the last 24 hours.' }),
    risk_score: score,
    risk_level: level,
    walls: z.object({ ...operatorWalls, wall_5_global: wall }),
  })
  .meta({ id: 'RiskOverview' });

export const operatorRisk = z
  .object({
    risk_level: level,
    risk_score: score,
    exposure: exposureSummary,
    circuit_breakers: z.object({ active_count: z.number().int(), breakers: z.array(breaker) }),
    sharp_bettors: z.object({
      sharp_count: z.number().int(),
      restricted_count: z.number().int(),
      banned_count: z.number().int(),
      top_sharps: z.array(
        z.object({
          user_id: userId,
          username: z.string().nullable(),
          score: z.number().int(),
          tier: z.enum(['normal', 'sharp', 'restricted', 'banned']),
          pnl_usd: usd,
          win_rate: z.number().nullable().meta({ description: 'Positions closed with a gain / positions closed; null without any.' }),
        }),
      ),
    }),
    recent_events: z.array(
      z.object({
        id: eventId,
        type: riskEventType,
        severity,
        message: z.string(),
        user_id: userId.nullable(),
        created_at: instant,
      }),
    ),
    walls_status: z.object(operatorWalls),
  })
  .meta({ id: 'OperatorRisk' });

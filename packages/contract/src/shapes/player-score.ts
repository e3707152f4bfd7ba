/** How sharp a player bets: 0 recreational to 100 sharp, from five parts (docs/scoring.md). */
import { z } from 'zod';
import { userId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';

export const playerTier = z.enum(['normal', 'sharp', 'restricted', 'banned']).meta({ description: 'Risk class of a player.' });
const range = z.object({ min: z.number().int(), max: z.number().int() });
const component = (description: string) =>
  z
    .object({
      score: z.number().int().meta({ description: 'Points of max; half of it without evidence.' }),
      max: z.number().int(),
      value: z.number().nullable().meta({ description: 'What was measured; null before anything was.' }),
      detail: z.string(),
      sample: z.number().int().meta({ description: 'How many bets the value speaks of.' }),
    })
    .meta({ description });

export const tierOverride = z
  .object({ tier: playerTier, reason: z.string(), overridden_by: z.string(), overridden_at: instant })
  .meta({ id: 'TierOverride' });

export const playerScore = z
  .object({
    user_id: userId,
    score: z.number().int().min(0).max(100),
    tier: playerTier,
    tier_thresholds: z.object({ normal: range, sharp: range, restricted: range }),
    components: z.object({
      win_rate: component('Positions won against what the prices paid implied; value is the share won.'),
      edge_detection: component('Closing line less price paid; value is the average, 0.02 is two points.'),
      timing: component('Bets within five minutes before a line move; value is the share before a move in their favour.'),
      volume_pattern: component('Evenness of the stakes; value is 1 when all are the same.'),
      correlation: component('Whether bets on related markets beat the line together; value is at most 1.'),
    }),
    history: z.array(z.object({ date: z.iso.date(), score: z.number().int() })).meta({ description: 'One a day, newest first.' }),
    flags: z.array(z.string()),
    recommendations: z.array(z.string()),
    last_evaluated_at: instant.nullable(),
    override: tierOverride.nullable().meta({ description: 'A tier held by a person; evaluations leave it alone until it is released.' }),
    tier_changes: z
      .array(
        z.object({
          from_tier: playerTier,
          to_tier: playerTier,
          cause: z.enum(['score', 'override', 'release']),
          score: z.number().int(),
          reason: z.string(),
          actor: z.string(),
          created_at: instant,
        }),
      )
      .meta({ description: 'The latest, newest first.' }),
  })
  .meta({ id: 'PlayerScore' });

export const sharpBettor = z
  .object({
    user_id: userId,
    username: z.string().nullable(),
    operator_slug: z.string(),
    tier: playerTier,
    score: z.number().int(),
    win_rate: z.number().nullable().meta({ description: 'Positions closed with a gain / positions closed; null without any.' }),
    pnl_usd: usd,
    volume_usd: nonNegativeUsd,
    trade_count: z.number().int(),
    clv_edge: z.number().nullable().meta({ description: 'Average closing line less price paid; null before any.' }),
    timing_score: z.number().int().nullable().meta({ description: 'Of 20; null before the first evaluation.' }),
    restrictions: z.object({
      max_bet_usd: nonNegativeUsd.nullable(),
      blocked_categories: z.array(z.string()),
      cooldown_until: instant.nullable(),
    }),
    last_evaluated_at: instant.nullable(),
    overridden: z.boolean().meta({ description: 'The tier is held by a person.' }),
  })
  .meta({ id: 'SharpBettor' });

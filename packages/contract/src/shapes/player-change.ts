/** What a person changes about a player, with a reason, and how the player stands then. */
import { z } from 'zod';
import { auditId, marketId, userId } from '../ids.ts';
import { instant, nonNegativeUsd } from '../units.ts';
import { category } from './category.ts';

const reason = z.string().trim().min(1).max(500).meta({ description: 'Why; kept in the audit log.' });
const limitTier = z.enum(['new', 'regular', 'vip']);
const holder = z.enum(['platform', 'operator']).nullable();

export const suspension = z.strictObject({ reason });
export const limitTierChange = z.strictObject({ limit_tier: limitTier, reason });

const once = <T>(values: readonly T[]): boolean => new Set(values).size === values.length;
const categories = z.array(category).max(6).refine(once, 'Expected each category once');
export const restrictionsChange = z
  .strictObject({
    max_bet_usd: nonNegativeUsd.nullable().optional().meta({ description: 'The most one trade may cost; null: no limit of its own.' }),
    allowed_categories: categories.nullable().optional().meta({ description: 'null: every category.' }),
    blocked_categories: categories.optional(),
    blocked_markets: z.array(marketId).max(200).refine(once, 'Expected each market once').optional(),
    cooldown_until: instant.nullable().optional().meta({ description: 'Buys nothing before it; null ends it.' }),
    reason,
  })
  .refine(({ reason: _, ...changes }) => Object.values(changes).some((value) => value !== undefined), 'Expected something to change');
export type RestrictionsChange = z.output<typeof restrictionsChange>;

/** The player's own restrictions, not what follows from its tiers. */
export const playerStanding = z
  .object({
    user_id: userId,
    status: z.enum(['active', 'inactive', 'suspended']),
    suspended_by: holder.meta({ description: 'Who suspended the user; what the platform did, it alone undoes.' }),
    limit_tier: limitTier,
    restrictions: z.object({
      max_bet_usd: nonNegativeUsd.nullable(),
      allowed_categories: z.array(category).nullable(),
      blocked_categories: z.array(category),
      blocked_markets: z.array(marketId),
      cooldown_until: instant.nullable(),
      held_by: holder,
    }),
    audit_id: auditId,
    updated_at: instant,
  })
  .meta({ id: 'PlayerStanding' });

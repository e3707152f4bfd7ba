/** An operator as the platform sees it: profile, configuration, figures. */
import { z } from 'zod';
import { operatorId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';
import { category } from './category.ts';
import { ONBOARDING_STEPS } from './onboarding.ts';
import { operatorTier, trial } from './trial.ts';

export const operatorStatus = z.enum(['pending', 'configuring', 'testing', 'live', 'suspended']);
const count = z.number().int();
const head = {
  id: operatorId,
  slug: z.string(),
  name: z.string(),
  status: operatorStatus,
  s2s_enabled: z.boolean(),
  callback_url: z.string().nullable(),
  embed_origins: z.array(z.string()),
};
const totals = {
  user_count: count,
  trade_count: count.meta({ description: 'Filled trades.' }),
  revenue_total_usd: usd.meta({ description: 'Spread revenue and fees of all time.' }),
  revenue_30d_usd: usd,
};

export const operatorSummary = z
  .object({
    ...head,
    logo_url: z.string().nullable(),
    primary_color: z.string().nullable(),
    ...totals,
    created_at: instant,
    onboarded_at: instant.nullable(),
    onboarding_step: z.enum([...ONBOARDING_STEPS, 'complete']),
    onboarding_waits: z.enum(['pass', 'skip']).nullable().meta({
      description:
        'What the platform may do now: pass the step, because all it asks for is found, or skip it, because it is optional; null: nothing.',
    }),
  })
  .meta({ id: 'OperatorSummary' });

export const operatorDetail = z
  .object({
    ...head,
    contact_email: z.string(),
    contact_name: z.string().nullable(),
    website_url: z.string().nullable(),
    tier: operatorTier,
    trial,
    wallet_mode: z.enum(['internal', 'seamless', 'shadow']),
    s2s_healthy: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether the wallet answered the last ping; null when it has none or was never asked.' }),
    s2s_last_ping: instant.nullable(),
    branding: z.object({
      primary_color: z.string().nullable(),
      secondary_color: z.string().nullable(),
      logo_url: z.string().nullable(),
      favicon_url: z.string().nullable(),
      display_name: z.string(),
    }),
    config: z.object({
      max_bet_usd: nonNegativeUsd,
      min_bet_usd: nonNegativeUsd,
      default_currency: z.string(),
      allowed_categories: z.array(category),
      risk_tier: z.string(),
      spread_override: z.number().nullable().meta({ description: 'Base spread in basis points in place of the platform’s.' }),
      custom_fees_bps: z.number().int().nullable(),
      revenue_share_pct: z.number().meta({ description: 'The platform’s part of the revenue, percent.' }),
    }),
    metrics: z.object({
      ...totals,
      active_users_24h: count,
      trade_volume_usd: nonNegativeUsd,
      avg_trade_usd: nonNegativeUsd.meta({ description: 'Volume / trades; zero without any.' }),
      exposure_usd: nonNegativeUsd,
      exposure_limit_usd: nonNegativeUsd,
    }),
    onboarding: z.object({
      stage: z.string(),
      completed_steps: z.array(z.string()),
      onboarded_at: instant.nullable(),
    }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'OperatorDetail' });

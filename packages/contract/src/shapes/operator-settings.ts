/** An operator's profile, branding and limits; what is not its own to change is here to be read. */
import { z } from 'zod';
import { instant, nonNegativeUsd } from '../units.ts';
import { colour } from './branding-preview.ts';
import { category } from './category.ts';
import { operatorTier, trial } from './trial.ts';

const text = z.string().nullable();

export const operatorSettings = z
  .object({
    profile: z.object({
      name: z.string(),
      slug: z.string(),
      contact_email: z.string(),
      contact_name: text,
      website_url: text,
      logo_url: text,
      favicon_url: text,
    }),
    branding: z.object({ primary_color: z.string(), secondary_color: z.string(), display_name: z.string(), custom_css: text }),
    s2s: z.object({
      enabled: z.boolean(),
      callback_url: text,
      signing_key_fingerprint: text.meta({ description: 'Of the key that signs callbacks now; null before there is one.' }),
      healthy: z.boolean().nullable().meta({ description: 'Whether the callback URL answered when last asked; null: never asked.' }),
      last_ping: instant.nullable(),
    }),
    limits: z.object({
      max_bet_usd: nonNegativeUsd,
      min_bet_usd: nonNegativeUsd,
      exposure_limit_usd: nonNegativeUsd,
      revenue_share_pct: z.number().meta({ description: 'Your part of the revenue, percent.' }),
      custom_fees_bps: z.number().int().nullable().meta({ description: 'null: the platform’s trading fee.' }),
      risk_tier: z.string(),
    }),
    categories: z.object({ allowed: z.array(category), blocked: z.array(category) }),
    status: z.enum(['pending', 'configuring', 'testing', 'live', 'suspended']),
    tier: operatorTier,
    trial,
    onboarded_at: instant.nullable(),
    updated_at: instant,
  })
  .meta({ id: 'OperatorSettings' });

/** Declarations of variables of the operator's own, and nothing else: no selector, no address, no escape. */
const VARIABLES = /^(?:\s*--op-[a-z][a-z0-9-]{0,60}\s*:\s*[a-zA-Z0-9#%.,()\s'"/+*-]{1,200};?)*\s*$/;
const customCss = z
  .string()
  .max(4_000)
  .regex(VARIABLES, 'Expected declarations of variables that begin with --op-, each as --op-name: value;')
  .refine((css) => !/url\s*\(|expression\s*\(|image-set\s*\(/i.test(css), 'Expected values without addresses');

/** Shown, and changed by the platform alone: naming one is answered with 403. */
const readOnly = z.unknown().optional().meta({ description: 'Read-only: answered with 403.' });

export const operatorSettingsPatch = z.strictObject({
  profile: z
    .strictObject({
      contact_email: z.email().max(254).optional(),
      contact_name: z.string().trim().min(1).max(200).nullable().optional(),
      website_url: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .nullable()
        .optional(),
      name: readOnly,
      slug: readOnly,
      logo_url: readOnly,
      favicon_url: readOnly,
    })
    .optional(),
  branding: z
    .strictObject({
      primary_color: colour.optional(),
      secondary_color: colour.optional(),
      display_name: z.string().trim().min(1).max(100).optional(),
      custom_css: customCss.nullable().optional().meta({ description: 'Declarations of variables that begin with `--op-`.' }),
    })
    .optional(),
  s2s: z
    .strictObject({
      callback_url: z.string().max(500).nullable().optional(),
      enabled: readOnly,
      signing_key_fingerprint: readOnly,
      healthy: readOnly,
      last_ping: readOnly,
    })
    .optional(),
  limits: readOnly,
  categories: readOnly,
  status: readOnly,
  tier: readOnly,
  trial: readOnly,
  onboarded_at: readOnly,
  updated_at: readOnly,
});
export type OperatorSettingsPatch = z.output<typeof operatorSettingsPatch>;

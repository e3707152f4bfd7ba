/** What makes an operator, and what the platform may change of one. */
import { z } from 'zod';
import { operatorId } from '../ids.ts';
import { instant, nonNegativeUsd, positiveUsd } from '../units.ts';
import { colour } from './branding-preview.ts';
import { category } from './category.ts';
import { invitation } from './member.ts';
import { operatorStatus } from './operator.ts';

const https = z
  .url({ protocol: /^https$/ })
  .max(500)
  .nullable();
const branding = z.strictObject({
  primary_color: colour.optional(),
  secondary_color: colour.optional(),
  logo_url: https.optional(),
  favicon_url: https.optional(),
  display_name: z.string().trim().min(1).max(100).optional(),
});
const profile = {
  contact_email: z.email().max(254),
  contact_name: z.string().trim().min(1).max(200).nullable(),
  website_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
};
const bps = z.number().int().min(0).max(10_000).nullable();
/** Percent with at most two decimals: whole basis points. */
const percent = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Math.round(value * 100) / 100 === value, 'Expected a percentage with at most two decimals');
const terms = {
  max_bet_usd: positiveUsd,
  min_bet_usd: positiveUsd,
  allowed_categories: z
    .array(category)
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'Expected each category once'),
  risk_tier: z.enum(['standard', 'premium', 'restricted']).meta({ description: 'How the platform files the operator.' }),
  spread_override: bps.meta({ description: 'Base spread in basis points in place of the platform’s.' }),
  custom_fees_bps: bps,
  revenue_share_pct: percent.meta({ description: 'The platform’s part of the revenue, percent.' }),
  exposure_limit_usd: nonNegativeUsd,
};

type Bets = { min_bet_usd?: bigint | undefined; max_bet_usd?: bigint | undefined };
const betsInOrder = ({ value, issues }: z.core.ParsePayload<Bets>): void => {
  const { min_bet_usd: least, max_bet_usd: most } = value;
  if (least === undefined || most === undefined || least <= most) return;
  issues.push({ code: 'custom', input: value, path: ['max_bet_usd'], message: 'Expected at least min_bet_usd' });
};

export const newOperator = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Expected 1 to 63 small letters, digits or hyphens, neither first nor last a hyphen')
      .meta({ description: 'Names the operator for ever.' }),
    contact_email: profile.contact_email,
    contact_name: profile.contact_name.optional(),
    website_url: profile.website_url.optional(),
    callback_url: z.string().max(500).nullable().optional(),
    s2s_enabled: z
      .boolean()
      .default(false)
      .meta({ description: 'true: its own wallet keeps the balances and callback_url is needed. false: the platform does.' }),
    branding: branding.optional(),
    embed_origins: z.array(z.string().max(255)).max(20).default([]).meta({ description: 'Each must still be verified by its domain.' }),
    config: z
      .strictObject({ ...terms, default_currency: z.enum(['USD']).meta({ description: 'Of its wallet.' }) })
      .partial()
      .check(betsInOrder)
      .optional(),
  })
  .check(({ value, issues }) => {
    if (!value.s2s_enabled || value.callback_url) return;
    issues.push({ code: 'custom', input: value, path: ['callback_url'], message: 'Expected a callback URL with s2s_enabled' });
  });
export type NewOperatorBody = z.output<typeof newOperator>;

export const createdOperator = z.object({
  id: operatorId,
  slug: z.string(),
  name: z.string(),
  status: operatorStatus,
  api_key: z.string(),
  api_secret: z.string().meta({ description: 'Shown in this answer only.' }),
  invitation: invitation
    .nullable()
    .meta({ description: 'Of the contact to be its first member; null when that address belongs to a member elsewhere.' }),
  created_at: instant,
});

const reason = z.string().trim().min(1).max(500).meta({ description: 'Why; kept in the audit log.' });
export const operatorPatch = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  contact_email: profile.contact_email.optional(),
  contact_name: profile.contact_name.optional(),
  website_url: profile.website_url.optional(),
  branding: branding.optional(),
  config: z.strictObject(terms).partial().check(betsInOrder).optional(),
  reason: reason.optional(),
});
export type OperatorPatch = z.output<typeof operatorPatch>;

export const suspension = z.strictObject({ reason });

/** An operator's profile, branding, wallet and limits. */
import type { getSettings as endpoint } from '@predictu/contract/operator/settings';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { type Handler, notFound } from '../platform/http.ts';
import { absoluteUrl, brandingOf } from './branding.rules.ts';
import { selectSettings } from './settings.sql.ts';
import { shownTrial } from './trial.ts';

const WHOLE_BPS = 10_000;
export const getSettings: Handler<typeof endpoint> = async ({ db, actor, now, client }) => {
  const row = await selectSettings(db, actor.operatorId, now);
  if (!row) throw notFound('operator');
  return {
    data: {
      profile: {
        name: row.name,
        slug: row.slug,
        contact_email: row.contact_email,
        contact_name: row.contact_name,
        website_url: row.website_url,
        logo_url: absoluteUrl(row.branding.logo_url ?? null, client.baseUrl),
        favicon_url: absoluteUrl(row.branding.favicon_url ?? null, client.baseUrl),
      },
      branding: brandingOf(row),
      s2s: {
        enabled: row.s2s_enabled,
        callback_url: row.callback_url,
        signing_key_fingerprint: row.fingerprint,
        healthy: row.healthy,
        last_ping: row.last_ping_at,
      },
      limits: {
        max_bet_usd: row.max_bet,
        min_bet_usd: row.min_bet,
        exposure_limit_usd: row.exposure_limit,
        // Stored once, as the platform's part; this is the other side of it.
        revenue_share_pct: (WHOLE_BPS - row.platform_share_bps) / 100,
        custom_fees_bps: row.fee_bps,
        risk_tier: row.risk_tier,
      },
      categories: { allowed: row.allowed, blocked: CATEGORIES.filter((name) => !row.allowed.includes(name)) },
      status: row.status,
      tier: row.tier,
      trial: shownTrial({ trialEndsAt: row.trial_ends_at, readOnlySince: row.read_only_since }, now),
      onboarded_at: row.onboarded_at,
      updated_at: row.updated_at,
    },
  };
};

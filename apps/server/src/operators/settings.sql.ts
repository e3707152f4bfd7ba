/** What an operator's settings show of its row and of its wallet. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { StoredBranding } from './branding.rules.ts';
import type { OperatorStatus } from './operator.sql.ts';

export type SettingsRow = {
  name: string;
  slug: string;
  contact_email: string;
  contact_name: string | null;
  website_url: string | null;
  branding: StoredBranding;
  s2s_enabled: boolean;
  callback_url: string | null;
  fingerprint: string | null;
  healthy: boolean | null;
  last_ping_at: Date | null;
  max_bet: Cents;
  min_bet: Cents;
  exposure_limit: Cents;
  platform_share_bps: number;
  fee_bps: number | null;
  risk_tier: string;
  allowed: Category[];
  status: OperatorStatus;
  tier: 'trial' | 'standard';
  trial_ends_at: Date | null;
  read_only_since: Date | null;
  onboarded_at: Date | null;
  updated_at: Date;
};

/** The fingerprint is that of the latest key that signs at `now`. For `update` the row is locked. */
export async function selectSettings(
  db: Db,
  operatorId: bigint,
  now: Date,
  purpose: 'read' | 'update' = 'read',
): Promise<SettingsRow | undefined> {
  const [row] = await db.query<SettingsRow>(
    `select o.name, o.slug, o.contact_email, o.contact_name, o.website_url, o.branding, o.s2s_enabled, o.callback_url, w.healthy, w.last_ping_at,
       (select k.fingerprint from wallet_signing_keys k where k.operator_id = o.id and k.active_from <= $2 and (k.ends_at is null or k.ends_at > $2)
        order by k.id desc limit 1) as fingerprint,
       o.max_bet_cents as max_bet, o.min_bet_cents as min_bet, o.exposure_limit_cents as exposure_limit, o.platform_share_bps, o.fee_bps, o.risk_tier,
       o.allowed_categories as allowed, o.status, o.onboarded_at, o.updated_at,
       o.tier, o.trial_ends_at, o.read_only_since
     from operators o left join wallet_settings w on w.operator_id = o.id where o.id = $1 ${purpose === 'update' ? 'for no key update of o' : ''}`,
    [operatorId, now],
  );
  return row;
}

/** The columns a caller may give; the names are ours, never a request's. */
const GIVEN = ['contact_email', 'contact_name', 'website_url', 'callback_url'] as const;

/** What is absent stays; `branding` is laid over what is there. */
export async function updateSettings(
  db: Db,
  operatorId: bigint,
  columns: Readonly<Record<string, string | null>>,
  branding: Readonly<Record<string, string | null>>,
  now: Date,
): Promise<void> {
  const given = GIVEN.filter((name) => columns[name] !== undefined);
  const sets = given.map((name, index) => `${name} = $${index + 4}, `).join('');
  await db.query(`update operators set ${sets}branding = branding || $2::jsonb, updated_at = $3 where id = $1`, [
    operatorId,
    JSON.stringify(branding),
    now,
    ...given.map((name) => columns[name]),
  ]);
}

export async function selectMailBranding(
  db: Db,
  operatorId: bigint,
): Promise<Pick<SettingsRow, 'name' | 'branding' | 'contact_email'> | undefined> {
  const [row] = await db.query<SettingsRow>('select name, branding, contact_email from operators where id = $1', [operatorId]);
  return row;
}

export type EmbedBrandingRow = {
  id: bigint;
  slug: string;
  name: string;
  branding: StoredBranding;
  status: OperatorStatus;
  updated_at: Date;
};

/** How an operator looks, for whoever opens its embed. */
export async function selectEmbedBranding(db: Db, slug: string): Promise<EmbedBrandingRow | undefined> {
  const [row] = await db.query<EmbedBrandingRow>(
    'select id, slug, name, branding, status, updated_at from operators where slug = $1',
    [slug],
    'embed_branding',
  );
  return row;
}

/** Operators as the platform lists them: the rows, without figures. */
import type { Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { StoredProgress } from '../operators/onboarding.rules.ts';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';

export type OperatorRow = {
  id: Id<'operator'>;
  slug: string;
  name: string;
  status: 'pending' | 'configuring' | 'testing' | 'live' | 'suspended';
  contact_email: string;
  contact_name: string | null;
  website_url: string | null;
  callback_url: string | null;
  s2s_enabled: boolean;
  wallet_mode: 'internal' | 'seamless' | 'shadow';
  branding: Record<string, string | null | undefined>;
  min_bet_cents: Cents;
  max_bet_cents: Cents;
  exposure_limit_cents: Cents;
  spread_override_bps: number | null;
  fee_bps: number | null;
  platform_share_bps: number;
  allowed_categories: Category[];
  risk_tier: string;
  default_currency: string;
  onboarding: StoredProgress;
  embed_origins: string[];
  healthy: boolean | null;
  last_ping_at: Date | null;
  created_at: Date;
  updated_at: Date;
  tier: 'trial' | 'standard';
  trial_ends_at: Date | null;
  read_only_since: Date | null;
  onboarded_at: Date | null;
};
export type OperatorFilter = { slug?: string | undefined; status?: string | undefined; search?: string | undefined };

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** All that fit, newest first; there are never more operators than fit on a page. */
export function selectOperators(db: Db, { slug, status, search }: OperatorFilter): Promise<OperatorRow[]> {
  const conditions: Condition[] = [
    ['o.slug = ?', slug],
    ['o.status = ?', status],
    ["(o.name || ' ' || o.slug) ilike ?", search === undefined ? undefined : `%${escaped(search)}%`],
  ];
  const { text, values } = where(conditions);
  return db.query<OperatorRow>(
    `select o.id, o.slug, o.name, o.status, o.contact_email, o.contact_name, o.website_url, o.callback_url, o.s2s_enabled, o.wallet_mode, o.branding,
       o.min_bet_cents, o.max_bet_cents, o.exposure_limit_cents, o.spread_override_bps, o.fee_bps, o.platform_share_bps, o.allowed_categories, o.risk_tier,
       o.default_currency, o.onboarding, o.created_at, o.updated_at, o.onboarded_at, o.tier, o.trial_ends_at, o.read_only_since, w.healthy, w.last_ping_at,
       coalesce((select array_agg(e.origin order by e.id) from embed_origins e where e.operator_id = o.id and e.status <> 'removed'), '{}') as embed_origins
     from operators o left join wallet_settings w on w.operator_id = o.id ${text} order by o.created_at desc, o.id desc`,
    values,
    `operators-${conditions.map(([, value]) => (value === undefined ? 0 : 1)).join('')}`,
  );
}

/** Who an operator is, for figures about it: undefined when there is none of the slug. */
export type Named = { id: bigint; slug: string; name: string; status: OperatorRow['status']; shareBps: number };
export const selectNamed = (db: Db): Promise<Named[]> =>
  db.query<Named>('select id, slug, name, status, platform_share_bps as "shareBps" from operators order by slug', [], 'named-operators');

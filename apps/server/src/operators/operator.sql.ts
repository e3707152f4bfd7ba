/** Rows of operators: money in cents, shares of revenue in basis points. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { StoredBranding } from './branding.rules.ts';

export type OperatorStatus = 'pending' | 'configuring' | 'testing' | 'live' | 'suspended';
export type WalletMode = 'internal' | 'seamless' | 'shadow';
export type Operator = {
  id: bigint;
  slug: string;
  name: string;
  status: OperatorStatus;
  contactEmail: string;
  contactName: string | null;
  websiteUrl: string | null;
  callbackUrl: string | null;
  s2sEnabled: boolean;
  walletMode: WalletMode;
  minBet: Cents;
  maxBet: Cents;
  exposureLimit: Cents;
  spreadOverrideBps: number | null;
  feeBps: number | null;
  /** The platform's part of revenue. */
  platformShareBps: number;
  allowedCategories: Category[];
  riskTier: string;
  defaultCurrency: string;
  createdAt: Date;
  updatedAt: Date;
  onboardedAt: Date | null;
};

const COLUMNS = `id, slug, name, status, contact_email as "contactEmail", contact_name as "contactName", website_url as "websiteUrl",
  callback_url as "callbackUrl", s2s_enabled as "s2sEnabled", wallet_mode as "walletMode", min_bet_cents as "minBet", max_bet_cents as "maxBet",
  exposure_limit_cents as "exposureLimit", spread_override_bps as "spreadOverrideBps", fee_bps as "feeBps",
  platform_share_bps as "platformShareBps", allowed_categories as "allowedCategories", risk_tier as "riskTier",
  default_currency as "defaultCurrency", created_at as "createdAt", updated_at as "updatedAt", onboarded_at as "onboardedAt"`;

export async function operatorById(db: Db, id: bigint): Promise<Operator | undefined> {
  const [operator] = await db.query<Operator>(`select ${COLUMNS} from operators where id = $1`, [id], 'operator_by_id');
  return operator;
}

export async function operatorBySlug(db: Db, slug: string): Promise<Operator | undefined> {
  const [operator] = await db.query<Operator>(`select ${COLUMNS} from operators where slug = $1`, [slug], 'operator_by_slug');
  return operator;
}

/** What a new operator must say; everything else has the default of its column. */
export type NewOperator = Pick<Operator, 'slug' | 'name' | 'contactEmail'> &
  Partial<
    Pick<
      Operator,
      | 'status'
      | 'contactName'
      | 'websiteUrl'
      | 'callbackUrl'
      | 'walletMode'
      | 'minBet'
      | 'maxBet'
      | 'exposureLimit'
      | 'allowedCategories'
      | 'platformShareBps'
      | 'onboardedAt'
      | 's2sEnabled'
      | 'spreadOverrideBps'
      | 'feeBps'
      | 'riskTier'
      | 'defaultCurrency'
    > & { branding: StoredBranding }
  >;

/** The columns a caller may give; the names are ours, never a request's. */
const GIVEN: Record<keyof NewOperator, string> = {
  slug: 'slug',
  name: 'name',
  contactEmail: 'contact_email',
  status: 'status',
  contactName: 'contact_name',
  websiteUrl: 'website_url',
  callbackUrl: 'callback_url',
  walletMode: 'wallet_mode',
  minBet: 'min_bet_cents',
  maxBet: 'max_bet_cents',
  exposureLimit: 'exposure_limit_cents',
  allowedCategories: 'allowed_categories',
  platformShareBps: 'platform_share_bps',
  onboardedAt: 'onboarded_at',
  s2sEnabled: 's2s_enabled',
  spreadOverrideBps: 'spread_override_bps',
  feeBps: 'fee_bps',
  riskTier: 'risk_tier',
  defaultCurrency: 'default_currency',
  branding: 'branding',
};

/** Undefined when the slug is taken. */
export async function insertOperator(db: Db, id: bigint, operator: NewOperator, now: Date): Promise<Operator | undefined> {
  const given = (Object.keys(GIVEN) as (keyof typeof GIVEN)[]).filter((key) => operator[key] !== undefined);
  const columns = ['id', 'created_at', 'updated_at', ...given.map((key) => GIVEN[key])];
  const values = [id, now, now, ...given.map((key) => operator[key])];
  const [row] = await db.query<Operator>(
    `insert into operators (${columns.join(', ')}) values (${values.map((_, i) => `$${i + 1}`).join(', ')})
     on conflict (slug) do nothing returning ${COLUMNS}`,
    values,
  );
  return row;
}

/** Where an operator's wallet is and who keeps the balance; what is absent stays. Undefined when there is no such operator. */
export async function updateOperatorWallet(
  db: Db,
  id: bigint,
  { walletMode, callbackUrl }: { walletMode?: WalletMode | undefined; callbackUrl?: string | null | undefined },
  now: Date,
): Promise<Operator | undefined> {
  const [row] = await db.query<Operator>(
    `update operators set wallet_mode = coalesce($2, wallet_mode), s2s_enabled = case when $2 is null then s2s_enabled else $2 = 'seamless' end,
       callback_url = case when $3 then $4 else callback_url end, updated_at = $5 where id = $1 returning ${COLUMNS}`,
    [id, walletMode ?? null, callbackUrl !== undefined, callbackUrl ?? null, now],
  );
  return row;
}

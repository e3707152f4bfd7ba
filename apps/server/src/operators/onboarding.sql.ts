/** Where an operator's onboarding stands, and what proves each step. */
import type { Db } from '../platform/db.ts';
import type { StoredBranding } from './branding.rules.ts';
import type { Evidence, Progress, StoredProgress } from './onboarding.rules.ts';
import type { OperatorStatus } from './operator.sql.ts';

export type OnboardingRow = {
  id: bigint;
  slug: string;
  status: OperatorStatus;
  onboarded_at: Date | null;
  onboarding: StoredProgress;
  wallet_mode: Evidence['walletMode'];
  branding: StoredBranding;
  callback_url: string | null;
  updated_at: Date;
};

/** Undefined when there is none, or it is another operator's. */
export async function selectOnboarding(
  db: Db,
  operatorId: bigint,
  purpose: 'read' | 'update' = 'read',
): Promise<OnboardingRow | undefined> {
  const [row] = await db.query<OnboardingRow>(
    `select id, slug, status, onboarded_at, onboarding, wallet_mode, branding, callback_url, updated_at from operators where id = $1
     ${purpose === 'update' ? 'for no key update' : ''}`,
    [operatorId],
  );
  return row;
}

type Asked = Pick<OnboardingRow, 'id' | 'wallet_mode' | 'branding' | 'callback_url'>;
type Found = {
  id: bigint;
  healthy: boolean | null;
  detail: string | null;
  launch_keys: bigint;
  origins: Evidence['origins'] | null;
  tested: boolean;
};

/** Of many operators in one statement, by their ids. A seamless operator's test trade is one its wallet has confirmed. */
export async function selectEvidences(db: Db, rows: readonly Asked[], now: Date): Promise<ReadonlyMap<bigint, Evidence>> {
  if (rows.length === 0) return new Map();
  const found = await db.query<Found>(
    `select o.id, w.healthy, w.detail,
       (select count(*) from api_keys k where k.operator_id = o.id and k.status = 'active' and (k.expires_at is null or k.expires_at > $3)
          and k.scopes && '{s2s_callback,server_api}') as launch_keys,
       (select jsonb_agg(jsonb_build_object('origin', e.origin, 'verified', e.status = 'verified', 'detail', e.check_detail) order by e.id)
          from embed_origins e where e.operator_id = o.id and e.status <> 'removed') as origins,
       case when o.seamless then exists (select from wallet_calls c where c.operator_id = o.id and c.method = 'BET_MAKE' and c.status = 'confirmed')
            else exists (select from trades t where t.operator_id = o.id and t.side = 'buy' and t.status in ('filled', 'settled')) end as tested
     from unnest($1::bigint[], $2::boolean[]) as o(id, seamless) left join wallet_settings w on w.operator_id = o.id`,
    [rows.map(({ id }) => id), rows.map((row) => row.wallet_mode === 'seamless'), now],
  );
  const byId = new Map(found.map((one) => [one.id, one]));
  return new Map(rows.map((row) => [row.id, evidenceOf(row, byId.get(row.id))]));
}

const evidenceOf = ({ wallet_mode: walletMode, branding, callback_url: callbackUrl }: Asked, found: Found | undefined): Evidence => ({
  walletMode,
  displayName: branding.display_name ?? null,
  primaryColour: branding.primary_color ?? null,
  secondaryColour: branding.secondary_color ?? null,
  callbackUrl,
  ping: found?.healthy == null ? null : { ok: found.healthy, detail: found.detail },
  launchKeys: Number(found?.launch_keys ?? 0n),
  origins: found?.origins ?? [],
  tested: found?.tested ?? false,
});

export async function selectEvidence(db: Db, row: Asked, now: Date): Promise<Evidence> {
  return (await selectEvidences(db, [row], now)).get(row.id) ?? evidenceOf(row, undefined);
}

/** `onboardedAt` stays when it is there: the first time counts. */
export const updateOnboarding = (
  db: Db,
  operatorId: bigint,
  { completed, skipped }: Progress,
  { status, onboardedAt }: { status: OperatorStatus; onboardedAt: Date | null },
  now: Date,
): Promise<unknown> =>
  db.query(
    `update operators set onboarding = jsonb_build_object('completed_steps', $2::text[], 'skipped_steps', $3::text[]), status = $4,
       onboarded_at = coalesce(onboarded_at, $5), updated_at = $6 where id = $1`,
    [operatorId, completed, skipped, status, onboardedAt, now],
  );

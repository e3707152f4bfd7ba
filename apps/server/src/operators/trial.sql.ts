/** Trials: their ends, what was told, and what follows. */
import type { Db } from '../platform/db.ts';
import type { TrialNotice } from './trial.rules.ts';

export type Trial = {
  id: bigint;
  slug: string;
  name: string;
  tier: 'trial' | 'standard';
  trialEndsAt: Date | null;
  readOnlySince: Date | null;
};
const COLUMNS = 'id, slug, name, tier, trial_ends_at as "trialEndsAt", read_only_since as "readOnlySince"';

export type DueTrial = Trial & { trialEndsAt: Date; contactEmail: string; told: TrialNotice[] };

/** Trials that end before `until`, with what was told of this end. */
export const selectTrials = (db: Db, until: Date): Promise<DueTrial[]> =>
  db.query<DueTrial>(
    `select ${COLUMNS}, contact_email as "contactEmail",
       array(select t.notice from trial_notices t where t.operator_id = o.id and t.trial_ends_at = o.trial_ends_at) as told
     from operators o where o.tier = 'trial' and o.trial_ends_at <= $1 order by o.id`,
    [until],
  );

export async function lockTrial(db: Db, slug: string): Promise<Trial | undefined> {
  const [row] = await db.query<Trial>(`select ${COLUMNS} from operators where slug = $1 for no key update`, [slug]);
  return row;
}

/** False when it was told before. */
export async function noteNotice(db: Db, operatorId: bigint, notice: TrialNotice, trialEndsAt: Date, now: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into trial_notices (operator_id, notice, trial_ends_at, created_at) values ($1, $2, $3, $4) on conflict do nothing returning notice`,
    [operatorId, notice, trialEndsAt, now],
  );
  return rows.length > 0;
}

export type TrialChange = Pick<Trial, 'tier' | 'trialEndsAt' | 'readOnlySince'>;
export const updateTrial = (db: Db, id: bigint, { tier, trialEndsAt, readOnlySince }: TrialChange, now: Date): Promise<unknown> =>
  db.query('update operators set tier = $2, trial_ends_at = $3, read_only_since = $4, updated_at = $5 where id = $1', [
    id,
    tier,
    trialEndsAt,
    readOnlySince,
    now,
  ]);

/** Members that are told, with the contact. */
export async function selectAddresses(db: Db, operatorId: bigint): Promise<string[]> {
  const rows = await db.query<{ email: string }>(
    `select lower(email) as email from operator_members where operator_id = $1 and revoked_at is null and 'billing' = any(permissions)
     union select lower(contact_email) from operators where id = $1`,
    [operatorId],
  );
  return rows.map(({ email }) => email);
}

/** Trials: their ends, what was told, and what follows. */
import { instants, int8s, texts } from '../platform/arrays.ts';
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

export type DueTrial = Trial & { trialEndsAt: Date; told: TrialNotice[]; recipients: string[] };

/** Trials that end before `until`, in order of their operators after `after`. */
export const selectTrials = (
  db: Db,
  until: Date,
  after: bigint,
  most: number,
): Promise<Pick<DueTrial, 'id' | 'trialEndsAt' | 'readOnlySince'>[]> =>
  db.query(
    `select id, trial_ends_at as "trialEndsAt", read_only_since as "readOnlySince" from operators
     where tier = 'trial' and trial_ends_at <= $1 and id > $2 order by id limit $3`,
    [until, after, most],
  );

/** These, as they are now, with what was told of their ends and whom to tell: members with the right to invoices, and the contact. Locked. */
export const lockTrials = (db: Db, ids: readonly bigint[], until: Date): Promise<DueTrial[]> =>
  db.query<DueTrial>(
    `select ${COLUMNS},
       array(select t.notice from trial_notices t where t.operator_id = o.id and t.trial_ends_at = o.trial_ends_at) as told,
       array(select lower(m.email) from operator_members m where m.operator_id = o.id and m.revoked_at is null and 'billing' = any(m.permissions)
         union select lower(o.contact_email)) as recipients
     from operators o where o.id = any($1::bigint[]) and o.tier = 'trial' and o.trial_ends_at <= $2 order by o.id for no key update`,
    [int8s(ids, (id) => id), until],
  );

export const endTrials = (db: Db, ids: readonly bigint[], now: Date): Promise<unknown> =>
  db.query('update operators set read_only_since = $2, updated_at = $2 where id = any($1::bigint[])', [int8s(ids, (id) => id), now]);

export type Notice = { trial: DueTrial; notice: TrialNotice };
/** Those that were not told before. */
export async function noteNotices(db: Db, notices: readonly Notice[], now: Date): Promise<Notice[]> {
  const rows = await db.query<{ id: bigint }>(
    `insert into trial_notices (operator_id, notice, trial_ends_at, created_at)
     select k.operator_id, k.notice, k.trial_ends_at, $4 from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as k(operator_id, notice, trial_ends_at)
     on conflict do nothing returning operator_id as id`,
    [
      int8s(notices, ({ trial }) => trial.id),
      texts(notices, ({ notice }) => notice),
      instants(notices, ({ trial }) => trial.trialEndsAt),
      now,
    ],
  );
  const fresh = new Set(rows.map(({ id }) => id));
  return notices.filter(({ trial }) => fresh.has(trial.id));
}

export async function lockTrial(db: Db, slug: string): Promise<Trial | undefined> {
  const [row] = await db.query<Trial>(`select ${COLUMNS} from operators where slug = $1 for no key update`, [slug]);
  return row;
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

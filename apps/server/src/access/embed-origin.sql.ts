/** Origins that may show an operator's embed, and how often players came from them. */
import type { Id } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';

export type EmbedOriginRow = {
  id: Id<'origin'>;
  origin: string;
  status: 'pending_verification' | 'verified' | 'removed';
  verified_at: Date | null;
  last_seen_at: Date | null;
  sessions: bigint;
  created_at: Date;
  verification_token: string;
  last_checked_at: Date | null;
  check_detail: string | null;
};

const SHOWN = `e.id, e.origin, e.status, e.verified_at, e.created_at, e.verification_token, e.last_checked_at, e.check_detail,
       (select s.created_at from player_sessions s where s.operator_id = e.operator_id and s.origin = e.origin order by s.id desc limit 1) as last_seen_at,
       (select count(*) from player_sessions s where s.operator_id = e.operator_id and s.origin = e.origin and s.id >= $2) as sessions`;

/** Those not removed, oldest first. `sinceId` is where the last 24 hours begin in the ids of sessions. */
export const selectOrigins = (db: Db, operatorId: bigint, sinceId: bigint): Promise<EmbedOriginRow[]> =>
  db.query<EmbedOriginRow>(`select ${SHOWN} from embed_origins e where e.operator_id = $1 and e.status <> 'removed' order by e.id`, [
    operatorId,
    sinceId,
  ]);

/** One of them; undefined when it is removed, there is none, or it is another operator's. */
export async function selectOrigin(db: Db, operatorId: bigint, id: bigint, sinceId: bigint): Promise<EmbedOriginRow | undefined> {
  const [row] = await db.query<EmbedOriginRow>(
    `select ${SHOWN} from embed_origins e where e.operator_id = $1 and e.status <> 'removed' and e.id = $3`,
    [operatorId, sinceId, id],
  );
  return row;
}

export type NewOrigin = { operatorId: bigint; id: bigint; origin: string; token: string; verifiedAt: Date | null; createdAt: Date };

/** False when the operator has it already. */
export async function insertOrigin(db: Db, { operatorId, id, origin, token, verifiedAt, createdAt }: NewOrigin): Promise<boolean> {
  const rows = await db.query(
    `insert into embed_origins (operator_id, id, origin, status, verification_token, verified_at, created_at)
     values ($1, $2, $3, case when $5::timestamptz is null then 'pending_verification' else 'verified' end, $4, $5, $6)
     on conflict (operator_id, origin) where status <> 'removed' do nothing returning id`,
    [operatorId, id, origin, token, verifiedAt, createdAt],
  );
  return rows.length > 0;
}

/** Origins that may frame this operator's embed now. */
export async function selectFramingOrigins(db: Db, slug: string): Promise<string[]> {
  const rows = await db.query<{ origin: string }>(
    `select e.origin from operators o join embed_origins e on e.operator_id = o.id and e.status = 'verified' where o.slug = $1 order by e.id`,
    [slug],
    'framing_origins',
  );
  return rows.map(({ origin }) => origin);
}

/** Whether the operator's pages of this origin may show its embed. */
export async function isVerifiedOrigin(db: Db, operatorId: bigint, origin: string): Promise<boolean> {
  const rows = await db.query(`select 1 from embed_origins where operator_id = $1 and origin = $2 and status = 'verified'`, [
    operatorId,
    origin,
  ]);
  return rows.length > 0;
}

/** Undefined when there is none, it is another operator's, or it was removed before. */
export async function removeOrigin(db: Db, operatorId: bigint, id: bigint, now: Date): Promise<{ origin: string } | undefined> {
  const [row] = await db.query<{ origin: string }>(
    `update embed_origins set status = 'removed', removed_at = $3 where operator_id = $1 and id = $2 and status <> 'removed' returning origin`,
    [operatorId, id, now],
  );
  return row;
}

export type PendingOrigin = {
  operatorId: bigint;
  id: bigint;
  origin: string;
  token: string;
  createdAt: Date;
  /** Before this time; null when its domain was never asked. */
  lastCheckedAt: Date | null;
};

/** Those waiting for their domain, the longest unasked first; of one operator where one is named. */
export const selectPending = (db: Db, most: number, operatorId: bigint | null = null): Promise<PendingOrigin[]> =>
  db.query<PendingOrigin>(
    `select operator_id as "operatorId", id, origin, verification_token as token, created_at as "createdAt", last_checked_at as "lastCheckedAt" from embed_origins
     where status = 'pending_verification' and ($1::bigint is null or operator_id = $1) order by last_checked_at nulls first, id limit $2`,
    [operatorId, most],
  );

/** Notes what DNS said; how it stands now, or undefined when it waits no longer. */
export async function noteCheck(
  db: Db,
  { operatorId, id }: Pick<PendingOrigin, 'operatorId' | 'id'>,
  { verified, detail }: { verified: boolean; detail: string },
  now: Date,
): Promise<'verified' | 'pending_verification' | undefined> {
  const [row] = await db.query<{ status: 'verified' | 'pending_verification' }>(
    `update embed_origins set last_checked_at = $5, check_detail = $4, status = case when $3 then 'verified' else status end,
       verified_at = case when $3 then $5 else verified_at end
     where operator_id = $1 and id = $2 and status = 'pending_verification' returning status`,
    [operatorId, id, verified, detail, now],
  );
  return row?.status;
}

/** Origins the operator has, verified or waiting. */
export async function countOrigins(db: Db, operatorId: bigint): Promise<number> {
  const [row] = await db.query<{ held: bigint }>(
    `select count(*) as held from embed_origins where operator_id = $1 and status <> 'removed'`,
    [operatorId],
  );
  return Number(row?.held ?? 0n);
}

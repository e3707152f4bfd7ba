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
};

/** Those not removed, oldest first. `sinceId` is where the last 24 hours begin in the ids of sessions. */
export const selectOrigins = (db: Db, operatorId: bigint, sinceId: bigint): Promise<EmbedOriginRow[]> =>
  db.query<EmbedOriginRow>(
    `select e.id, e.origin, e.status, e.verified_at, e.created_at,
       (select s.created_at from player_sessions s where s.operator_id = e.operator_id and s.origin = e.origin order by s.id desc limit 1) as last_seen_at,
       (select count(*) from player_sessions s where s.operator_id = e.operator_id and s.origin = e.origin and s.id >= $2) as sessions
     from embed_origins e where e.operator_id = $1 and e.status <> 'removed' order by e.id`,
    [operatorId, sinceId],
  );

export type NewOrigin = { operatorId: bigint; id: bigint; origin: string; token: string; verifiedAt: Date | null; createdAt: Date };

/** Nothing when the operator has it already. */
export const insertOrigin = (db: Db, { operatorId, id, origin, token, verifiedAt, createdAt }: NewOrigin): Promise<unknown> =>
  db.query(
    `insert into embed_origins (operator_id, id, origin, status, verification_token, verified_at, created_at)
     values ($1, $2, $3, case when $5::timestamptz is null then 'pending_verification' else 'verified' end, $4, $5, $6)
     on conflict (operator_id, origin) where status <> 'removed' do nothing`,
    [operatorId, id, origin, token, verifiedAt, createdAt],
  );

/** Origins that may frame this operator's embed now. */
export async function selectFramingOrigins(db: Db, slug: string): Promise<string[]> {
  const rows = await db.query<{ origin: string }>(
    `select e.origin from operators o join embed_origins e on e.operator_id = o.id and e.status = 'verified' where o.slug = $1 order by e.id`,
    [slug],
    'framing_origins',
  );
  return rows.map(({ origin }) => origin);
}

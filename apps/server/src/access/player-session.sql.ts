/** Sessions of players and the launch tokens they came from. */
import type { Db } from '../platform/db.ts';

export type PlayerSession = {
  id: bigint;
  operatorId: bigint;
  playerId: bigint;
  origin: string | null;
  userAgent: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Uses up a launch token; false when it was used before. Waits for a rival that is still at it. */
export async function takeLaunchToken(db: Db, operatorId: bigint, tokenId: string, expiresAt: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into launch_tokens (operator_id, token_id, expires_at) values ($1, $2, $3) on conflict do nothing returning token_id`,
    [operatorId, tokenId, expiresAt],
  );
  return rows.length > 0;
}

/** Forgets at most `most` used launch tokens that have expired, and says how many went. */
export async function deleteExpiredLaunchTokens(db: Db, now: Date, most: number): Promise<number> {
  const rows = await db.query(
    `delete from launch_tokens where (operator_id, token_id) in
       (select operator_id, token_id from launch_tokens where expires_at <= $1 order by expires_at limit $2)
     returning 1`,
    [now, most],
  );
  return rows.length;
}

export async function insertPlayerSession(db: Db, session: PlayerSession): Promise<void> {
  await db.query(
    `insert into player_sessions (operator_id, id, player_id, origin, user_agent, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [session.operatorId, session.id, session.playerId, session.origin, session.userAgent, session.createdAt, session.expiresAt],
  );
}

export const insertPlayerSessions = (db: Db, sessions: readonly PlayerSession[]): Promise<unknown> =>
  db.query(
    `insert into player_sessions (operator_id, id, player_id, origin, user_agent, created_at, expires_at)
     select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])`,
    [
      sessions.map(({ operatorId }) => operatorId),
      sessions.map(({ id }) => id),
      sessions.map(({ playerId }) => playerId),
      sessions.map(({ origin }) => origin),
      sessions.map(({ userAgent }) => userAgent),
      sessions.map(({ createdAt }) => createdAt),
      sessions.map(({ expiresAt }) => expiresAt),
    ],
  );

/** Whether the session is there for exactly this player. */
export async function playerSessionExists(db: Db, operatorId: bigint, id: bigint, playerId: bigint): Promise<boolean> {
  const rows = await db.query(
    `select 1 from player_sessions where operator_id = $1 and id = $2 and player_id = $3`,
    [operatorId, id, playerId],
    'access_player_session',
  );
  return rows.length > 0;
}

export type Revocations = { suspendedOperators: Set<bigint>; revokedSessions: Set<bigint>; embedOff: boolean };

/** Every suspended operator and every revoked session that would still be alive: both are few. And whether the embed is switched off. */
export async function currentRevocations(db: Db, now: Date): Promise<Revocations> {
  const rows = await db.query<{ what: 'operator' | 'session' | 'embed'; id: bigint }>(
    `select 'operator' as what, id from operators where status = 'suspended'
     union all select 'session', id from player_sessions where revoked_at is not null and expires_at > $1
     union all select 'embed', 0 from platform_config where not (document #>> '{features,embed_enabled}')::boolean`,
    [now],
    'access_revocations',
  );
  const idsOf = (what: 'operator' | 'session' | 'embed') => new Set(rows.filter((row) => row.what === what).map(({ id }) => id));
  return { suspendedOperators: idsOf('operator'), revokedSessions: idsOf('session'), embedOff: idsOf('embed').size > 0 };
}

/** Ends every live session of a player and says how many there were. */
export async function revokeSessionsOf(db: Db, operatorId: bigint, playerId: bigint, now: Date): Promise<number> {
  const rows = await db.query(
    `update player_sessions set revoked_at = $3 where operator_id = $1 and player_id = $2 and revoked_at is null and expires_at > $3 returning id`,
    [operatorId, playerId, now],
  );
  return rows.length;
}

/** Ends every live session opened from an origin and says how many there were. */
export async function revokeSessionsFrom(db: Db, operatorId: bigint, origin: string, now: Date): Promise<number> {
  const rows = await db.query(
    `update player_sessions set revoked_at = $3 where operator_id = $1 and origin = $2 and revoked_at is null and expires_at > $3 returning id`,
    [operatorId, origin, now],
  );
  return rows.length;
}

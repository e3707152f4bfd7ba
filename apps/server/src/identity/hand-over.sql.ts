/** Rows of sign_in_handovers. */
import type { Db } from '../platform/db.ts';

export type HandoverRow = { userId: string; purpose: 'invite' | 'magiclink' | 'recovery' | 'signin' };

export const insertHandover = (db: Db, handover: HandoverRow & { tokenHash: string; expiresAt: Date }, now: Date): Promise<unknown> =>
  db.query('insert into sign_in_handovers (token_hash, auth_user_id, purpose, expires_at, created_at) values ($1, $2, $3, $4, $5)', [
    handover.tokenHash,
    handover.userId,
    handover.purpose,
    handover.expiresAt,
    now,
  ]);

export async function selectHandover(db: Db, tokenHash: string, now: Date): Promise<HandoverRow | undefined> {
  const [row] = await db.query<HandoverRow>(
    'select auth_user_id as "userId", purpose from sign_in_handovers where token_hash = $1 and used_at is null and expires_at > $2',
    [tokenHash, now],
  );
  return row;
}

export async function takeHandover(db: Db, tokenHash: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    'update sign_in_handovers set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 returning token_hash',
    [tokenHash, now],
  );
  return rows.length > 0;
}

export const deleteOldHandovers = (db: Db, before: Date): Promise<unknown> =>
  db.query('delete from sign_in_handovers where expires_at < $1', [before]);

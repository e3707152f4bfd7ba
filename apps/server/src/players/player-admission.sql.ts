/** The one row of (operator, external id), made at the first visit. */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type AdmissionRow = {
  id: bigint;
  externalId: string;
  username: string | null;
  balance: Cents;
  limitTier: 'new' | 'regular' | 'vip';
  tier: 'normal' | 'sharp' | 'restricted' | 'banned';
};
export type Visitor = { operatorId: bigint; externalId: string; username: string | null; email: string | null };

/** Inserts the player or brings name, e-mail and last activity up to date; two first visits at once meet in one row. */
export async function upsertVisitor(
  db: Db,
  id: bigint,
  { operatorId, externalId, username, email }: Visitor,
  now: Date,
): Promise<AdmissionRow> {
  const [row] = await db.query<AdmissionRow>(
    `insert into players (operator_id, id, external_id, username, email, created_at, last_active_at) values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (operator_id, external_id) do update
       set username = coalesce(excluded.username, players.username), email = coalesce(excluded.email, players.email),
           last_active_at = excluded.last_active_at
     returning id, external_id as "externalId", username, balance_cents as balance, limit_tier as "limitTier", tier`,
    [operatorId, id, externalId, username, email, now],
    'players_admit',
  );
  if (!row) throw new Error('An upsert returned no row');
  return row;
}

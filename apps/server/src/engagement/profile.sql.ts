/** What players show of themselves. */
import type { Db } from '../platform/db.ts';

type Player = { operatorId: bigint; playerId: bigint };
export type ProfileRow = {
  display_name: string | null;
  show_name: boolean;
  name_hidden: string | null;
  digest: 'off' | 'daily' | 'weekly';
  has_email: boolean;
};

export async function selectProfile(db: Db, { operatorId, playerId }: Player): Promise<ProfileRow | undefined> {
  const [row] = await db.query<ProfileRow>(
    `select f.display_name, coalesce(f.show_name, false) as show_name, f.name_hidden_reason as name_hidden, coalesce(f.digest, 'off') as digest, p.email is not null as has_email
     from players p left join player_profiles f on f.operator_id = p.operator_id and f.player_id = p.id where p.operator_id = $1 and p.id = $2`,
    [operatorId, playerId],
  );
  return row;
}

/** False when another player of the operator has the name. As a worker: a player sees its own row only. */
export async function writeProfile(
  db: Db,
  { operatorId, playerId }: Player,
  { display_name: name, show_name: show, digest }: Omit<ProfileRow, 'has_email' | 'name_hidden'>,
  now: Date,
): Promise<boolean> {
  // Two who want one name take turns.
  if (name !== null) await db.query('select pg_advisory_xact_lock(hashtextextended(lower($1), $2))', [name, operatorId]);
  const written = await db.query(
    `insert into player_profiles (operator_id, player_id, display_name, show_name, digest, updated_at)
     select $1, $2, $3::text, $4, $5, $6
     where not exists (select from player_profiles where operator_id = $1 and player_id <> $2 and lower(display_name) = lower($3))
     on conflict (operator_id, player_id) do update set display_name = excluded.display_name, show_name = excluded.show_name,
       digest = excluded.digest, updated_at = excluded.updated_at returning 1`,
    [operatorId, playerId, name, show, digest, now],
  );
  return written.length > 0;
}

/** Names that many players show from now on, in one statement; whoever has a profile keeps it. As a worker. */
export const showNames = (db: Db, operatorId: bigint, shown: readonly { playerId: bigint; name: string }[], now: Date): Promise<unknown> =>
  db.query(
    `insert into player_profiles (operator_id, player_id, display_name, show_name, updated_at)
     select $1, s.player_id, s.name, true, $4 from unnest($2::bigint[], $3::text[]) as s(player_id, name) on conflict do nothing`,
    [operatorId, shown.map(({ playerId }) => playerId), shown.map(({ name }) => name), now],
  );

export type NameRow = { display_name: string | null; show_name: boolean; hidden_at: Date | null; hidden_reason: string | null };
const NAME = 'display_name, show_name, name_hidden_at as hidden_at, name_hidden_reason as hidden_reason';

export async function selectName(db: Db, { operatorId, playerId }: Player): Promise<NameRow | undefined> {
  const [row] = await db.query<NameRow>(`select ${NAME} from player_profiles where operator_id = $1 and player_id = $2`, [
    operatorId,
    playerId,
  ]);
  return row;
}

export async function writeHidden(db: Db, { operatorId, playerId }: Player, hidden: { at: Date; reason: string } | null): Promise<NameRow> {
  const [row] = await db.query<NameRow>(
    `update player_profiles set name_hidden_at = $3, name_hidden_reason = $4 where operator_id = $1 and player_id = $2 returning ${NAME}`,
    [operatorId, playerId, hidden?.at ?? null, hidden?.reason ?? null],
  );
  if (!row) throw new Error('The profile is gone');
  return row;
}

/** What a player has set for itself, for the player and for whoever looks after it. */
import type { getPlayerLimits as ofAny } from '@predictu/contract/admin/players';
import type { Id } from '@predictu/contract/ids';
import type { getOwnPlayerLimits as ofOwn } from '@predictu/contract/operator/players';
import type { getLimits as own } from '@predictu/contract/player/limits';
import type { Database } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { readPlayer } from '../players/players.ts';
import { selectProtection } from './protection.sql.ts';
import { showLimits } from './show-limits.rules.ts';

type Player = { operatorId: bigint; playerId: bigint };

/** @throws NOT_FOUND when there is no such player. */
async function show(database: Database, player: Player, now: Date) {
  const reader = { kind: 'worker', name: 'own-limits' } as const;
  const protection = await database.as(reader, 'read', (db) => selectProtection(db, player, now));
  if (!protection) throw notFound('user');
  return { data: showLimits(protection, now) };
}

export const getLimits =
  (database: Database): Handler<typeof own> =>
  ({ actor, now }) =>
    show(database, actor, now);

/** The caller's own policies say whether it may see this player. */
export const getLimitsOf =
  (database: Database): Handler<typeof ofAny> & Handler<typeof ofOwn> =>
  async ({ db, now }: Pick<Context, 'db' | 'now'>, { params }: { params: { user_id: Id<'user'> } }) => {
    const { operator_id: operatorId } = await readPlayer(db, params.user_id, now);
    return show(database, { operatorId, playerId: params.user_id }, now);
  };

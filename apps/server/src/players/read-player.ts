/** One player as consoles show it. */
import type { Id } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import { notFound } from '../platform/http.ts';
import { type CountedPlayerRow, selectPlayers } from './player-list.sql.ts';
import { seenSince } from './shown-player.rules.ts';

/** @throws NOT_FOUND when there is none, or it is another operator's. */
export async function readPlayer(db: Db, id: Id<'user'>, now: Date): Promise<CountedPlayerRow> {
  const [row] = await selectPlayers(db, [id], seenSince(now));
  if (!row) throw notFound('user');
  return row;
}

/** Who a player id names, of those the caller may see. */
import type { Id } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import { notFound } from '../platform/http.ts';
import { selectOwner } from './player-list.sql.ts';

type FoundPlayer = { operatorId: bigint; playerId: bigint };

/** @throws NOT_FOUND when there is none, or it is another operator's. */
export async function findPlayer(db: Db, id: Id<'user'>): Promise<FoundPlayer> {
  const row = await selectOwner(db, id);
  if (!row) throw notFound('user');
  return { operatorId: row.operator_id, playerId: id };
}

/** Markets players watch. */
import type { Db } from '../platform/db.ts';

type Player = { operatorId: bigint; playerId: bigint };

/** Whoever counts before adding takes turns with itself. */
export const takePlayersTurn = (db: Db, { playerId }: Player): Promise<unknown> =>
  db.query('select pg_advisory_xact_lock($1::bigint)', [playerId]);

/** The last added first. */
export async function selectWatched(db: Db, { operatorId, playerId }: Player): Promise<bigint[]> {
  const rows = await db.query<{ market_id: bigint }>(
    'select market_id from player_watchlist where operator_id = $1 and player_id = $2 order by created_at desc, market_id desc',
    [operatorId, playerId],
  );
  return rows.map(({ market_id }) => market_id);
}

export const insertWatched = (db: Db, { operatorId, playerId }: Player, marketId: bigint, now: Date): Promise<unknown> =>
  db.query('insert into player_watchlist (operator_id, player_id, market_id, created_at) values ($1, $2, $3, $4) on conflict do nothing', [
    operatorId,
    playerId,
    marketId,
    now,
  ]);

/** False when it was not watched. */
export async function deleteWatched(db: Db, { operatorId, playerId }: Player, marketId: bigint): Promise<boolean> {
  const rows = await db.query('delete from player_watchlist where operator_id = $1 and player_id = $2 and market_id = $3 returning 1', [
    operatorId,
    playerId,
    marketId,
  ]);
  return rows.length > 0;
}

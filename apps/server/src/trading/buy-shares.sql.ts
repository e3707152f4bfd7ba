/** The trades of all positions that were traded more than once, some players at a time: each trade is read once, by the index of players. */
import type { Db } from '../platform/db.ts';
import type { PositionKey, PositionTrade } from './trade-pnl.rules.ts';

export type TracedTrade = PositionKey & PositionTrade & { held: bigint; pnl: bigint; voided: boolean };

/** The last of the next players after one; undefined when there is none. */
export async function selectLastOf(db: Db, operatorId: bigint | null, after: bigint, players: number): Promise<bigint | undefined> {
  const [row] = await db.query<{ last: bigint | null }>(
    `select max(id) as last from (
       select id from players where id > $1 and ($2::bigint is null or operator_id = $2) order by id limit ${players}
     ) next`,
    [after, operatorId],
  );
  return row?.last ?? undefined;
}

/** Position by position, in the order they were filled. */
export async function selectTracedTrades(db: Db, operatorId: bigint | null, after: bigint, last: bigint): Promise<TracedTrade[]> {
  // Each of very many pieces would go through all trades, because that is a little faster for one.
  await db.query(`set local enable_seqscan = off`);
  return db.query<TracedTrade>(
    `select t.operator_id as "operatorId", t.player_id as "playerId", t.market_id as "marketId", t.outcome, t.id, t.side, t.quantity, t.amount_cents as amount,
       t.realized_pnl_cents as "realizedPnl", p.quantity as held, p.realized_pnl_cents as pnl, coalesce(m.resolution = 'void', false) as voided
     from trades t join markets m on m.id = t.market_id
     join positions p on p.operator_id = t.operator_id and p.market_id = t.market_id and p.player_id = t.player_id and p.outcome = t.outcome
     left join trade_events e on e.trade_id = t.id and t.wallet_mode = 'seamless'
     where t.player_id > $1 and t.player_id <= $2 and p.player_id > $1 and p.player_id <= $2 and ($3::bigint is null or t.operator_id = $3)
       and t.status = 'filled' and p.trade_count > 1
     order by t.player_id, t.market_id, t.outcome, coalesce(e.id, t.id)`,
    [after, last, operatorId],
  );
}

/** The trades of positions that are closed, some at a time in the order of their ids: each trade is read once, as it lies. */
import type { Db } from '../platform/db.ts';
import { ENDED, POSITION } from './trade-fields.sql.ts';

/** As Postgres says it: a number where it fits. */
type Whole = bigint | number;
/**
 * A filled trade of a closed position, or a buy from before its position was sold out and opened again. Its quantity is below zero for a sale,
 * `fill` is its place among those of the position.
 */
export type ClosedTrade = readonly [
  position: Whole,
  fill: Whole,
  id: Whole,
  quantity: Whole,
  amount: Whole,
  realizedPnl: Whole,
  positionPnl: Whole,
  positionTrades: number,
  voided: boolean,
  open: boolean,
];

/** The last of the next trades after one; undefined when there is none. */
export async function selectLastTrade(db: Db, operatorId: bigint | null, after: bigint, trades: number): Promise<bigint | undefined> {
  const [row] = await db.query<{ last: bigint | null }>(
    `select max(id) as last from (select id from trades where id > $1 ${operatorId === null ? '' : 'and operator_id = $2'} order by id limit ${trades}) next`,
    operatorId === null ? [after] : [after, operatorId],
  );
  return row?.last ?? undefined;
}

export const eachClosedTrade = (
  db: Db,
  operatorId: bigint | null,
  [after, last]: readonly [bigint, bigint],
  take: (trade: ClosedTrade) => void,
): Promise<void> =>
  db.each(
    `select held.id, coalesce(ended.id, t.id), t.id, case t.side when 'buy' then t.quantity else -t.quantity end, t.amount_cents, coalesce(t.realized_pnl_cents, 0),
       held.realized_pnl_cents, held.trade_count, coalesce(m.resolution = 'void', false), held.quantity > 0
     from trades t join markets m on m.id = t.market_id join ${POSITION} left join ${ENDED}
     where t.id > $1 and t.id <= $2 ${operatorId === null ? '' : 'and t.operator_id = $3'} and t.status = 'filled'
       and (held.quantity = 0 or t.side = 'buy' and held.opened_at > coalesce(ended.created_at, t.created_at))`,
    operatorId === null ? [after, last] : [after, last, operatorId],
    (row) => take(row as unknown as ClosedTrade),
  );

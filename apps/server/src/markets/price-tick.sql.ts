/** Old price ticks, thinned to what a price history can show: the last of each minute. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';

export async function selectThinnedThrough(db: Db): Promise<Date> {
  const [row] = await db.query<{ through: Date }>('select thinned_through as through from price_tick_state');
  if (!row) throw new Error('price_tick_state has no row');
  return row.through;
}

export const updateThinnedThrough = (db: Db, through: Date): Promise<unknown> =>
  db.query('update price_tick_state set thinned_through = $1 where thinned_through < $1', [through]);

/** Ids of the next markets after this one. */
export async function selectMarketsAfter(db: Db, after: bigint, most: number): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>('select id from markets where id > $1 order by id limit $2', [after, most]);
  return rows.map(({ id }) => id);
}

/** When the market's first tick in [from, to) was. */
export async function selectFirstTick(db: Db, marketId: bigint, from: Date, to: Date): Promise<Date | undefined> {
  const [row] = await db.query<{ at: Date }>(
    'select at from price_ticks where market_id = $1 and id >= $2 and id < $3 order by id limit 1',
    [marketId, firstIdAt(from), firstIdAt(to)],
    'first_tick',
  );
  return row?.at;
}

/** A price is at most this old when a trade is made at it. */
const NAMED_WITHIN_MS = 3_600_000;
const MINUTE = `date_bin('1 minute', at, timestamptz 'epoch')`;

/** Removes up to `most` ticks of [from, to) that another one follows in their minute, except those the receipt of a trade names. Returns how many. */
export async function deleteFineTicks(db: Db, marketId: bigint, from: Date, to: Date, most: number): Promise<number> {
  const rows = await db.query(
    `with named as materialized (
       select distinct (receipt ->> 'snapshot_id')::bigint as id from trades where market_id = $1 and id >= $2 and id < $4
     ), fine as (
       select t.id from (
         select id, ${MINUTE} as minute, lead(${MINUTE}) over (order by id) as following from price_ticks where market_id = $1 and id >= $2 and id < $3
       ) t where t.minute = t.following and not exists (select from named n where n.id = t.id) limit $5
     )
     delete from price_ticks k using fine f where k.market_id = $1 and k.id = f.id returning 1`,
    [marketId, firstIdAt(from), firstIdAt(to), firstIdAt(new Date(to.getTime() + NAMED_WITHIN_MS)), most],
    'thin_ticks',
  );
  return rows.length;
}

/** Price histories, out of the ticks. The id of a tick is also its time, so a period is a range of the key. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Cents, Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type HistoryPoint = { at: Date; mid: Price; volume: Cents };

const TRADED = `select date_bin(make_interval(secs => $4), created_at, $2::timestamptz) as bucket, sum(amount_cents)::bigint as cents
  from trades where market_id = $1 and id >= $5 and id < $6 and status = 'filled' group by 1`;
const UNTRADED = 'select null::timestamptz as bucket, 0::bigint as cents where false';

/**
 * One point per `seconds` between two times: the last mid within it, carried on where there was none, beginning with the last
 * price before the period. `withVolume` adds what the caller may see of the trades; players and visitors go without.
 */
export async function selectHistory(
  db: Db,
  marketId: bigint,
  from: Date,
  to: Date,
  seconds: number,
  withVolume: boolean,
): Promise<HistoryPoint[]> {
  const points = await db.query<Omit<HistoryPoint, 'mid'> & { mid: Price | null }>(
    `with buckets as (
       select generate_series($2::timestamptz, $3::timestamptz - interval '1 microsecond', make_interval(secs => $4)) as at
     ), closes as (
       select distinct on (bucket) date_bin(make_interval(secs => $4), at, $2::timestamptz) as bucket, mid
       from price_ticks where market_id = $1 and id >= $5 and id < $6 order by bucket, id desc
     ), traded as (${withVolume ? TRADED : UNTRADED}), opening as (
       select mid from price_ticks where market_id = $1 and id < $5 order by id desc limit 1
     ), marked as (
       select buckets.at, closes.mid, coalesce(traded.cents, 0) as volume, count(closes.mid) over (order by buckets.at) as run
       from buckets left join closes on closes.bucket = buckets.at left join traded on traded.bucket = buckets.at
     )
     select at, coalesce(first_value(mid) over (partition by run order by at), (select mid from opening))::bigint as mid, volume
     from marked order by at`,
    [marketId, from, to, seconds, firstIdAt(from), firstIdAt(to)],
  );
  return points.flatMap(({ mid, ...point }) => (mid === null ? [] : [{ mid, ...point }]));
}

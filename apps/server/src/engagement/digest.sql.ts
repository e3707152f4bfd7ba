/** Who is due an e-mail that sums up its days, and what they came to. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Cents, Price } from '@predictu/contract/units';
import { int8s, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';

export type Reader = { operator_id: bigint; player_id: bigint; email: string; username: string | null; digest: 'daily' | 'weekly' };

/**
 * Locks players who have not had the one of this day: at operators that have it on, with an address, neither suspended nor excluded by
 * themselves. Weekly ones only on `weekly` days.
 */
export const lockReaders = (db: Db, day: string, weekly: boolean, now: Date, most: number): Promise<Reader[]> =>
  db.query<Reader>(
    `select f.operator_id, f.player_id, p.email, p.username, f.digest from player_profiles f
     join players p on p.operator_id = f.operator_id and p.id = f.player_id
     join operators o on o.id = f.operator_id left join operator_config c on c.operator_id = o.id
     left join player_protections r on r.operator_id = f.operator_id and r.player_id = f.player_id
     where f.digest <> 'off' and (f.digest = 'daily' or $2) and (f.digest_sent_on is null or f.digest_sent_on < $1::date)
       and p.email is not null and p.status = 'active' and o.status = 'live' and (r.excluded_until is null or r.excluded_until <= $3)
       and coalesce((c.document #>> '{notifications,daily_digest}')::boolean, false)
     order by f.operator_id, f.player_id limit $4 for no key update of f skip locked`,
    [day, weekly, now, most],
  );

export const markDigested = (db: Db, readers: readonly Reader[], day: string): Promise<unknown> =>
  db.query(
    `update player_profiles f set digest_sent_on = $3::date from unnest($1::bigint[], $2::bigint[]) as k(operator_id, player_id)
     where f.operator_id = k.operator_id and f.player_id = k.player_id`,
    [int8s(readers, (reader) => reader.operator_id), int8s(readers, (reader) => reader.player_id), day],
  );

export type Summary = { player_id: bigint; trades: bigint; pnl: Cents; open: bigint; worth: Cents };
export type Mover = { player_id: bigint; title: string; mid: Price; earlier: Price };

/** Each reader with where its days begin, as the first id and as a day. */
const READERS = 'unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::date[]) as k(operator_id, player_id, since_id, since_day)';
const valuesOf = (readers: readonly Reader[], sinceOf: (reader: Reader) => Date): unknown[] => [
  int8s(readers, (reader) => reader.operator_id),
  int8s(readers, (reader) => reader.player_id),
  int8s(readers, (reader) => firstIdAt(sinceOf(reader))),
  texts(readers, (reader) => sinceOf(reader).toISOString().slice(0, 10)),
];

/** What the days of each came to. */
export const selectSummaries = (db: Db, readers: readonly Reader[], sinceOf: (reader: Reader) => Date): Promise<Summary[]> =>
  db.query<Summary>(
    `select k.player_id,
       (select count(*) from trades t where t.player_id = k.player_id and t.operator_id = k.operator_id and t.id >= k.since_id and t.status = 'filled') as trades,
       (select coalesce(sum(r.pnl_cents), 0)::bigint from leaderboard_results r
         where r.operator_id = k.operator_id and r.player_id = k.player_id and r.period = 'day' and r.starts_on >= k.since_day) as pnl,
       open.count as open, open.worth
     from ${READERS} cross join lateral (
       select count(*) as count, coalesce(sum(h.quantity * case h.outcome when 'yes' then m.mid else 10000 - m.mid end / 10000), 0)::bigint as worth
       from positions h join markets m on m.id = h.market_id
       where h.player_id = k.player_id and h.operator_id = k.operator_id and h.quantity > 0) open`,
    valuesOf(readers, sinceOf),
  );

/** The watched markets of each that moved most, the farthest first. */
export const selectMovers = (db: Db, readers: readonly Reader[], sinceOf: (reader: Reader) => Date): Promise<Mover[]> =>
  db.query<Mover>(
    `select k.player_id, moved.title, moved.mid, moved.earlier from ${READERS} cross join lateral (
       select title, mid, earlier from (
         select m.title, m.mid::bigint as mid,
           (select t.mid from price_ticks t where t.market_id = m.id and t.id < k.since_id order by t.id desc limit 1)::bigint as earlier
         from player_watchlist w join markets m on m.id = w.market_id
         where w.operator_id = k.operator_id and w.player_id = k.player_id and m.mid is not null) watched
       where earlier is not null and mid <> earlier order by abs(mid - earlier) desc, title limit 3) moved
     order by k.player_id, abs(moved.mid - moved.earlier) desc, moved.title`,
    valuesOf(readers, sinceOf),
  );

/** False when there was nothing to end. */
export async function endDigest(db: Db, { operatorId, playerId }: { operatorId: bigint; playerId: bigint }, now: Date): Promise<boolean> {
  const ended = await db.query(
    `update player_profiles set digest = 'off', updated_at = $3 where operator_id = $1 and player_id = $2 and digest <> 'off' returning 1`,
    [operatorId, playerId, now],
  );
  return ended.length > 0;
}

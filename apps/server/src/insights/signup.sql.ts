/** How many players there are and how many came, exactly: counted by hour, with those not counted yet and the hours a boundary cuts added. */
import type { Db } from '../platform/db.ts';

export type SignupRow = { operator_id: bigint; total: bigint; since: bigint };

/** By operator: all players, and those that came from `since` on. */
export const selectSignups = (db: Db, { operatorId, since }: { operatorId?: bigint | undefined; since: Date }): Promise<SignupRow[]> =>
  db.query<SignupRow>(
    `select o.id as operator_id, s.total + a.total as total,
       s.since + a.since + (select count(*) from players p where p.operator_id = o.id and p.created_at >= $2 and p.created_at < cut.ends_at
         and not exists (select from rollup_arrivals w where w.operator_id = o.id and w.player_id = p.id and w.created_at = p.created_at)) as since
     from operators o
     cross join (select case when date_trunc('hour', $2::timestamptz, 'UTC') = $2 then $2 else date_trunc('hour', $2::timestamptz, 'UTC') + interval '1 hour' end as ends_at) cut
     cross join lateral (
       select coalesce(sum(players), 0)::bigint as total, coalesce(sum(players) filter (where starts_at >= cut.ends_at), 0)::bigint as since
       from rollup_signups where operator_id = o.id
     ) s
     cross join lateral (
       select count(*) as total, count(*) filter (where created_at >= $2) as since from rollup_arrivals where operator_id = o.id
     ) a
     where $1::bigint is null or o.id = $1`,
    [operatorId ?? null, since],
    'signups',
  );

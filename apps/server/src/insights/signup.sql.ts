/** How many players there are and how many came, exactly: counted by tier, hour and day, with those not counted yet and the hours a boundary cuts added. */
import type { Db } from '../platform/db.ts';
import { PLAYER_COUNTS } from '../risk/risk.ts';

export type SignupRow = { operator_id: bigint; total: bigint; since: bigint };

/** The first whole hour or day from $2 on. */
const ceiling = (unit: 'hour' | 'day'): string => {
  const start = `date_trunc('${unit}', $2::timestamptz, 'UTC')`;
  return `case when ${start} = $2 then $2 else ${start} + interval '1 ${unit}' end`;
};

/** By operator: all players, and those that came from `since` on. */
export const selectSignups = (db: Db, { operatorId, since }: { operatorId?: bigint | undefined; since: Date }): Promise<SignupRow[]> =>
  db.query<SignupRow>(
    `select o.id as operator_id, c.total,
       s.since + a.since + (select count(*) from players p where p.operator_id = o.id and p.created_at >= $2 and p.created_at < cut.ends_at
         and not exists (select from rollup_arrivals w where w.operator_id = o.id and w.player_id = p.id and w.created_at = p.created_at)) as since
     from operators o
     cross join (select ${ceiling('hour')} as ends_at, ${ceiling('day')} as day_ends_at) cut
     cross join lateral (select coalesce(sum(players), 0)::bigint as total from (${PLAYER_COUNTS}) c where c.operator_id = o.id) c
     cross join lateral (
       select coalesce(sum(players), 0)::bigint as since from (
         select players from rollup_signups where operator_id = o.id and starts_at >= cut.ends_at and starts_at < cut.day_ends_at
         union all select players from rollup_signup_days where operator_id = o.id and starts_at >= cut.day_ends_at
       ) after
     ) s
     cross join lateral (
       select count(*) as since from rollup_arrivals where operator_id = o.id and created_at >= $2
     ) a
     where $1::bigint is null or o.id = $1`,
    [operatorId ?? null, since],
    'signups',
  );

/** Players by the week or month they came, and which of them traded in which week or month after. */
import type { Db } from '../platform/db.ts';
import { LOOSE, PLAYER_TOTALS } from './player-figure.sql.ts';
import { BY_ITSELF } from './rollup.sql.ts';

export type CohortRow = { cohort: Date; players: bigint; trades: bigint; revenue: bigint; volume: bigint };
export type RetainedRow = { cohort: Date; period: Date; players: bigint };
export type CohortRequest = { operatorId: bigint | undefined; granularity: 'week' | 'month'; from: Date; to: Date };

/** $1 operator or null, $2 granularity, [$3, $4) when they came. */
const CAME = `p.created_at >= $3 and p.created_at < $4 and ($1::bigint is null or p.operator_id = $1)`;

const COHORTS = `
with ${LOOSE}, members as materialized (select p.operator_id, p.id, date_trunc($2, p.created_at, 'UTC') as cohort from players p where ${CAME}),
sums as (
  select m.cohort, sum(t.trades)::bigint as trades, sum(t.spread_cents + t.fee_cents)::bigint as revenue, sum(t.volume_cents)::bigint as volume
  from members m join (${PLAYER_TOTALS}) t on t.operator_id = m.operator_id and t.player_id = m.id group by 1
)
select c.cohort, c.players, coalesce(s.trades, 0) as trades, coalesce(s.revenue, 0) as revenue, coalesce(s.volume, 0) as volume
from (select cohort, count(*) as players from members group by 1) c left join sums s on s.cohort = c.cohort order by 1`;

const NEWEST = '9223372036854775807';
const PLACE = (number: string): string => `set_bit(B'0'::bit(4096), ${number} % 4096, 1)`;
/** Trades the sets of players do not hold yet. */
const UNROLLED = `
  select t.operator_id, t.player_id, t.created_at as at from trades t where t.id > (select id from reached) and t.id <= ${NEWEST} and ${BY_ITSELF}
  union all
  select t.operator_id, t.player_id, t.created_at from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
  where e.id > (select id from reached) and e.id <= ${NEWEST} and e.status = 'filled'`;

const RETAINED = `
with reached as materialized (select rolled_through() as id),
members as materialized (
  select p.operator_id, p.id, date_trunc($2, p.created_at, 'UTC') as cohort, r.number from players p
  left join rollup_players r on r.operator_id = p.operator_id and r.player_id = p.id where ${CAME}
), masks as materialized (
  select operator_id, cohort, number / 4096 as part, bit_or(${PLACE('number')}) as players from members where number is not null group by 1, 2, 3
), fresh as materialized (
  select distinct m.operator_id, m.id, m.cohort, m.number, date_trunc($2, u.at, 'UTC') as period from (${UNROLLED}) u
  join members m on m.operator_id = u.operator_id and m.id = u.player_id
), active as materialized (
  select operator_id, period, part, bit_or(players) as players from (
    select r.operator_id, date_trunc($2, r.starts_at, 'UTC') as period, r.part, r.players from rollup_active_days r
    where r.starts_at >= date_trunc($2, $3::timestamptz, 'UTC') and ($1::bigint is null or r.operator_id = $1)
    union all
    select operator_id, period, number / 4096, ${PLACE('number')} from fresh where number is not null
  ) s group by 1, 2, 3
)
select cohort, period, sum(players)::bigint as players from (
  select m.cohort, a.period, bit_count(m.players & a.players) as players from masks m join active a on a.operator_id = m.operator_id and a.part = m.part and a.period >= m.cohort
  union all
  select cohort, period, count(*) from fresh where number is null and period >= cohort group by 1, 2
) counted group by 1, 2`;

export async function selectCohorts(db: Db, request: CohortRequest): Promise<{ cohorts: CohortRow[]; retained: RetainedRow[] }> {
  const values = [request.operatorId ?? null, request.granularity, request.from, request.to];
  const [cohorts, retained] = await Promise.all([
    db.query<CohortRow>(COHORTS, values, 'cohorts'),
    db.query<RetainedRow>(RETAINED, values, 'retained'),
  ]);
  return { cohorts, retained };
}

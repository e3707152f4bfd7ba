/** The markets with the most trades of a period: days of markets, the trades of days a boundary cuts, and what came after the days of markets. */
import type { Db } from '../platform/db.ts';
import { BY_ITSELF } from './rollup.sql.ts';
import { periodCut } from './rollup-plan.rules.ts';

export type PopularRow = { id: bigint; title: string; trades: bigint };
const MOST = 10;
const NEWEST = '9223372036854775807';

const IN_PERIOD = (column: string): string => `${column} >= $7::timestamptz and ${column} < $8::timestamptz`;
const OF_WHOLE_DAY = `not date_trunc('day', t.created_at, 'UTC') = any($2::timestamptz[]) and ${IN_PERIOD('t.created_at')}`;
/** $1 operator or null, $2 cut days, $3 to $4 the parts of them that count, $5 and $6 the ids their trades can have, [$7, $8) the period. */
const POPULAR = `
with scope as materialized (select id from operators where $1::bigint is null or id = $1),
through as materialized (select markets_rolled_through() as id),
loose as (
  select t.market_id from unnest($3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[]) as c(starts_at, ends_at, first_id, end_id) cross join scope o
  join trades t on t.operator_id = o.id and t.id >= c.first_id and t.id < c.end_id
  where t.created_at >= c.starts_at and t.created_at < c.ends_at and t.status = 'filled'
  union all
  select t.market_id from scope o join trades t on t.operator_id = o.id and t.id > (select id from through) and t.id <= ${NEWEST}
  where ${BY_ITSELF} and ${OF_WHOLE_DAY}
  union all
  select t.market_id from scope o join trade_events e on e.operator_id = o.id and e.id > (select id from through) and e.id <= ${NEWEST} and e.status = 'filled'
  join trades t on t.operator_id = e.operator_id and t.id = e.trade_id where ${OF_WHOLE_DAY}
), cells as (
  select market_id, count(*) as trades from loose group by 1
  union all
  select r.key, r.buys + r.sells from scope o join rollup_days r on r.operator_id = o.id and r.kind = 'market'
  where not r.starts_at = any($2) and ${IN_PERIOD('r.starts_at')}
), popular as (
  select market_id, sum(trades)::bigint as trades from cells group by 1 having sum(trades) > 0 order by 2 desc, 1 limit ${MOST}
)
select m.id, m.title, p.trades from popular p join markets m on m.id = p.market_id order by p.trades desc, m.id`;

/** Equals in the order they came. */
export function selectPopularMarkets(
  db: Db,
  { operatorId, from, to }: { operatorId: bigint | undefined; from: Date; to: Date | null },
): Promise<PopularRow[]> {
  const cuts = periodCut(from, to);
  return db.query<PopularRow>(
    POPULAR,
    [
      operatorId ?? null,
      cuts.map(({ day }) => day),
      cuts.map((cut) => cut.from),
      cuts.map((cut) => cut.to),
      cuts.map(({ firstId }) => firstId),
      cuts.map(({ endId }) => endId),
      from,
      to ?? 'infinity',
    ],
    'popular-markets',
  );
}

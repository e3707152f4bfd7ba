/** How many players traded: each counted once in any period, exactly. Sets of bits for what is rolled up, the trades themselves for the rest. */
import type { Db } from '../platform/db.ts';
import { type FigureRequest, looseTrades, planValues, SCOPE, type Window, windowValues } from './figure.sql.ts';
import type { Granularity } from './rollup-plan.rules.ts';

export type ActiveRow = { label: string; operator_id: bigint; key: number; players: bigint };

const IN_PERIOD = 'r.starts_at >= $6::timestamptz and r.starts_at < $7::timestamptz';

const HOURS_OF_SPLIT_DAYS = `unnest($2::timestamptz[]) day cross join scope o
  join rollup_active_hours r on r.operator_id = o.id and r.starts_at >= day and r.starts_at < day + interval '1 day'
  where not r.starts_at = any($3) and ${IN_PERIOD}`;
const WHOLE_DAYS = `scope o join rollup_active_days r on r.operator_id = o.id where not r.starts_at = any($2) and ${IN_PERIOD}`;
const HOURS_OF_WHOLE_DAYS = `scope o join rollup_active_hours r on r.operator_id = o.id where not date_trunc('day', r.starts_at, 'UTC') = any($2) and ${IN_PERIOD}`;

const rolledOf = (granularity: Granularity): string => (granularity === 'hour' ? HOURS_OF_WHOLE_DAYS : WHOLE_DAYS);
/** Something is loose in the bucket of this row. */
const TOUCHED = '(r.operator_id, r.starts_at) in (select operator_id, starts_at from touched)';

/** Window `n`, counted from 1, holds a row. */
const within = (n: number, at = 'at'): string => `${at} >= ($9::timestamptz[])[${n}] and ${at} < ($10::timestamptz[])[${n}]`;
const bucket = (at: string): string => `extract(epoch from date_trunc($12::text, ${at}, 'UTC'))::float8`;

/** Unions of one window over the sets and what is loose. */
const whole = (n: number): string => `
  select ($8::text[])[${n}] as label, operator_id, 0::float8 as key, sum(bit_count(u${n})) as players from unions group by operator_id having bool_or(u${n} is not null)
  union all
  select ($8::text[])[${n}], operator_id, 0, count(distinct player_id) from loose where number is null and ${within(n)} group by operator_id`;

/** A whole day or hour with nothing loose in it is a bucket by itself: its players need no union. */
const buckets = (n: number, granularity: Granularity): string => `
  select ($8::text[])[${n}] as label, operator_id, key, sum(players) as players from (
    select operator_id, ${bucket('at')} as key, bit_count(bit_or(players)) as players from cut where ${within(n)} group by 1, 2, part
    union all
    select operator_id, ${bucket('at')}, count(distinct player_id) from loose where number is null and ${within(n)} group by 1, 2
    ${
      granularity === 'hour' || granularity === 'day'
        ? `union all select r.operator_id, ${bucket('r.starts_at')}, bit_count(r.players) from ${rolledOf(granularity)} and not ${TOUCHED}
      and ${within(n, 'r.starts_at')}`
        : ''
    }
  ) b group by operator_id, key`;

const ACTIVE = (windows: readonly Window[], granularity: Granularity): string => {
  const numbers = windows.map((_, index) => index + 1);
  const [inBuckets, inWhole] = [
    numbers.filter((n) => windows[n - 1]?.by === 'bucket'),
    numbers.filter((n) => windows[n - 1]?.by !== 'bucket'),
  ];
  const long = granularity === 'week' || granularity === 'month';
  return `
with ${SCOPE},
loose as materialized (
  select l.operator_id, l.player_id, r.number, l.at from (${looseTrades('t.operator_id, t.player_id')}) l
  left join rollup_players r on r.operator_id = l.operator_id and r.player_id = l.player_id
), part_of_days as materialized (
  select operator_id, at, number / 4096 as part, set_bit(B'0'::bit(4096), number % 4096, 1) as players from loose where number is not null
  union all
  select r.operator_id, r.starts_at, r.part, r.players from ${HOURS_OF_SPLIT_DAYS}
), touched as materialized (
  select distinct operator_id, date_trunc($12::text, at, 'UTC') as starts_at from loose
), cut as (
  select * from part_of_days union all select r.operator_id, r.starts_at, r.part, r.players from ${rolledOf(granularity)} ${long ? '' : `and ${TOUCHED}`}
), unions as materialized (
  select operator_id, part${inWhole.map((n) => `, bit_or(players) filter (where ${within(n)}) as u${n}`).join('')} from (
    select * from part_of_days union all select r.operator_id, r.starts_at, r.part, r.players from ${WHOLE_DAYS}
  ) every group by operator_id, part
)
select label, operator_id, key, sum(players)::bigint as players from (
  ${[...inWhole.map(whole), ...inBuckets.map((n) => buckets(n, granularity))].join(' union all ')}
) counted where $11::text[] is not null and $12::text is not null group by 1, 2, 3`;
};

/** Players with a filled trade in each window, by operator and bucket. A window of buckets is the whole period asked for. */
export function selectActive(db: Db, { operatorId, windows, granularity = 'day' }: FigureRequest): Promise<ActiveRow[]> {
  return db.query<ActiveRow>(
    ACTIVE(windows, granularity),
    [...planValues({ operatorId, windows }), ...windowValues(windows), granularity],
    `active-${granularity}-${windows.map(({ by }) => (by === 'bucket' ? 'b' : 'w')).join('')}`,
  );
}

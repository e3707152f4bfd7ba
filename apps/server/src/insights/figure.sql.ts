/**
 * Sums over facts, by period and breakdown: rollups for what is rolled up, the facts themselves for the hours a boundary cuts and for what
 * came after the rollups. One statement is one snapshot, so its parts add up at every moment.
 */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import { PLAN_ONCE } from '../platform/plan-modes.ts';
import { FIGURE_MEASURES, type Measures } from './figure.rules.ts';
import { BY_ITSELF, settlementMeasures, TRADE_MEASURES } from './rollup.sql.ts';
import { type Granularity, rollupPlan, segmentsOf } from './rollup-plan.rules.ts';

/** `to` null: no end, so that nothing just written is missed. `by` names what the rows of the window are told apart by, beside the operator. */
export type Window = { label: string; from: Date | null; to: Date | null; by?: 'bucket' | 'category' | 'hour_of_day' | undefined };
export type FigureRequest = { operatorId?: bigint | undefined; windows: readonly Window[]; granularity?: Granularity | undefined };
/** `key` is the start of the bucket in seconds, the place of the category, the hour of the day, or 0. */
export type FigureRow = { label: string; operator_id: bigint; key: number } & Measures;

const COLUMNS = FIGURE_MEASURES.join(', ');
const SUMS = FIGURE_MEASURES.map((name) => `sum(c.${name})::bigint as ${name}`).join(', ');

/** $1 operator or null, $2 split days, $3 raw hours with $4 first and $5 end ids, $6 from, $7 to. */
export const scopeThrough = (
  through: 'rolled_through' | 'markets_rolled_through',
): string => `scope as materialized (select id from operators where $1::bigint is null or id = $1),
  through as materialized (select ${through}() as id where $2::timestamptz[] is not null),
  raw as materialized (select * from unnest($3::timestamptz[], $4::bigint[], $5::bigint[]) as h(starts_at, first_id, end_id))`;
export const SCOPE = scopeThrough('rolled_through');
const IN_PERIOD = (column: string): string => `${column} >= $6::timestamptz and ${column} < $7::timestamptz`;
/** The start of the hour, day, ISO week or month in UTC that holds an instant. Counting from a Monday takes a tenth of what looking up a calendar does. */
export const startOf = (unit: Granularity, at: string): string =>
  unit === 'month' ? `date_trunc('month', ${at}, 'UTC')` : `date_bin('1 ${unit}', ${at}, timestamptz '2000-01-03 00:00:00Z')`;
const NOT_RAW = (column: string): string => `not ${startOf('hour', column)} = any($3::timestamptz[])`;

/** No fact is newer. A range of ids is expected to be narrow, where everything after an id would be taken for a third of the table. */
const NEWEST = '9223372036854775807';

const IN_SCOPE = '($1::bigint is null or t.operator_id = $1)';
/**
 * Filled trades that no rollup answers for: `t` of the raw hours, and of the other hours those after the rollups. Each part is a range of
 * ids, fenced off, so that one plan is right for every period.
 */
export const looseTrades = (columns: string): string => `
  select l.* from raw h cross join lateral (
    select ${columns}, t.created_at as at from trades t where t.id >= h.first_id and t.id < h.end_id and ${IN_SCOPE}
      and t.created_at >= h.starts_at and t.created_at < h.starts_at + interval '1 hour' and t.status = 'filled' and ${IN_PERIOD('t.created_at')} offset 0
  ) l
  union all
  select l.* from (
    select ${columns}, t.created_at as at from trades t where t.id > (select id from through) and t.id <= ${NEWEST} and ${IN_SCOPE}
      and ${BY_ITSELF} and ${NOT_RAW('t.created_at')} and ${IN_PERIOD('t.created_at')} offset 0
  ) l
  union all
  select l.* from (
    select t.operator_id, t.trade_id from trade_events t where t.id > (select id from through) and t.id <= ${NEWEST} and t.status = 'filled' and ${IN_SCOPE} offset 0
  ) e cross join lateral (
    select ${columns}, t.created_at as at from trades t where t.operator_id = e.operator_id and t.id = e.trade_id
      and ${NOT_RAW('t.created_at')} and ${IN_PERIOD('t.created_at')} offset 0
  ) l`;

const RECORD = `p.operator_id, p.market_id, ${settlementMeasures('case when s.corrects_id is null then p.positions else 0 end', '')}, s.decided_at as at`;
const OF_SCOPE =
  'cross join scope o cross join lateral (select * from settlement_records p where p.operator_id = o.id and p.settlement_id = s.id offset 0) p';
const LOOSE_SETTLEMENTS = `
  select ${RECORD} from raw h cross join lateral (
    select s.id, s.corrects_id, s.decided_at from market_settlements s where s.decided_at >= h.starts_at and s.decided_at < h.starts_at + interval '1 hour' and s.status = 'decided'
      and ${IN_PERIOD('s.decided_at')} offset 0
  ) s ${OF_SCOPE}
  union all
  select ${RECORD} from (
    select s.id, s.corrects_id, s.decided_at from market_settlements s where s.decision_id > (select id from through) and s.decision_id <= ${NEWEST} and ${NOT_RAW('s.decided_at')}
      and ${IN_PERIOD('s.decided_at')} offset 0
  ) s ${OF_SCOPE}`;

/**
 * Rows of a rollup: of the hours of split days, and of all other days by the day, or by the hour where asked for. `r` is the row.
 * `condition` besides operator and time; `name` of the two tables without `_hours` and `_days`.
 */
export const rolledRows = (
  name: string,
  columns: string,
  { condition = 'true', hourly }: { condition?: string; hourly: boolean },
): string => `
  select r.* from unnest($2::timestamptz[]) day cross join scope o cross join lateral (
    select ${columns} from ${name}_hours r where r.operator_id = o.id and ${condition} and r.starts_at >= greatest(day, $6::timestamptz)
      and r.starts_at < least(day + interval '1 day', $7::timestamptz) and not r.starts_at = any($3) offset 0
  ) r
  union all
  select r.* from scope o cross join lateral (
    select ${columns} from ${name}_${hourly ? 'hours' : 'days'} r where r.operator_id = o.id and ${condition} and ${IN_PERIOD('r.starts_at')}
      and not ${hourly ? startOf('day', 'r.starts_at') : 'r.starts_at'} = any($2) offset 0
  ) r`;
const rolled = (kind: 'whole' | 'category', hourly: boolean): string =>
  rolledRows('rollup', `r.operator_id, r.starts_at as at, '${kind}' as kind, r.key::int as key, ${COLUMNS}`, {
    condition: `r.kind = '${kind}'`,
    hourly,
  });

/** Which of the parts between the boundaries of all windows an instant lies in: every fact is added up once, however many windows hold it. */
export const segment = (at: string): string => `width_bucket(${at}, $12::timestamptz[])`;

const LOOSE = `${looseTrades(`t.operator_id, t.market_id, ${TRADE_MEASURES}`)} union all ${LOOSE_SETTLEMENTS}`;
/** Only who tells categories apart looks up the markets, and reads the facts twice. */
const looseFacts = (categories: boolean): string =>
  categories
    ? `loose as materialized (select l.*, m.category from (${LOOSE}) l join markets m on m.id = l.market_id)`
    : `loose as (select l.* from (${LOOSE}) l)`;

const FIGURES = (granularity: Granularity, hourly: boolean, categories: boolean): string => `
with ${SCOPE},
${looseFacts(categories)}, cells as (
  select operator_id, at, 'whole' as kind, 0 as key, ${COLUMNS} from loose
  union all ${rolled('whole', hourly)}
  ${
    categories
      ? `union all select operator_id, at, 'category', array_position($13::text[], category) - 1, ${COLUMNS} from loose
  union all ${rolled('category', false)}`
      : ''
  }
), pieces as materialized (
  select c.operator_id, c.kind, c.key, ${segment('c.at')} as segment, ${startOf(hourly ? 'hour' : granularity, 'c.at')} as bucket, ${SUMS} from cells c group by 1, 2, 3, 4, 5
)
select w.label, c.operator_id, case w.by when 'bucket' then extract(epoch from ${startOf(granularity, 'c.bucket')})::float8
  when 'hour_of_day' then extract(hour from c.bucket at time zone 'UTC')::float8 else c.key end as key, ${SUMS}
from unnest($8::text[], $9::int[], $10::int[], $11::text[]) as w(label, first, last, by)
join pieces c on c.segment between w.first and w.last and (c.kind = 'category') = (w.by = 'category')
where $13::text[] is not null group by 1, 2, 3`;

const TOTALS = `
with ${SCOPE},
${looseFacts(false)}
select 'total' as label, c.operator_id, 0::float8 as key, ${SUMS} from (
  select r.operator_id, ${COLUMNS} from scope o join rollup_totals r on r.operator_id = o.id and r.kind = 'whole' union all select operator_id, ${COLUMNS} from loose
) c group by c.operator_id`;

const earliest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce<Date | null>((first, time) => (first === null || time === null ? null : time < first ? time : first), times[0] ?? null);
const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce<Date | null>((last, time) => (last === null || time === null ? null : time > last ? time : last), times[0] ?? null);

const BEGINNING = '-infinity';
const END = 'infinity';

/** The parameters that name scope, period and plan: $1 to $7. */
export function planValues({ operatorId, windows }: Pick<FigureRequest, 'operatorId' | 'windows'>): unknown[] {
  const { splitDays, rawHours } = rollupPlan(windows.flatMap(({ from, to }) => [from, to]));
  return [
    operatorId ?? null,
    splitDays,
    rawHours.map(({ at }) => at),
    rawHours.map(({ firstId }) => firstId),
    rawHours.map(({ endId }) => endId),
    earliest(windows.map(({ from }) => from)) ?? BEGINNING,
    latest(windows.map(({ to }) => to)) ?? END,
  ];
}

/** $8 to $12. */
export function windowValues(windows: readonly Window[]): unknown[] {
  const { boundaries, spans } = segmentsOf(windows);
  return [
    windows.map(({ label }) => label),
    spans.map(({ first }) => first),
    spans.map(({ last }) => last),
    windows.map(({ by }) => by ?? 'whole'),
    boundaries,
  ];
}

/** In this transaction each named statement is planned once a connection: planning one of these takes longer than answering it. */
export const planOnce = (db: Db): Promise<unknown> => db.query(PLAN_ONCE.text, [], PLAN_ONCE.name);

/** The sums of every window by operator and key; what has no fact has no row. */
export function selectFigures(db: Db, { operatorId, windows, granularity = 'day' }: FigureRequest): Promise<FigureRow[]> {
  const hourly = windows.some(({ by }) => by === 'hour_of_day' || (by === 'bucket' && granularity === 'hour'));
  const categories = windows.some(({ by }) => by === 'category');
  return db.query<FigureRow>(
    FIGURES(granularity, hourly, categories),
    [...planValues({ operatorId, windows }), ...windowValues(windows), CATEGORIES],
    `figures-${granularity}${hourly ? '-hourly' : ''}${categories ? '-categories' : ''}`,
  );
}

/** The sums of all time, by operator, under the label `total`. */
export const selectTotals = (db: Db, operatorId?: bigint): Promise<FigureRow[]> =>
  db.query<FigureRow>(TOTALS, planValues({ operatorId, windows: [{ label: 'total', from: null, to: null }] }), 'figures-total');

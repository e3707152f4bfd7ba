/**
 * Sums over facts, by period and breakdown: rollups for what is rolled up, the facts themselves for the hours a boundary cuts and for what
 * came after the rollups. One statement is one snapshot, so its parts add up at every moment.
 */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import { MEASURES, type Measures } from './figure.rules.ts';
import { BY_ITSELF, settlementMeasures, TRADE_MEASURES } from './rollup.sql.ts';
import { type Granularity, rollupPlan } from './rollup-plan.rules.ts';

/** `to` null: no end, so that nothing just written is missed. `by` names what the rows of the window are told apart by, beside the operator. */
export type Window = { label: string; from: Date | null; to: Date | null; by?: 'bucket' | 'category' | undefined };
export type FigureRequest = { operatorId?: bigint | undefined; windows: readonly Window[]; granularity?: Granularity | undefined };
/** `key` is the start of the bucket in seconds, the place of the category, or 0. */
export type FigureRow = { label: string; operator_id: bigint; key: number } & Measures;

const COLUMNS = MEASURES.join(', ');
const SUMS = MEASURES.map((name) => `sum(c.${name})::bigint as ${name}`).join(', ');

/** $1 operator or null, $2 split days, $3 raw hours with $4 first and $5 end ids, $6 from, $7 to. */
export const SCOPE = `scope as materialized (select id from operators where $1::bigint is null or id = $1),
  through as materialized (select rolled_through() as id where $2::timestamptz[] is not null),
  raw as materialized (select * from unnest($3::timestamptz[], $4::bigint[], $5::bigint[]) as h(starts_at, first_id, end_id))`;
const IN_PERIOD = (column: string): string => `${column} >= $6::timestamptz and ${column} < $7::timestamptz`;
const NOT_RAW = (column: string): string => `not date_trunc('hour', ${column}, 'UTC') = any($3::timestamptz[])`;

/** No fact is newer. A range of ids is expected to be narrow, where everything after an id would be taken for a third of the table. */
const NEWEST = '9223372036854775807';

const trade = (columns: string): string => `${columns}, t.created_at as at`;
/** Filled trades that no rollup answers for: `t` of the raw hours, and of the other hours those after the rollups. */
export const looseTrades = (columns: string): string => `
  select ${trade(columns)} from raw h cross join scope o join trades t on t.operator_id = o.id and t.id >= h.first_id and t.id < h.end_id
  where t.created_at >= h.starts_at and t.created_at < h.starts_at + interval '1 hour' and t.status = 'filled' and ${IN_PERIOD('t.created_at')}
  union all
  select ${trade(columns)} from scope o join trades t on t.operator_id = o.id and t.id > (select id from through) and t.id <= ${NEWEST}
  where ${BY_ITSELF} and ${NOT_RAW('t.created_at')} and ${IN_PERIOD('t.created_at')}
  union all
  select ${trade(columns)} from scope o join trade_events e on e.operator_id = o.id and e.id > (select id from through) and e.id <= ${NEWEST} and e.status = 'filled'
  join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
  where ${NOT_RAW('t.created_at')} and ${IN_PERIOD('t.created_at')}`;

const RECORD = `p.operator_id, p.market_id, ${settlementMeasures('case when s.corrects_id is null then p.positions else 0 end', '')}, s.decided_at as at`;
const LOOSE_SETTLEMENTS = `
  select ${RECORD} from raw h join market_settlements s on s.decided_at >= h.starts_at and s.decided_at < h.starts_at + interval '1 hour'
  cross join scope o join settlement_records p on p.operator_id = o.id and p.settlement_id = s.id where s.status = 'decided' and ${IN_PERIOD('s.decided_at')}
  union all
  select ${RECORD} from market_settlements s cross join scope o join settlement_records p on p.operator_id = o.id and p.settlement_id = s.id
  where s.decision_id > (select id from through) and s.decision_id <= ${NEWEST} and ${NOT_RAW('s.decided_at')} and ${IN_PERIOD('s.decided_at')}`;

const ROLLED = (kind: string): string => `r.operator_id, r.starts_at, '${kind}' as kind, r.key::int`;
/** Rows of one kind: of the hours of split days, and of all other days by the day, or by the hour for buckets of an hour. */
const rolled = (kind: 'whole' | 'category', hourly: boolean): string => `
  select ${ROLLED(kind)}, ${COLUMNS} from unnest($2::timestamptz[]) day cross join scope o
  join rollup_hours r on r.operator_id = o.id and r.kind = '${kind}' and r.starts_at >= day and r.starts_at < day + interval '1 day'
  where not r.starts_at = any($3) and ${IN_PERIOD('r.starts_at')}
  union all
  select ${ROLLED(kind)}, ${COLUMNS} from scope o join ${hourly ? 'rollup_hours' : 'rollup_days'} r on r.operator_id = o.id and r.kind = '${kind}'
  where not ${hourly ? `date_trunc('day', r.starts_at, 'UTC')` : 'r.starts_at'} = any($2) and ${IN_PERIOD('r.starts_at')}`;

const FIGURES = (hourly: boolean, categories: boolean): string => `
with ${SCOPE},
loose as materialized (
  select l.*, m.category from (${looseTrades(`t.operator_id, t.market_id, ${TRADE_MEASURES}`)} union all ${LOOSE_SETTLEMENTS}) l join markets m on m.id = l.market_id
), cells as materialized (
  select operator_id, at, 'whole' as kind, 0 as key, ${COLUMNS} from loose
  union all ${rolled('whole', hourly)}
  ${
    categories
      ? `union all select operator_id, at, 'category', array_position($13::text[], category) - 1, ${COLUMNS} from loose
  union all ${rolled('category', false)}`
      : ''
  }
)
select w.label, c.operator_id, case w.by when 'bucket' then extract(epoch from date_trunc($12::text, c.at, 'UTC'))::float8 else c.key end as key, ${SUMS}
from unnest($8::text[], $9::timestamptz[], $10::timestamptz[], $11::text[]) as w(label, starts_at, ends_at, by)
join cells c on c.at >= w.starts_at and c.at < w.ends_at and (c.kind = 'category') = (w.by = 'category')
where $13::text[] is not null group by 1, 2, 3`;

const TOTALS = `
with ${SCOPE},
loose as materialized (select l.* from (${looseTrades(`t.operator_id, t.market_id, ${TRADE_MEASURES}`)} union all ${LOOSE_SETTLEMENTS}) l)
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

/** $8 to $11. */
export const windowValues = (windows: readonly Window[]): unknown[] => [
  windows.map(({ label }) => label),
  windows.map(({ from }) => from ?? BEGINNING),
  windows.map(({ to }) => to ?? END),
  windows.map(({ by }) => by ?? 'whole'),
];

/** The sums of every window by operator and key; what has no fact has no row. */
export function selectFigures(db: Db, { operatorId, windows, granularity = 'day' }: FigureRequest): Promise<FigureRow[]> {
  const hourly = granularity === 'hour' && windows.some(({ by }) => by === 'bucket');
  const categories = windows.some(({ by }) => by === 'category');
  return db.query<FigureRow>(
    FIGURES(hourly, categories),
    [...planValues({ operatorId, windows }), ...windowValues(windows), granularity, CATEGORIES],
    `figures${hourly ? '-hourly' : ''}${categories ? '-categories' : ''}`,
  );
}

/** The sums of all time, by operator, under the label `total`. */
export const selectTotals = (db: Db, operatorId?: bigint): Promise<FigureRow[]> =>
  db.query<FigureRow>(TOTALS, planValues({ operatorId, windows: [{ label: 'total', from: null, to: null }] }), 'figures-total');

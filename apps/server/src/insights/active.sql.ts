/** How many players traded: each counted once in any period, exactly. Sets of bits for what is rolled up, the trades themselves for the rest. */
import type { Db } from '../platform/db.ts';
import { type FigureRequest, looseTrades, planValues, rolledRows, SCOPE, segment, startOf, windowValues } from './figure.sql.ts';
import type { Granularity } from './rollup-plan.rules.ts';

export type ActiveRow = { label: string; operator_id: bigint; key: number; players: bigint };

/**
 * Sets are united once for each part of the period and bucket, then over the parts and buckets of each window. Players without a number have
 * never been rolled up: they are few, and counted by their ids.
 */
const ACTIVE = (granularity: Granularity, hourly: boolean): string => `
with ${SCOPE},
loose as materialized (
  select l.operator_id, l.player_id, n.number, l.at from (${looseTrades('t.operator_id, t.player_id')}) l
  left join lateral (select number from rollup_players r where r.operator_id = l.operator_id and r.player_id = l.player_id offset 0) n on true
), sets as (
  select operator_id, at, number / 4096 as part, set_bit(B'0'::bit(4096), number % 4096, 1) as players from loose where number is not null
  union all
  ${rolledRows('rollup_active', 'r.operator_id, r.starts_at, r.part, r.players', { hourly })}
), pieces as materialized (
  select operator_id, part, ${segment('at')} as segment, ${startOf(granularity, 'at')} as bucket, bit_or(players) as players from sets group by 1, 2, 3, 4
), unnumbered as materialized (
  select distinct operator_id, player_id, ${segment('at')} as segment, ${startOf(granularity, 'at')} as bucket from loose where number is null
), windows as materialized (
  select label, first, last, by = 'bucket' as by_bucket from unnest($8::text[], $9::int[], $10::int[], $11::text[]) as w(label, first, last, by)
), counted as (
  select w.label, p.operator_id, case when w.by_bucket then p.bucket end as bucket, bit_count(bit_or(p.players)) as players
  from windows w join pieces p on p.segment between w.first and w.last group by 1, 2, 3, p.part
  union all
  select w.label, u.operator_id, case when w.by_bucket then u.bucket end, count(distinct u.player_id)
  from windows w join unnumbered u on u.segment between w.first and w.last group by 1, 2, 3
)
select label, operator_id, coalesce(extract(epoch from bucket), 0)::float8 as key, sum(players)::bigint as players from counted group by 1, 2, 3`;

/** Players with a filled trade in each window, by operator and bucket. */
export function selectActive(db: Db, { operatorId, windows, granularity = 'day' }: FigureRequest): Promise<ActiveRow[]> {
  const hourly = granularity === 'hour' && windows.some(({ by }) => by === 'bucket');
  return db.query<ActiveRow>(
    ACTIVE(granularity, hourly),
    [...planValues({ operatorId, windows }), ...windowValues(windows)],
    `active-${granularity}${hourly ? '-hourly' : ''}`,
  );
}

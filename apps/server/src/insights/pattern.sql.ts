/** What players do in a period, from the rows kept of players and sessions, with what is not in them yet and the parts of days a boundary cuts off. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import { DAY_COUNTS, LOOSE, sessionsOf } from './player-figure.sql.ts';
import { type PeriodCut, periodCut } from './rollup-plan.rules.ts';

export type PatternRequest = { operatorId: bigint | undefined; from: Date; to: Date | null };
export type SessionRow = { user_agent: string | null; sessions: bigint; trades: bigint; trading: bigint; seconds: number };
/** Weeks of players by how many trades they had, and buys by size. */
export type HabitRow = Record<'one' | 'few' | 'many' | 'most' | 'small' | 'medium' | 'large' | 'huge', bigint>;

const SCOPE = 'scope as materialized (select id from operators where $1::bigint is null or id = $1)';
/** Different user agents that are told apart; the rarest beyond are not looked at. */
const MOST_AGENTS = 10_000;
/** An id may run ahead of its row's clock while a clock that went back catches up. */
const AHEAD_MS = 600_000;

/** $1 operator or null, $2 and $3 ids of sessions, [$4, $5) when they began. */
const SESSIONS = `
with ${LOOSE}, ${SCOPE},
begun as materialized (
  select s.operator_id, s.id, s.user_agent, s.created_at from scope o join player_sessions s on s.operator_id = o.id and s.id >= $2 and s.id < $3
  where s.created_at >= $4 and s.created_at < $5
), traded as (
  select operator_id, session_id, sum(trades) as trades, max(last_trade_at) as last_trade_at from (
    select r.operator_id, r.session_id, r.trades, r.last_trade_at from scope o join rollup_sessions r on r.operator_id = o.id and r.session_id >= $2 and r.session_id < $3
    union all select * from (${sessionsOf('loose')}) l
  ) t group by 1, 2
)
select b.user_agent, count(*) as sessions, coalesce(sum(t.trades), 0)::bigint as trades, count(t.session_id) as trading,
  coalesce(sum(extract(epoch from t.last_trade_at - b.created_at)), 0)::float8 as seconds
from begun b left join traded t on t.operator_id = b.operator_id and t.session_id = b.id group by 1 order by 2 desc limit ${MOST_AGENTS}`;

const LATEST = '9223372036854775807';

/** Sessions begun in the period by user agent, with all their trades. */
export const selectSessions = (db: Db, { operatorId, from, to }: PatternRequest): Promise<SessionRow[]> =>
  db.query<SessionRow>(
    SESSIONS,
    [operatorId ?? null, firstIdAt(from), to === null ? LATEST : firstIdAt(new Date(to.getTime() + AHEAD_MS)), from, to ?? 'infinity'],
    'pattern-sessions',
  );

/** $2 cut days, $3 and $4 the parts of them that count, $5 and $6 the ids their trades can have, [$7, $8) the period. */
const COUNTED = 'operator_id, player_id, starts_at, trades, small, medium, large, huge';
const DAY = `date_trunc('day', f.at, 'UTC')`;
const HABITS = `
with ${LOOSE}, ${SCOPE},
raw as materialized (
  select t.operator_id, t.player_id, t.side, t.amount_cents, t.created_at as at
  from unnest($3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[]) as c(starts_at, ends_at, first_id, end_id) cross join scope o
  join trades t on t.operator_id = o.id and t.id >= c.first_id and t.id < c.end_id
  where t.created_at >= c.starts_at and t.created_at < c.ends_at and t.status = 'filled'
), cells as (
  select r.operator_id, r.player_id, r.starts_at, r.trades, r.small, r.medium, r.large, r.huge from scope o
  join rollup_player_days r on r.operator_id = o.id and r.starts_at >= $7 and r.starts_at < $8 where not r.starts_at = any($2::timestamptz[])
  union all
  select f.operator_id, f.player_id, ${DAY}, ${DAY_COUNTS} from loose f where f.at >= $7 and f.at < $8 and not ${DAY} = any($2::timestamptz[]) group by 1, 2, 3
  union all
  select f.operator_id, f.player_id, ${DAY}, ${DAY_COUNTS} from raw f group by 1, 2, 3
), weeks as (
  select sum(trades) as trades, sum(small) as small, sum(medium) as medium, sum(large) as large, sum(huge) as huge
  from (select ${COUNTED} from cells) c group by operator_id, player_id, date_trunc('week', starts_at, 'UTC')
)
select count(*) filter (where trades = 1) as one, count(*) filter (where trades between 2 and 5) as few, count(*) filter (where trades between 6 and 10) as many,
  count(*) filter (where trades > 10) as most, coalesce(sum(small), 0)::bigint as small, coalesce(sum(medium), 0)::bigint as medium,
  coalesce(sum(large), 0)::bigint as large, coalesce(sum(huge), 0)::bigint as huge from weeks`;

const cutValues = (cuts: readonly PeriodCut[]): unknown[] => [
  cuts.map(({ day }) => day),
  cuts.map(({ from }) => from),
  cuts.map(({ to }) => to),
  cuts.map(({ firstId }) => firstId),
  cuts.map(({ endId }) => endId),
];

export async function selectHabits(db: Db, { operatorId, from, to }: PatternRequest): Promise<HabitRow> {
  const [row] = await db.query<HabitRow>(
    HABITS,
    [operatorId ?? null, ...cutValues(periodCut(from, to)), from, to ?? 'infinity'],
    'pattern-habits',
  );
  return row as HabitRow;
}

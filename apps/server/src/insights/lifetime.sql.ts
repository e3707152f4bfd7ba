/** What players were worth since they came, by segment. One statement is one snapshot. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import type { LifetimeRow, Segment } from './lifetime.rules.ts';
import { LOOSE, PLAYER_TOTALS } from './player-figure.sql.ts';

/** $1 operator or null, $2 the last instant at which a player of 30 days came. */
const MEASURES = `count(*) as players, count(w.player_id) as traders, count(*) filter (where p.created_at <= $2) as mature,
  coalesce(sum(w.revenue), 0)::bigint as revenue, coalesce(sum(w.early) filter (where p.created_at <= $2), 0)::bigint as early, coalesce(sum(w.trades), 0)::bigint as trades,
  coalesce(sum(w.volume), 0)::bigint as volume, coalesce(sum(extract(epoch from w.last_at - w.first_at)), 0)::float8 as lifespan_seconds`;
const SUMS = `sum(trades) as trades, sum(volume_cents) as volume, sum(spread_cents + fee_cents) as revenue, sum(early_cents) as early, min(first_at) as first_at, max(last_at) as last_at`;

const WHOLE = (label: string): string => `
with ${LOOSE}, worth as materialized (select operator_id, player_id, ${SUMS} from (${PLAYER_TOTALS}) t group by 1, 2)
select ${label} as label, ${MEASURES} from players p join operators o on o.id = p.operator_id
left join worth w on w.operator_id = p.operator_id and w.player_id = p.id where $1::bigint is null or p.operator_id = $1 group by 1`;
const BY_CATEGORY = `
with ${LOOSE}, worth as materialized (select operator_id, player_id, category, ${SUMS} from (${PLAYER_TOTALS}) t group by 1, 2, 3)
select ('{${CATEGORIES.join(',')}}'::text[])[w.category + 1] as label, ${MEASURES} from worth w join players p on p.operator_id = w.operator_id and p.id = w.player_id group by 1`;
const STATEMENTS = { operator: WHOLE('o.slug'), tier: WHOLE('p.tier'), category: BY_CATEGORY };

export const selectLifetimes = (db: Db, segment: Segment, operatorId: bigint | undefined, matureBy: Date): Promise<LifetimeRow[]> =>
  db.query<LifetimeRow>(STATEMENTS[segment], [operatorId ?? null, matureBy], `lifetime-${segment}`);

/** Players by the month they came. */
export const selectMonthlySignups = (db: Db, operatorId: bigint | undefined): Promise<{ month: Date; players: bigint }[]> =>
  db.query<{ month: Date; players: bigint }>(
    `select date_trunc('month', at, 'UTC') as month, sum(players)::bigint as players from (
       select starts_at as at, players from rollup_signups where $1::bigint is null or operator_id = $1
       union all select created_at, 1 from rollup_arrivals where $1::bigint is null or operator_id = $1
     ) s group by 1 order by 1`,
    [operatorId ?? null],
    'monthly-signups',
  );

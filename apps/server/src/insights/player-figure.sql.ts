/** Figures of single players, added up behind the facts; readers take these rows and what came after. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import { BY_ITSELF } from './rollup.sql.ts';

/** A fact counts as early in the life of its player for so long. */
const EARLY = `interval '30 days'`;
const NEWEST = '9223372036854775807';

const COLUMNS =
  't.id as trade_id, t.operator_id, t.player_id, t.market_id, t.side, t.amount_cents, t.fee_cents, t.spread_cents, t.created_at as at';
/** Trades and fills with ids above the one and up to the other expression. */
export const tradeFacts = (after: string, through: string): string => `
  select ${COLUMNS} from trades t where t.id > ${after} and t.id <= ${through} and ${BY_ITSELF}
  union all
  select ${COLUMNS} from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
  where e.id > ${after} and e.id <= ${through} and e.status = 'filled'`;

/** The facts no row of a player answers for yet, of one operator ($1) or all: `through` and `loose`. */
export const LOOSE = `through as materialized (select last_id as id from rollup_player_state),
  loose as materialized (select * from (${tradeFacts('(select id from through)', NEWEST)}) f where $1::bigint is null or operator_id = $1)`;

const CATEGORY = `array_position('{${CATEGORIES.join(',')}}'::text[], m.category) - 1`;
/** Facts by player and category. */
export const totalsOf = (from: string): string => `
  select f.operator_id, f.player_id, (${CATEGORY})::smallint as category, count(*) as trades, sum(f.amount_cents)::bigint as volume_cents, sum(f.spread_cents)::bigint as spread_cents,
    sum(f.fee_cents)::bigint as fee_cents, coalesce(sum(f.spread_cents + f.fee_cents) filter (where f.at < p.created_at + ${EARLY}), 0)::bigint as early_cents,
    min(f.at) as first_at, max(f.at) as last_at
  from ${from} f join markets m on m.id = f.market_id join players p on p.operator_id = f.operator_id and p.id = f.player_id group by 1, 2, 3`;
const TOTAL_COLUMNS = 'operator_id, player_id, category, trades, volume_cents, spread_cents, fee_cents, early_cents, first_at, last_at';
/** Every player and category with a trade, rolled up or not; some twice. */
export const PLAYER_TOTALS = `select ${TOTAL_COLUMNS} from rollup_player_totals where $1::bigint is null or operator_id = $1 union all ${totalsOf('loose')}`;

const size = (name: string, least: number, below: number | null): string =>
  `count(*) filter (where f.side = 'buy' and f.amount_cents >= ${least}${below === null ? '' : ` and f.amount_cents < ${below}`})::int as ${name}`;
/** Counts of trades and of buys by size, of facts `f`. */
export const DAY_COUNTS = `count(*)::int as trades, ${size('small', 0, 500)}, ${size('medium', 500, 2_000)}, ${size('large', 2_000, 10_000)}, ${size('huge', 10_000, null)}`;

/** The session a trade was made in: the latest of the player begun before it, unless that had expired. */
export const sessionsOf = (from: string): string => `
  select s.operator_id, s.id as session_id, count(*)::int as trades, max(f.at) as last_trade_at from ${from} f
  cross join lateral (
    select s.operator_id, s.id, s.expires_at from player_sessions s where s.player_id = f.player_id and s.operator_id = f.operator_id and s.created_at <= f.at
    order by s.id desc limit 1
  ) s where s.expires_at > f.at group by 1, 2`;

/** Facts by player and day. */
export const daysOf = (from: string): string =>
  `select f.operator_id, date_trunc('day', f.at, 'UTC') as starts_at, f.player_id, ${DAY_COUNTS} from ${from} f group by 1, 2, 3`;

const SLICE = `
with facts as materialized (${tradeFacts('$1', '$2')}),
totals as (
  insert into rollup_player_totals as old (${TOTAL_COLUMNS}) ${totalsOf('facts')}
  on conflict (operator_id, player_id, category) do update set trades = old.trades + excluded.trades, volume_cents = old.volume_cents + excluded.volume_cents,
    spread_cents = old.spread_cents + excluded.spread_cents, fee_cents = old.fee_cents + excluded.fee_cents, early_cents = old.early_cents + excluded.early_cents,
    first_at = least(old.first_at, excluded.first_at), last_at = greatest(old.last_at, excluded.last_at)
), days as (
  insert into rollup_player_days as old (operator_id, starts_at, player_id, trades, small, medium, large, huge)
  ${daysOf('facts')}
  on conflict (operator_id, starts_at, player_id) do update set trades = old.trades + excluded.trades, small = old.small + excluded.small,
    medium = old.medium + excluded.medium, large = old.large + excluded.large, huge = old.huge + excluded.huge
), sessions as (
  insert into rollup_sessions as old (operator_id, session_id, trades, last_trade_at) ${sessionsOf('facts')}
  on conflict (operator_id, session_id) do update set trades = old.trades + excluded.trades, last_trade_at = greatest(old.last_trade_at, excluded.last_trade_at)
)
select count(*) as facts from facts`;

/** The id up to which the rows reach, locked; undefined while another process has it. */
export async function lockPlayerState(db: Db): Promise<bigint | undefined> {
  const [row] = await db.query<{ last_id: bigint }>('select last_id from rollup_player_state for no key update skip locked');
  return row?.last_id;
}

/** Adds the facts with ids in (after, through] and moves the state. Returns how many there were. */
export async function addPlayerSlice(db: Db, after: bigint, through: bigint): Promise<bigint> {
  const [row] = await db.query<{ facts: bigint }>(SLICE, [after, through], 'player-figures-slice');
  await db.query('update rollup_player_state set last_id = $1', [through]);
  return row?.facts ?? 0n;
}

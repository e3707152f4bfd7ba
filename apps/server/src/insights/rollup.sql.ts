/** Adding facts to the rollups: one slice of ids is one transaction. Only whoever has locked the state writes here. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';
import { MEASURES } from './figure.rules.ts';

/** In the order of their numbers. */
const TIERS = ['normal', 'sharp', 'restricted', 'banned'] as const;
const arrayOf = (names: readonly string[]): string => `'{${names.join(',')}}'::text[]`;

const ADDED = (table: string): string => MEASURES.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
const SUMS = MEASURES.map((name) => `sum(${name})::bigint as ${name}`).join(', ');
const COLUMNS = MEASURES.join(', ');

/** A filled trade `t` as measures. */
export const TRADE_MEASURES = `(t.side = 'buy')::int::bigint as buys, (t.side = 'sell')::int::bigint as sells, case t.side when 'buy' then t.amount_cents else 0 end as buy_cents,
  case t.side when 'sell' then t.amount_cents else 0 end as sell_cents, t.fee_cents, t.spread_cents, coalesce(case t.side when 'sell' then t.realized_pnl_cents end, 0) as realized_cents,
  0::bigint as settled, 0::bigint as settlement_pnl_cents, 0::bigint as settlement_fee_cents`;
/** A payout or record `p` of a decided settlement as measures; `settled` counts the positions it closed. */
export const settlementMeasures = (settled: string, earlier: string): string =>
  `0::bigint as buys, 0::bigint as sells, 0::bigint as buy_cents, 0::bigint as sell_cents, 0::bigint as fee_cents, 0::bigint as spread_cents, 0::bigint as realized_cents,
  ${settled} as settled, p.cost_cents - p.payout_cents${earlier ? ' + p.earlier_payout_cents' : ''} as settlement_pnl_cents, p.fee_cents${earlier ? ' - p.earlier_fee_cents' : ''} as settlement_fee_cents`;
/** Whether a trade `t` is a fact by its own id; a buy that waits for a wallet becomes one with its fill. */
export const BY_ITSELF = `not (t.wallet_mode = 'seamless' and t.side = 'buy')`;

const TRADE_FACTS = `
  select t.id as fact_id, t.operator_id, t.player_id, t.market_id, t.created_at as at, ${TRADE_MEASURES}
  from trades t where t.id > $1 and t.id <= $2 and ${BY_ITSELF}
  union all
  select e.id, t.operator_id, t.player_id, t.market_id, t.created_at, ${TRADE_MEASURES}
  from trade_events e join trades t on t.operator_id = e.operator_id and t.id = e.trade_id
  where e.id > $1 and e.id <= $2 and e.status = 'filled'`;
const PAYOUT_FACTS = `
  select s.decision_id as fact_id, p.operator_id, p.player_id, p.market_id, s.decided_at as at, ${settlementMeasures('(s.corrects_id is null)::int::bigint', 'earlier')}
  from market_settlements s cross join operators o join settlement_payouts p on p.operator_id = o.id and p.settlement_id = s.id
  where s.decision_id > $1 and s.decision_id <= $2`;
/** Facts with ids in ($1, $2]; the proofs take the same text. */
export const FACTS = `${TRADE_FACTS} union all ${PAYOUT_FACTS}`;

/** The ids up to which everything is in the rollups, and in those of markets. */
export type RolledThrough = { lastId: bigint; marketsLastId: bigint };
/** How far it is, locked; undefined while another process has it. */
export async function lockState(db: Db): Promise<RolledThrough | undefined> {
  const [row] = await db.query<RolledThrough>(
    'select last_id as "lastId", markets_last_id as "marketsLastId" from rollup_state for no key update skip locked',
  );
  return row;
}

/** The end of the next slice: the newest id, or that of the trade `most` further on. Ids are in commit order: what is not there now comes later. */
export async function sliceEnd(db: Db, after: bigint, most: number): Promise<bigint> {
  const [row] = await db.query<{ last_id: bigint }>(
    `select coalesce((select id from trades where id > $1 order by id offset $2 limit 1), greatest($1, (select last_id from sequencer))) as last_id`,
    [after, most],
    'rollup-slice',
  );
  return row?.last_id ?? after;
}

/** Numbers players seen for the first time and notes tiers that are not what they were. */
const PLAYERS = `
with seen as materialized (select distinct operator_id, player_id from (${FACTS}) f),
known as materialized (
  select s.operator_id, s.player_id, coalesce(p.tier, r.tier, 'normal') as tier, r.number, r.tier as recorded
  from seen s
  left join players p on p.operator_id = s.operator_id and p.id = s.player_id
  left join rollup_players r on r.operator_id = s.operator_id and r.player_id = s.player_id
), added as (
  insert into rollup_players (operator_id, player_id, number, tier)
  select k.operator_id, k.player_id, coalesce(n.last, -1) + row_number() over (partition by k.operator_id order by k.player_id), k.tier
  from known k left join lateral (select max(number) as last from rollup_players r where r.operator_id = k.operator_id) n on true
  where k.number is null
), changed as (
  update rollup_players r set tier = k.tier from known k
  where r.operator_id = k.operator_id and r.player_id = k.player_id and k.number is not null and k.tier <> k.recorded
)
insert into rollup_tiers (operator_id, player_id, after_id, tier)
select operator_id, player_id, $1, tier from known where tier <> coalesce(recorded, 'normal')`;

const upsert = (table: string, key: string, start: string): string => `
  insert into ${table} as old (operator_id, kind, key${start ? ', starts_at' : ''}, ${COLUMNS})
  select operator_id, kind, ${key}${start}, ${SUMS} from cells group by operator_id, kind, key${start}
  on conflict (operator_id, kind, ${start ? 'starts_at, ' : ''}key) do update set ${ADDED('old')}`;

const DAY = `date_trunc('day', hour, 'UTC')`;
const ACTIVE = (table: string, start: string): string => `
  insert into ${table} as old (operator_id, starts_at, part, players)
  select operator_id, ${start}, number / 4096, bit_or(set_bit(B'0'::bit(4096), number % 4096, 1)) from who group by 1, 2, 3
  on conflict (operator_id, starts_at, part) do update set players = old.players | excluded.players`;

/** In a rebuild: the tier that counted when the fact was first rolled up. */
export const TIER_THEN = `coalesce((select h.tier from rollup_tiers h where h.operator_id = f.operator_id and h.player_id = f.player_id and h.after_id < f.fact_id
    order by h.after_id desc limit 1), 'normal')`;

/** The kinds of figures by the hour that a fact of this category and tier counts in, with its key in each. */
export const kinds = (category: string, tier: string): string => `(values ('whole', 0::bigint),
  ('category', array_position(${arrayOf(CATEGORIES)}, ${category})::bigint - 1), ('tier', array_position(${arrayOf(TIERS)}, ${tier})::bigint - 1)) as k(kind, key)`;

const SUMS_OF_C = MEASURES.map((name) => `sum(c.${name})::bigint as ${name}`).join(', ');
/** One look by key for each fact, where a join would read every player there is at each step. */
const NUMBERED =
  'cross join lateral (select number, tier from rollup_players n where n.operator_id = f.operator_id and n.player_id = f.player_id offset 0) r';

const cells = (tier: string): string => `
with facts as materialized (
  select f.*, date_trunc('hour', f.at, 'UTC') as hour, r.number, m.category, ${tier} as tier from (${FACTS}) f ${NUMBERED} join markets m on m.id = f.market_id
), fine as materialized (
  select operator_id, hour, category, tier, ${SUMS} from facts group by 1, 2, 3, 4
), cells as materialized (
  select c.operator_id, c.hour, k.kind, k.key, ${SUMS_OF_C} from fine c cross join lateral ${kinds('c.category', 'c.tier')} group by 1, 2, 3, 4
), who as materialized (
  select distinct operator_id, hour, number from facts where buys + sells > 0
), hours as (${upsert('rollup_hours', 'key', ', hour')}
), days as (${upsert('rollup_days', 'key', `, ${DAY}`)}
), totals as (${upsert('rollup_totals', 'key', '')}
), active_hours as (${ACTIVE('rollup_active_hours', 'hour')}
), active_days as (${ACTIVE('rollup_active_days', DAY)}
)
select count(*) as facts from facts`;

const CELLS = cells('r.tier');
const CELLS_AGAIN = cells(TIER_THEN);

/** Adds the facts with ids in (after, through] and moves the state. Returns how many there were. `again`: players and tiers are noted already. */
export async function addSlice(db: Db, after: bigint, through: bigint, again = false): Promise<bigint> {
  if (!again) await db.query(PLAYERS, [after, through]);
  // Not prepared: a slice is a few facts or fifty thousand, and a plan for the one is none for the other.
  const [row] = await db.query<{ facts: bigint }>(again ? CELLS_AGAIN : CELLS, [after, through]);
  await db.query('update rollup_state set last_id = $1', [through]);
  return row?.facts ?? 0n;
}

/** Markets are many: they follow in larger steps, so that an hour and a day of a market are not written again with each of its trades. */
const MARKETS = `
with cells as materialized (
  select f.operator_id, 'market' as kind, f.market_id as key, date_trunc('hour', f.at, 'UTC') as hour, ${SUMS} from (${FACTS}) f group by 1, 3, 4
), hours as (${upsert('rollup_hours', 'key', ', hour')}
)${upsert('rollup_days', 'key', `, ${DAY}`)}`;

/** Adds the facts with ids in (after, through] to the hours and days of markets. */
export async function addMarkets(db: Db, after: bigint, through: bigint): Promise<void> {
  await db.query(MARKETS, [after, through]);
  await db.query('update rollup_state set markets_last_id = $1', [through]);
}

const arrived = (table: string, unit: string): string => `
  insert into ${table} as old (operator_id, starts_at, players)
  select operator_id, date_trunc('${unit}', created_at, 'UTC'), count(*) from gone group by 1, 2
  on conflict (operator_id, starts_at) do update set players = old.players + excluded.players`;
const ARRIVALS = `
with gone as (delete from rollup_arrivals returning operator_id, created_at), days as (${arrived('rollup_signup_days', 'day')})
${arrived('rollup_signups', 'hour')}`;

export const addArrivals = (db: Db): Promise<unknown> => db.query(ARRIVALS, [], 'rollup-arrivals');

const MOVES = `
with gone as (delete from rollup_player_moves returning operator_id, tier, players)
insert into rollup_player_counts as old (operator_id, tier, players) select operator_id, tier, sum(players) from gone group by 1, 2
on conflict (operator_id, tier) do update set players = old.players + excluded.players`;

export const addPlayerMoves = (db: Db): Promise<unknown> => db.query(MOVES, [], 'rollup-player-moves');

/** Empties what follows from facts alone; numbers and tiers of players stay, or the tiers of the past would be lost. */
export async function clearRollups(db: Db): Promise<void> {
  const tables = ['totals', 'days', 'hours', 'active_days', 'active_hours'];
  for (const table of tables) await db.query(`delete from rollup_${table}`);
  await db.query('update rollup_state set last_id = 0, markets_last_id = 0');
}

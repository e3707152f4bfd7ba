/** Proofs about the rollups: up to the id they have reached they say what the facts say, and nothing else. */

import { PLAYER_COUNTS } from '../risk/risk.ts';
import type { BookCheck } from './book-check.rules.ts';
import { MEASURES } from './figure.rules.ts';
import { holdingsAt } from './holding.sql.ts';
import { FACTS, kinds, TIER_THEN } from './rollup.sql.ts';

const through = (last: string): string => FACTS.replaceAll('$1', '(0::bigint)').replaceAll('$2', `(select ${last} from rollup_state)`);
/** Every fact that is rolled up, and that is in the hours and days of its market. */
const ROLLED = through('last_id');
const ROLLED_MARKETS = through('markets_last_id');
const SUMS = MEASURES.map((name) => `sum(${name})::bigint as ${name}`).join(', ');
const shown = (row: string): string => `concat_ws('/', ${MEASURES.map((name) => `${row}.${name}`).join(', ')})`;

/** Rows of (operator_id, starts_at, key, measures) on both sides that differ; `key` says what they are of. */
const differing = (what: string, expected: string, found: string): string => `
  select format('${what} of %s from %s of operator:%s', coalesce(e.key, r.key), coalesce(e.starts_at, r.starts_at), coalesce(e.operator_id, r.operator_id)) as subject,
    case when e.operator_id is null then 'no such row' else ${shown('e')} end as expected, case when r.operator_id is null then 'no such row' else ${shown('r')} end as found
  from (${expected}) e full join (${found}) r on r.operator_id = e.operator_id and r.starts_at = e.starts_at and r.key = e.key
  where e.operator_id is null or r.operator_id is null or ${shown('e')} <> ${shown('r')}`;

const KEY = `kind || ' ' || key`;
const day = (column: string): string => `date_trunc('day', ${column}, 'UTC')`;
const BEGINNING = `'-infinity'::timestamptz`;
const rows = (table: string, start = 'starts_at', kinds = `<> 'market'`): string =>
  `select operator_id, ${start} as starts_at, ${KEY} as key, ${MEASURES.join(', ')} from ${table} where kind ${kinds}`;
const ofHours = (start: string): string =>
  `select operator_id, ${start} as starts_at, ${KEY} as key, ${SUMS} from rollup_hours where kind <> 'market' group by 1, 2, 3`;
const MARKETS = `= 'market'`;
/** Markets by the hour or the day, as the facts say. */
const ofMarkets = (unit: 'hour' | 'day'): string =>
  `select operator_id, date_trunc('${unit}', at, 'UTC') as starts_at, 'market ' || market_id as key, ${SUMS} from (${ROLLED_MARKETS}) f group by 1, 2, 3`;

const SETS = `select f.operator_id, date_trunc('hour', f.at, 'UTC') as starts_at, p.number / 4096 as part, bit_or(set_bit(B'0'::bit(4096), p.number % 4096, 1)) as players
  from (${ROLLED}) f join rollup_players p on p.operator_id = f.operator_id and p.player_id = f.player_id where f.buys + f.sells > 0 group by 1, 2, 3`;
const differingSets = (name: string, expected: string): string => `
  select format('players %s x 4096 of ${name} %s of operator:%s', coalesce(e.part, r.part), coalesce(e.starts_at, r.starts_at), coalesce(e.operator_id, r.operator_id)) as subject,
    coalesce(bit_count(e.players) || ' players', 'no such row') as expected, coalesce(bit_count(r.players) || ' players', 'no such row') as found
  from (${expected}) e full join ${name} r on r.operator_id = e.operator_id and r.starts_at = e.starts_at and r.part = e.part
  where e.players is distinct from r.players`;

const differingArrivals = (unit: 'hour' | 'day', table: string): string => `
  select format('players of operator:%s who came in the ${unit} from %s', coalesce(p.operator_id, c.operator_id), coalesce(p.starts_at, c.starts_at)),
    coalesce(p.players, 0) || ' players', coalesce(c.players, 0) || ' players'
  from (select operator_id, date_trunc('${unit}', created_at, 'UTC') as starts_at, count(*) as players from players group by 1, 2) p
  full join (
    select operator_id, starts_at, sum(players)::bigint as players from (
      select operator_id, starts_at, players from ${table} union all select operator_id, date_trunc('${unit}', created_at, 'UTC'), 1 from rollup_arrivals
    ) came group by 1, 2
  ) c on c.operator_id = p.operator_id and c.starts_at = p.starts_at
  where coalesce(p.players, 0) <> coalesce(c.players, 0)`;

const DIFFERING_COUNTS = `
  select format('%s players of operator:%s', coalesce(p.tier, c.tier), coalesce(p.operator_id, c.operator_id)), coalesce(p.players, 0) || ' players', coalesce(c.players, 0) || ' players'
  from (select operator_id, tier, count(*) as players from players group by 1, 2) p
  full join (select operator_id, tier, sum(players)::bigint as players from (${PLAYER_COUNTS}) counted group by 1, 2) c on c.operator_id = p.operator_id and c.tier = p.tier
  where coalesce(p.players, 0) <> coalesce(c.players, 0)`;

export const ROLLUP_CHECKS: readonly BookCheck[] = [
  {
    name: 'rollup_facts',
    claim:
      'the figures of every hour, by operator, category, tier and market, and of the days of markets are the sums of the trades and settlements rolled up',
    compared: `select count(*) from (${ROLLED}) f`,
    differences: `${differing(
      'hour',
      `select f.operator_id, f.starts_at, k.kind || ' ' || k.key as key, ${MEASURES.map((name) => `sum(f.${name})::bigint as ${name}`).join(', ')} from (
         select operator_id, starts_at, category, tier, ${SUMS} from (
           select f.*, date_trunc('hour', f.at, 'UTC') as starts_at, m.category, ${TIER_THEN} as tier from (${ROLLED}) f join markets m on m.id = f.market_id
         ) facts group by 1, 2, 3, 4
       ) f cross join lateral ${kinds('f.category', 'f.tier')} group by 1, 2, 3`,
      rows('rollup_hours'),
    )} union all ${differing('hour', ofMarkets('hour'), rows('rollup_hours', 'starts_at', MARKETS))}
      union all ${differing('day', ofMarkets('day'), rows('rollup_days', 'starts_at', MARKETS))}`,
  },
  {
    name: 'rollup_sums',
    claim: 'the figures of days and of all time are the sums of those by the hour',
    compared: 'select (select count(*) from rollup_days) + (select count(*) from rollup_totals)',
    differences: `${differing('day', ofHours(day('starts_at')), rows('rollup_days'))} union all ${differing('total', ofHours(BEGINNING), rows('rollup_totals', BEGINNING))}`,
  },
  {
    name: 'rollup_players',
    claim:
      'the sets of players of every hour and day are those who traded in it, and every player who came is counted once, by the day and by tier',
    compared:
      'select (select count(*) from rollup_active_hours) + (select count(*) from rollup_active_days) + (select count(*) from players)',
    differences: `${differingSets('rollup_active_hours', SETS)}
      union all
      ${differingSets('rollup_active_days', `select operator_id, ${day('starts_at')} as starts_at, part, bit_or(players) as players from (${SETS}) s group by 1, 2, 3`)}
      union all
      ${differingArrivals('hour', 'rollup_signups')}
      union all
      ${differingArrivals('day', 'rollup_signup_days')}
      union all
      ${DIFFERING_COUNTS}`,
  },
  {
    name: 'rollup_holdings',
    claim: 'the counts of open positions are those of the positions, less what came after',
    compared: 'select count(*) from rollup_holdings',
    differences: `select 'operator:' || h.operator_id as subject, e.open_positions || ' open' as expected, h.open_positions || ' open' as found
      from rollup_holdings h left join (${holdingsAt('(select last_id from rollup_state)')}) e on e.operator_id = h.operator_id where h.open_positions is distinct from e.open_positions`,
  },
];

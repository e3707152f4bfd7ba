/** Proofs about the figures of single players: up to the id they have reached they say what trades and fills say. */
import type { BookCheck } from './book-check.rules.ts';
import { daysOf, sessionsOf, totalsOf, tradeFacts } from './player-figure.sql.ts';

const FACTS = `facts as materialized (${tradeFacts('(0::bigint)', '(select last_id from rollup_player_state)')})`;
type Rolled = { table: string; expected: string; key: readonly string[]; figures: readonly string[]; what: string };

/** Rows of the table and of the facts that differ; `what` says what one is of, from its key `k`. */
const differing = ({ table, expected, key, figures, what }: Rolled): string => {
  const shown = (row: string): string => `concat_ws(', ', ${figures.map((name) => `'${name} ' || ${row}.${name}`).join(', ')})`;
  return `
    select format(${what}, 'operator:' || k.operator_id) as subject, case when e.operator_id is null then 'no such row' else ${shown('e')} end as expected,
      case when r.operator_id is null then 'no such row' else ${shown('r')} end as found
    from (${expected}) e full join ${table} r on ${key.map((name) => `r.${name} = e.${name}`).join(' and ')}
    cross join lateral (select ${key.map((name) => `coalesce(e.${name}, r.${name}) as ${name}`).join(', ')}) k
    where e.operator_id is null or r.operator_id is null or (${figures.map((name) => `e.${name}`).join(', ')}) <> (${figures.map((name) => `r.${name}`).join(', ')})`;
};

const TOTALS = differing({
  table: 'rollup_player_totals',
  expected: totalsOf('facts'),
  key: ['operator_id', 'player_id', 'category'],
  figures: ['trades', 'volume_cents', 'spread_cents', 'fee_cents', 'early_cents', 'first_at', 'last_at'],
  what: `'player:' || k.player_id || ' in category ' || k.category || ' of %s'`,
});
const DAYS = differing({
  table: 'rollup_player_days',
  expected: daysOf('facts'),
  key: ['operator_id', 'starts_at', 'player_id'],
  figures: ['trades', 'small', 'medium', 'large', 'huge'],
  what: `'player:' || k.player_id || ' on the day from ' || k.starts_at || ' of %s'`,
});
const SESSIONS = differing({
  table: 'rollup_sessions',
  expected: sessionsOf('facts'),
  key: ['operator_id', 'session_id'],
  figures: ['trades', 'last_trade_at'],
  what: `'session ' || k.session_id || ' of %s'`,
});

export const PLAYER_FIGURE_CHECKS: readonly BookCheck[] = [
  {
    name: 'rollup_player_totals',
    claim: "each player's trades, volume, spread and fees by category are the sums of the trades rolled up",
    compared: 'select count(*) from rollup_player_totals',
    differences: `with ${FACTS} ${TOTALS}`,
  },
  {
    name: 'rollup_player_days',
    claim: "each player's trades by day, and buys by size, are those of the trades rolled up",
    compared: 'select count(*) from rollup_player_days',
    differences: `with ${FACTS} ${DAYS}`,
  },
  {
    name: 'rollup_sessions',
    claim: 'the trades of each player session, and the last of them, are those rolled up',
    compared: 'select count(*) from rollup_sessions',
    differences: `with ${FACTS} ${SESSIONS}`,
  },
];

/** Proofs about risk: exposure against open positions and trades, caps, and the record of refusals. */
import type { BookCheck } from './book-check.rules.ts';

/** $1 is the list of categories: a category's number is its place in it. */
const EXPOSURE_FACTS = `
  held as (
    select operator_id, market_id,
      coalesce(sum(quantity) filter (where outcome = 'yes'), 0) as yes_shares, coalesce(sum(quantity) filter (where outcome = 'no'), 0) as no_shares,
      sum(cost_cents) as cost_cents
    from (select operator_id, market_id, outcome, quantity, cost_cents from positions
      union all select operator_id, market_id, outcome, quantity, amount_cents from trades where status = 'pending') as open group by 1, 2
  ), traded as (
    select operator_id, market_id, sum(amount_cents) as volume_cents, count(*) as trade_count from trades where status = 'filled' group by 1, 2
  ), by_market as (
    select coalesce(h.operator_id, t.operator_id) as operator_id, coalesce(h.market_id, t.market_id) as market_id,
      coalesce(h.yes_shares, 0) as yes_shares, coalesce(h.no_shares, 0) as no_shares, coalesce(h.cost_cents, 0) as cost_cents,
      coalesce(t.volume_cents, 0) as volume_cents, coalesce(t.trade_count, 0) as trade_count
    from held h full join traded t on t.operator_id = h.operator_id and t.market_id = h.market_id
  ), facts as (
    select scopes.operator_id, scopes.scope, scopes.key, sum(yes_shares) as yes_shares, sum(no_shares) as no_shares, sum(cost_cents) as cost_cents,
      sum(volume_cents) as volume_cents, sum(trade_count) as trade_count
    from by_market b
    left join markets m on m.id = b.market_id
    cross join lateral (select coalesce(array_position($1::text[], m.category) - 1, -1)::bigint as number) as category
    cross join lateral (values
      (0::bigint, 0, 0::bigint), (0, 1, category.number), (0, 2, b.market_id),
      (b.operator_id, 0, 0), (b.operator_id, 1, category.number), (b.operator_id, 2, b.market_id)
    ) as scopes (operator_id, scope, key)
    group by 1, 2, 3
  )`;

/** A scope in words, e.g. "operator 7, market 12". */
const SCOPE_NAME = (operator: string, scope: string, key: string): string => `
  case ${operator} when 0 then 'the platform' else 'operator:' || ${operator} end
    || case ${scope} when 0 then '' when 1 then ', category ' || coalesce(($1::text[])[${key} + 1], 'unknown') else ', market:' || ${key} end`;

const FIGURES = (alias: string): string =>
  `format('yes %s, no %s, cost %s, volume %s, trades %s', ${['yes_shares', 'no_shares', 'cost_cents', 'volume_cents', 'trade_count'].map((column) => `coalesce(${alias}.${column}, 0)`).join(', ')})`;

export const RISK_CHECKS: readonly BookCheck[] = [
  {
    name: 'exposure',
    claim: 'the exposure of every scope equals its open positions and pending buys, and its cost, volume and trade count the facts',
    compared: 'select count(*) from exposure',
    withCategories: true,
    differences: `
      with ${EXPOSURE_FACTS}
      select ${SCOPE_NAME('coalesce(f.operator_id, e.operator_id)', 'coalesce(f.scope, e.scope)', 'coalesce(f.key, e.key)')} as subject,
        ${FIGURES('f')} as expected, ${FIGURES('e')} as found
      from facts f full join exposure e on e.operator_id = f.operator_id and e.scope = f.scope and e.key = f.key
      where (coalesce(f.yes_shares, 0), coalesce(f.no_shares, 0), coalesce(f.cost_cents, 0), coalesce(f.volume_cents, 0), coalesce(f.trade_count, 0))
        <> (coalesce(e.yes_shares, 0), coalesce(e.no_shares, 0), coalesce(e.cost_cents, 0), coalesce(e.volume_cents, 0), coalesce(e.trade_count, 0))`,
  },
  {
    name: 'exposure_caps',
    claim: 'no scope holds more than its cap',
    compared: 'select count(*) from exposure',
    withCategories: true,
    differences: `
      select ${SCOPE_NAME('operator_id', 'scope', 'key')} as subject, 'at most ' || cap_shares as expected, (yes_shares + no_shares)::text as found
      from exposure where yes_shares + no_shares > cap_shares`,
  },
];

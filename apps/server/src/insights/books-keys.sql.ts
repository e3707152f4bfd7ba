/** Proofs about idempotency keys: what each answer names exists, belongs to who asked, and is named by that answer alone. */
import type { BookCheck } from './book-check.rules.ts';

/** Every trade a key of a client names: one by column, several in the answer. Keys of used quotes are not clients'. */
const NAMED_TRADES = `
  named as (
    select operator_id, owner_id, key, trade_id from idempotency_keys where trade_id is not null and key not like 'quote/%'
    union all
    select operator_id, owner_id, key, ids.id::bigint
    from idempotency_keys cross join lateral jsonb_array_elements_text(answer -> 'trades') as ids (id) where answer ? 'trades'
  ), by_trade as (
    select trade_id, count(*) as keys, min(operator_id) as operator_id, min(owner_id) as owner_id, min(key) as key from named group by 1
  )`;

/** A refusal of a wall or breaker, counted by player in the answers and in the risk events. */
const refusalsOf = (code: string, eventType: string): string => `
  select '${code}' as code, coalesce(k.operator_id, e.operator_id) as operator_id, coalesce(k.owner_id, e.player_id) as player_id,
    coalesce(k.refusals, 0) as refusals, coalesce(e.events, 0) as events
  from (select operator_id, owner_id, count(*) as refusals from idempotency_keys where answer ->> 'refused' = '${code}' group by 1, 2) as k
  full join (
    select operator_id, player_id, count(*) as events from risk_events where type = '${eventType}' and scope ->> 'kind' = 'refused' group by 1, 2
  ) as e on e.operator_id = k.operator_id and e.player_id = k.owner_id`;

export const KEY_CHECKS: readonly BookCheck[] = [
  {
    name: 'trade_keys',
    claim: 'every trade was asked for under exactly one key, of its own operator and player, and every key that names a trade has it',
    compared: `select count(*) from trades`,
    differences: `
      with ${NAMED_TRADES}
      select 'trade:' || coalesce(t.id, k.trade_id) as subject,
        coalesce(format('one key of operator:%s and player:%s', t.operator_id, t.player_id), 'a trade, as key ' || k.key || ' names it') as expected,
        case when t.id is null then 'no such trade' when k.keys is null then 'no key'
          else format('%s keys, the first %s of operator:%s and player:%s', k.keys, k.key, k.operator_id, k.owner_id) end as found
      from trades t full join by_trade k on k.trade_id = t.id
      where t.id is null or k.keys is distinct from 1 or k.operator_id <> t.operator_id or k.owner_id <> t.player_id`,
  },
  {
    name: 'used_quotes',
    claim: 'every used quote names the one trade it was used for, of the same operator and player',
    compared: `select count(*) from idempotency_keys where key like 'quote/%'`,
    differences: `
      select format('key %s of operator:%s and player:%s', k.key, k.operator_id, k.owner_id) as subject, 'one trade of theirs' as expected,
        coalesce('trade:' || k.trade_id, 'none') as found
      from (select *, count(*) over (partition by trade_id) as uses from idempotency_keys where key like 'quote/%') as k
      left join trades t on t.id = k.trade_id and t.operator_id = k.operator_id and t.player_id = k.owner_id
      where t.id is null or k.uses <> 1`,
  },
  {
    name: 'answers',
    claim: 'every key has one answer: a trade, several, an adjustment, a limit order or a refusal, and a refusal names no trade',
    compared: 'select count(*) from idempotency_keys',
    differences: `
      select format('key %s of operator:%s', key, operator_id) as subject, 'one answer' as expected, coalesce('trade:' || trade_id || ' and ', '') || left(answer::text, 80) as found
      from idempotency_keys
      where (trade_id is not null)::integer + (answer ? 'trades')::integer + (answer ? 'adjustment')::integer + (answer ? 'order')::integer
        + (answer ? 'refused')::integer <> 1`,
  },
  {
    name: 'adjustments',
    claim: 'every deposit and withdrawal was asked for under one key that holds its amount and balances, and every such key has it',
    compared: `select count(*) from ledger_entries where type in ('deposit', 'withdrawal')`,
    differences: `
      with kept as (
        select operator_id, key, (answer ->> 'adjustment')::bigint as ledger_id, answer ->> 'action' as action, (answer ->> 'amount')::bigint as amount,
          (answer ->> 'fee')::bigint as fee, (answer ->> 'before')::bigint as before, (answer ->> 'after')::bigint as after,
          count(*) over (partition by operator_id, answer ->> 'adjustment') as keys
        from idempotency_keys where answer ? 'adjustment'
      ), moved as (
        select operator_id, id, player_id, case type when 'deposit' then 'deposit' else 'withdraw' end as action, amount_cents as amount, balance_before_cents as before,
          balance_after_cents as after
        from ledger_entries where type in ('deposit', 'withdrawal')
      )
      select coalesce('ledger:' || m.id, 'key ' || k.key || ' of operator:' || k.operator_id) as subject,
        coalesce(format('one key with %s of %s, balance %s to %s', m.action, m.amount, m.before, m.after), 'ledger:' || k.ledger_id) as expected,
        case when m.id is null then 'no such entry' when k.key is null then 'no key'
          else format('%s keys, the first %s with %s of %s and fee %s, balance %s to %s', k.keys, k.key, k.action, k.amount, k.fee, k.before, k.after) end as found
      from moved m full join kept k on k.operator_id = m.operator_id and k.ledger_id = m.id
      where (k.keys, k.action, k.amount, k.before, k.after + k.fee) is distinct from (1, m.action, m.amount, m.before, m.after)`,
  },
  {
    name: 'adjustment_audits',
    claim:
      'every audited change of a balance is a ledger entry of that operator with the balances it names, and every adjustment by a person or key is audited',
    compared: `select count(*) from platform_audit_log where action in ('balance.deposit', 'balance.withdraw')`,
    differences: `
      select 'audit:' || a.id as subject, format('balance %s to %s', a.before ->> 'balance_cents', a.after ->> 'balance_cents') as expected,
        coalesce(format('ledger:%s, balance %s to %s', l.id, l.balance_before_cents, l.balance_after_cents), 'no such entry') as found
      from platform_audit_log a
      left join ledger_entries l on l.operator_id = a.operator_id and l.id = a.id and l.type in ('deposit', 'withdrawal')
      left join idempotency_keys k on k.operator_id = a.operator_id and k.owner_id = 0 and k.answer ->> 'adjustment' = a.id::text
      where a.action in ('balance.deposit', 'balance.withdraw')
        and (l.balance_before_cents::text, k.answer ->> 'after') is distinct from (a.before ->> 'balance_cents', a.after ->> 'balance_cents')
      union all
      select 'ledger:' || l.id, 'an audit row', 'none'
      from ledger_entries l
      where l.type in ('deposit', 'withdrawal') and l.metadata ->> 'actor' ~ '^(opu|key)_' and not exists (select from platform_audit_log a where a.id = l.id)`,
  },
  {
    name: 'refusal_events',
    claim: 'every refusal of a wall or a breaker left its risk event, and there is no event of a refusal that was not given',
    compared: `select count(*) from idempotency_keys where answer ->> 'refused' in ('RISK_LIMIT', 'CIRCUIT_BREAKER')`,
    differences: `
      select format('player:%s, %s', player_id, code) as subject, refusals || ' refusals' as expected, events || ' events' as found
      from (${refusalsOf('RISK_LIMIT', 'wall_violation')} union all ${refusalsOf('CIRCUIT_BREAKER', 'circuit_breaker')}) as counted
      where refusals <> events`,
  },
  {
    name: 'sequence',
    claim: 'the sequencer is past every id it has handed out',
    compared: 'select count(*) from sequencer',
    differences: `
      select 'the sequencer' as subject, 'at least ' || handed_out.id as expected, last_id::text as found
      from sequencer cross join (
        select greatest((select max(id) from trades), (select max(id) from ledger_entries), (select max(id) from positions),
          (select max(id) from trade_events), (select max(id) from limit_order_events), (select max(decision_id) from market_settlements)) as id
      ) as handed_out
      where last_id < handed_out.id`,
  },
];

/** Proofs about the credits of the copilot: every account against the ledger, every answer against what was paid for it. */
import type { BookCheck } from './book-check.rules.ts';

export const COPILOT_CHECKS: readonly BookCheck[] = [
  {
    name: 'credit_balances',
    claim: "what is left of every operator's credits equals its ledger entries",
    compared: 'select count(*) from credit_accounts',
    differences: `
      with entered as (
        select operator_id, sum(case when to_account = 'credits' then amount_cents else -amount_cents end) as cents
        from ledger_entries where 'credits' in (from_account, to_account) group by 1
      )
      select 'operator:' || coalesce(a.operator_id, e.operator_id) as subject, coalesce(e.cents, 0) || ' credits' as expected,
        coalesce(a.balance_cents || ' credits', 'no account') as found
      from credit_accounts a full join entered e on e.operator_id = a.operator_id
      where a.operator_id is null or a.balance_cents <> coalesce(e.cents, 0)`,
  },
  {
    name: 'answer_entries',
    claim: 'every answer of the copilot is paid as often as it was begun and paid back as often as it failed: once in the end, or nothing',
    compared: 'select count(*) from copilot_answers',
    differences: `
      with moved as (
        select operator_id, metadata ->> 'answer' as answer, sum(case when type = 'copilot_answer' then amount_cents else -amount_cents end) as cents
        from ledger_entries where type in ('copilot_answer', 'copilot_refund') group by 1, 2
      )
      select 'answer:' || coalesce(a.id::text, m.answer) as subject,
        case when a.status = 'failed' then 0 else coalesce(a.price_cents, 0) end || ' credits' as expected, coalesce(m.cents, 0) || ' credits' as found
      from copilot_answers a full join moved m on m.operator_id = a.operator_id and m.answer = a.id::text
      where a.id is null or coalesce(m.cents, 0) <> case when a.status = 'failed' then 0 else a.price_cents end`,
  },
];

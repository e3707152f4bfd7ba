/** Proofs about outside wallets: every fact that moves their money has exactly one call, and every call its fact. */
import type { BookCheck } from './book-check.rules.ts';
import { IS_PAID } from './books-settlement.sql.ts';

export const WALLET_CHECKS: readonly BookCheck[] = [
  {
    name: 'wallet_trades',
    claim: 'every trade an outside wallet pays for has one call, under its own id and of its amount, and every such call has its trade',
    compared: 'select count(*) from trades',
    differences: `
      with told as (
        select operator_id, id, player_id, trade_id, method, amount_cents from wallet_calls where method in ('BET_MAKE', 'BET_SELL')
      ), due as (
        select operator_id, id, player_id, case side when 'buy' then 'BET_MAKE' else 'BET_SELL' end as method,
          case side when 'buy' then amount_cents + fee_cents else amount_cents - fee_cents end as amount_cents
        from trades where wallet_mode = 'seamless'
      )
      select 'trade:' || coalesce(d.id, t.trade_id, t.id) as subject, coalesce(format('%s of %s', d.method, d.amount_cents), 'a trade of an outside wallet') as expected,
        coalesce(format('%s of %s', t.method, t.amount_cents), 'no call') as found
      from due d full join told t on t.operator_id = d.operator_id and t.id = d.id
      where (t.trade_id, t.player_id, t.method, t.amount_cents) is distinct from (d.id, d.player_id, d.method, d.amount_cents)`,
  },
  {
    name: 'wallet_trade_states',
    claim: 'a buy is filled only when its wallet has paid, void only when it has not or gives back, and its end is recorded once',
    compared: 'select count(*) from trades',
    differences: `
      select 'trade:' || t.id as subject,
        case t.status when 'filled' then 'confirmed by the wallet' when 'pending' then 'no end recorded' else 'refused, undone or rolled back' end as expected,
        format('%s, call %s, %s ends recorded', t.status, coalesce(c.status, 'missing'), ends.n) as found
      from trades t left join wallet_calls c on c.operator_id = t.operator_id and c.id = t.id
      cross join lateral (
        select count(*) as n, count(*) filter (where e.status = t.status) as same from trade_events e where e.operator_id = t.operator_id and e.trade_id = t.id
      ) as ends
      where t.wallet_mode = 'seamless' and t.side = 'buy' and not case t.status
        when 'filled' then c.status is not distinct from 'confirmed' and ends.n = 1 and ends.same = 1
        when 'pending' then ends.n = 0
        else ends.n = 1 and ends.same = 1 and (c.status in ('refused', 'rolled_back') or exists (
          select from wallet_calls b where b.operator_id = t.operator_id and b.reference_id = t.id and b.method = 'BET_ROLLBACK')) end
      union all
      select 'trade:' || t.id, 'no waiting', t.status from trades t where t.status <> 'filled' and not (t.wallet_mode = 'seamless' and t.side = 'buy')`,
  },
  {
    name: 'wallet_payouts',
    claim: 'every paid position of an outside wallet has one call of what it received, and every call of a settlement its position',
    compared: 'select (select count(*) from settlement_payouts) + (select count(*) from operators)',
    differences: `
      with due as (
        select p.operator_id, p.settlement_id, p.position_id, p.player_id,
          p.payout_cents - p.fee_cents - p.earlier_payout_cents + p.earlier_fee_cents - p.earlier_absorbed_cents + coalesce(a.amount_cents, 0) as net, p.cost_cents, p.refund
        from settlement_payouts p join settlement_records r on r.operator_id = p.operator_id and r.settlement_id = p.settlement_id
        join market_settlements s on s.id = p.settlement_id
        left join settlement_absorptions a on a.operator_id = p.operator_id and a.settlement_id = p.settlement_id and a.n = p.n
        where r.wallet_mode = 'seamless' and ${IS_PAID}
          and (s.corrects_id is null or p.payout_cents - p.fee_cents - p.earlier_payout_cents + p.earlier_fee_cents - p.earlier_absorbed_cents + coalesce(a.amount_cents, 0) <> 0)
      ), named as (
        select *, case when net = 0 then 'BET_LOSE' when refund then 'BET_REFUND' else 'BET_WIN' end as method, case when net = 0 then cost_cents else net end as cents from due
      ), told as (
        select operator_id, settlement_id, position_id, count(*) as calls, min(method) as method, min(amount_cents) as cents, min(player_id) as player_id
        from wallet_calls where settlement_id is not null group by 1, 2, 3
      )
      select format('position:%s in settlement:%s', coalesce(d.position_id, t.position_id), coalesce(d.settlement_id, t.settlement_id)) as subject,
        coalesce(format('one %s of %s', d.method, d.cents), 'no call') as expected, coalesce(format('%s calls, the first %s of %s', t.calls, t.method, t.cents), 'no call') as found
      from named d full join told t on t.operator_id = d.operator_id and t.settlement_id = d.settlement_id and t.position_id = d.position_id
      where (t.calls, t.method, t.cents, t.player_id) is distinct from (1, d.method, d.cents, d.player_id)`,
  },
];

/** Proofs about settlements: what was decided follows from the positions, is complete, and is credited exactly once. */
import type { BookCheck } from './book-check.rules.ts';

/** Whether a payout has had its turn, or was paid with an operation of its player. `p` is the payout, `r` the record. */
export const IS_PAID = `(p.n <= r.paid_through or exists (
  select from settlement_early_payouts e where e.operator_id = p.operator_id and e.settlement_id = p.settlement_id and e.n = p.n))`;

const PAYOUT_NAME = `format('payout %s of settlement:%s, operator:%s', p.n, p.settlement_id, p.operator_id)`;

export const SETTLEMENT_CHECKS: readonly BookCheck[] = [
  {
    name: 'settlement_payouts',
    claim: 'every payout follows from the result and the position: $1 a share, 50 cents, the cost or nothing, and its fee',
    compared: 'select (select count(*) from settlement_payouts) + (select count(*) from markets)',
    differences: `
      with entitled as (
        select p.*, s.outcome as result, s.fee_bps, case s.outcome when 'void' then root.cost_cents when 'split' then root.quantity / 2
          else case when s.outcome = p.outcome then root.quantity else 0 end end as due
        from settlement_payouts p join market_settlements s on s.id = p.settlement_id
        join lateral (select min(id) as id from market_settlements f where f.market_id = s.market_id and f.status = 'decided') first on true
        join settlement_payouts root on root.settlement_id = first.id and root.operator_id = p.operator_id and root.position_id = p.position_id
      )
      select ${PAYOUT_NAME} as subject, due || ' cents' as expected, format('%s cents, fee %s', payout_cents, fee_cents) as found
      from entitled p
      where payout_cents <> due or fee_cents <> case when result = 'void' then 0 else (due * fee_bps + 5000) / 10000 end`,
  },
  {
    name: 'settlement_records',
    claim: 'every settled market has no open position, its result, and records that add up to its payouts',
    compared: `select (select count(*) from settlement_records) + (select count(*) from markets)`,
    differences: `
      select 'market:' || p.market_id as subject, 'no open position' as expected, 'position:' || p.id as found
      from positions p join market_settlements s on s.market_id = p.market_id and s.status = 'decided' where p.quantity > 0
      union all
      select 'market:' || m.id, coalesce(s.outcome, 'no result'), coalesce(m.resolution, m.status)
      from markets m
      join lateral (select outcome from market_settlements s where s.market_id = m.id and s.status = 'decided' order by id desc limit 1) s on true
      where m.resolution is distinct from s.outcome or m.status <> case s.outcome when 'void' then 'cancelled' else 'resolved' end
      union all
      select format('settlement:%s, operator:%s', coalesce(r.settlement_id, p.settlement_id), coalesce(r.operator_id, p.operator_id)),
        format('%s payouts of %s cents, fees %s', coalesce(p.positions, 0), coalesce(p.payout, 0), coalesce(p.fee, 0)),
        coalesce(format('%s payouts of %s cents, fees %s', r.positions, r.payout_cents, r.fee_cents), 'no record')
      from settlement_records r full join (
        select operator_id, settlement_id, count(*) as positions, max(n) as last, sum(payout_cents - earlier_payout_cents) as payout, sum(fee_cents - earlier_fee_cents) as fee
        from settlement_payouts group by 1, 2
      ) p on p.operator_id = r.operator_id and p.settlement_id = r.settlement_id
      where (r.positions, r.positions, r.payout_cents, r.fee_cents) is distinct from (p.positions, p.last, p.payout, p.fee)`,
  },
  {
    name: 'settlement_credits',
    claim: 'every payout that is paid was credited exactly once, to the cent, less what the house bears; none that is not paid was',
    compared: 'select (select count(*) from settlement_payouts) + (select count(*) from players)',
    differences: `
      with credited as (
        select operator_id, player_id, (metadata ->> 'settlement')::bigint as settlement_id, (metadata ->> 'n')::bigint as n,
          sum(case when to_account in ('player', 'wallet') then amount_cents when from_account in ('player', 'wallet') then -amount_cents else 0 end) as cents
        from ledger_entries where type in ('settlement_credit', 'refund', 'correction', 'settlement_fee') group by 1, 2, 3, 4
      ), due as (
        select p.operator_id, p.settlement_id, p.n, p.player_id, ${IS_PAID} as paid,
          case when ${IS_PAID} and r.wallet_mode <> 'shadow' then p.payout_cents - p.fee_cents - p.earlier_payout_cents + p.earlier_fee_cents - p.earlier_absorbed_cents + coalesce(a.amount_cents, 0) else 0 end as cents
        from settlement_payouts p join settlement_records r on r.operator_id = p.operator_id and r.settlement_id = p.settlement_id
        left join settlement_absorptions a on a.operator_id = p.operator_id and a.settlement_id = p.settlement_id and a.n = p.n
      )
      select format('payout %s of settlement:%s to player:%s', coalesce(d.n, c.n), coalesce(d.settlement_id, c.settlement_id), coalesce(d.player_id, c.player_id)) as subject,
        coalesce(d.cents || ' cents', 'no such payout') as expected, coalesce(c.cents || ' cents', 'nothing') as found
      from due d full join credited c on c.operator_id = d.operator_id and c.settlement_id = d.settlement_id and c.n = d.n and c.player_id = d.player_id
      where d.n is null or coalesce(c.cents, 0) <> d.cents`,
  },
  {
    name: 'settled_exposure',
    claim: 'a settled market has no exposure but that of buys that still wait for a wallet',
    compared: 'select count(*) from markets',
    differences: `
      select format('market:%s of operator:%s', e.key, e.operator_id) as subject, coalesce(sum(t.quantity), 0) || ' shares pending' as expected,
        (e.yes_shares + e.no_shares) || ' shares' as found
      from exposure e join markets m on m.id = e.key and m.status in ('resolved', 'cancelled')
      left join trades t on t.market_id = e.key and t.status = 'pending' and (e.operator_id = 0 or t.operator_id = e.operator_id)
      where e.scope = 2 group by e.operator_id, e.key, e.yes_shares, e.no_shares
      having e.yes_shares + e.no_shares <> coalesce(sum(t.quantity), 0)`,
  },
];

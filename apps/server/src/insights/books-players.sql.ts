/** Proofs about players: running totals against the facts, and nothing below zero anywhere. */
import type { BookCheck } from './book-check.rules.ts';
import { IS_PAID } from './books-settlement.sql.ts';

const PLAYER_FACTS = `
  -- Shares of a payout that is still to come count as open: its player's totals move when it is paid.
  held as (
    select operator_id, player_id, sum(quantity) as open_shares from (
      select operator_id, player_id, quantity from positions
      union all
      select p.operator_id, p.player_id, p.quantity from settlement_payouts p
      join settlement_records r on r.operator_id = p.operator_id and r.settlement_id = p.settlement_id where not ${IS_PAID}
    ) as open group by 1, 2
  ), settled as (
    select p.operator_id, p.player_id, sum(p.payout_cents - p.earlier_payout_cents - p.cost_cents) as realized
    from settlement_payouts p join settlement_records r on r.operator_id = p.operator_id and r.settlement_id = p.settlement_id where ${IS_PAID} group by 1, 2
  ), charged as (
    select operator_id, player_id, sum(case when to_account = 'fees' then amount_cents else -amount_cents end) as fees
    from ledger_entries where type in ('settlement_fee', 'correction') and 'fees' in (from_account, to_account) group by 1, 2
  ),
  traded as (
    select operator_id, player_id, count(*) as trade_count, sum(amount_cents) as volume, sum(fee_cents) as fees, sum(realized_pnl_cents) as realized
    from trades where status = 'filled' group by 1, 2
  ), paid as (
    select operator_id, player_id, sum(amount_cents) filter (where type = 'deposit') as deposited, sum(amount_cents) filter (where type = 'withdrawal') as withdrawn
    from ledger_entries where type in ('deposit', 'withdrawal') group by 1, 2
  ), facts as (
    select p.operator_id, p.id, coalesce(h.open_shares, 0) as open_shares, coalesce(t.trade_count, 0) as trade_count, coalesce(t.volume, 0) as volume,
      coalesce(t.fees, 0) + coalesce(c.fees, 0) as fees, coalesce(t.realized, 0) + coalesce(s.realized, 0) as realized, coalesce(d.deposited, 0) as deposited, coalesce(d.withdrawn, 0) as withdrawn
    from players p
    left join held h on h.operator_id = p.operator_id and h.player_id = p.id
    left join traded t on t.operator_id = p.operator_id and t.player_id = p.id
    left join settled s on s.operator_id = p.operator_id and s.player_id = p.id
    left join charged c on c.operator_id = p.operator_id and c.player_id = p.id
    left join paid d on d.operator_id = p.operator_id and d.player_id = p.id
  )`;

const FIGURES = 'open shares %s, trades %s, volume %s, fees %s, realised %s, deposited %s, withdrawn %s';

export const PLAYER_CHECKS: readonly BookCheck[] = [
  {
    name: 'player_totals',
    claim: "every player's open shares, trades, volume, fees, realised profit, deposits and withdrawals equal the facts",
    compared: 'select count(*) from players',
    differences: `
      with ${PLAYER_FACTS}
      select 'player:' || p.id as subject,
        format('${FIGURES}', f.open_shares, f.trade_count, f.volume, f.fees, f.realized, f.deposited, f.withdrawn) as expected,
        format('${FIGURES}', p.open_shares, p.trade_count, p.volume_cents, p.fees_cents, p.realized_pnl_cents, p.deposited_cents, p.withdrawn_cents) as found
      from players p join facts f on f.operator_id = p.operator_id and f.id = p.id
      where (p.open_shares, p.trade_count, p.volume_cents, p.fees_cents, p.realized_pnl_cents, p.deposited_cents, p.withdrawn_cents)
        <> (f.open_shares, f.trade_count, f.volume, f.fees, f.realized, f.deposited, f.withdrawn)`,
  },
  {
    name: 'player_spending',
    claim: 'what players with limits or an exclusion of their own traded by day equals their trades, from the first day kept on',
    compared: 'select (select count(*) from player_spending) + (select count(*) from player_protections)',
    differences: `
      with kept as (
        select r.operator_id, r.player_id, least((r.updated_at at time zone 'UTC')::date, min(s.day)) as since from player_protections r
        left join player_spending s on s.operator_id = r.operator_id and s.player_id = r.player_id group by r.operator_id, r.player_id
      ), traded as (
        select k.operator_id, k.player_id, (t.created_at at time zone 'UTC')::date as day,
          coalesce(sum(t.amount_cents + t.fee_cents) filter (where t.side = 'buy'), 0) as staked,
          coalesce(sum(t.amount_cents - t.fee_cents) filter (where t.side = 'sell'), 0) as returned
        from kept k join trades t on t.operator_id = k.operator_id and t.player_id = k.player_id and t.created_at >= k.since::timestamp at time zone 'UTC'
        where t.status <> 'cancelled' group by 1, 2, 3
      )
      select format('player:%s of operator:%s on %s', coalesce(t.player_id, s.player_id), coalesce(t.operator_id, s.operator_id), coalesce(t.day, s.day)) as subject,
        format('staked %s, returned %s', coalesce(t.staked, 0), coalesce(t.returned, 0)) as expected,
        case when s.day is null then 'no such row' else format('staked %s, returned %s', s.staked_cents, s.returned_cents) end as found
      from traded t full join player_spending s on s.operator_id = t.operator_id and s.player_id = t.player_id and s.day = t.day
      where (coalesce(t.staked, 0), coalesce(t.returned, 0)) is distinct from (coalesce(s.staked_cents, 0), coalesce(s.returned_cents, 0))`,
  },
  {
    name: 'no_negatives',
    claim: 'no balance, total, position, exposure or amount is below zero',
    compared:
      'select (select count(*) from players) + (select count(*) from positions) + (select count(*) from exposure) + (select count(*) from trades)',
    differences: `
      select 'player:' || id as subject, 'nothing below zero' as expected,
        format('balance %s, open shares %s, trades %s, volume %s, fees %s', balance_cents, open_shares, trade_count, volume_cents, fees_cents) as found
      from players
      where least(balance_cents, open_shares, trade_count, volume_cents, fees_cents, deposited_cents, withdrawn_cents, closed_count, won_count) < 0
      union all
      select format('position:%s', id), 'nothing below zero', format('quantity %s, cost %s', quantity, cost_cents) from positions
      where least(quantity, cost_cents, trade_count) < 0
      union all
      select format('exposure of operator %s, scope %s, key %s', operator_id, scope, key), 'nothing below zero',
        format('yes %s, no %s, cost %s', yes_shares, no_shares, cost_cents) from exposure
      where least(yes_shares, no_shares, cost_cents, volume_cents, trade_count) < 0
      union all
      select format('trade:%s', id), 'nothing below zero', format('quantity %s, amount %s, fee %s, balance after %s', quantity, amount_cents, fee_cents, balance_after_cents)
      from trades where least(amount_cents, fee_cents, spread_cents, balance_after_cents) < 0 or quantity <= 0`,
  },
];

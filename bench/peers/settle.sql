-- The decision as plain SQL: the same rows by the statements one would write first. :market is decided as yes, under :settlement.
begin;
insert into market_settlements (id, market_id, outcome, status, fee_bps, evidence, proposed_by, proposed_at, needs_approval, decide_at, decided_at, decision_id)
values (:settlement, :market, 'yes', 'decided', 0, 'Seen', 'bench', now(), false, now(), now(), :settlement);
insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
select :settlement, operator_id, row_number() over (partition by operator_id order by outcome = 'yes' desc, player_id), market_id, player_id, id, outcome, quantity, cost_cents,
  case when outcome = 'yes' then quantity else 0 end, 0, outcome = 'yes' and quantity > cost_cents, false
from positions where operator_id in (select id from operators) and market_id = :market and quantity > 0;
update positions p set quantity = 0, cost_cents = 0, realized_pnl_cents = p.realized_pnl_cents + s.payout_cents - s.cost_cents, closed_at = now()
from settlement_payouts s
where s.settlement_id = :settlement and p.operator_id = s.operator_id and p.market_id = s.market_id and p.player_id = s.player_id and p.outcome = s.outcome;
insert into settlement_records (settlement_id, operator_id, market_id, wallet_mode, claw_back, decided_at, positions, winners, losers, payout_cents, fee_cents, loss_cents, cost_cents)
select :settlement, operator_id, :market, 'internal', 'to_zero', now(), count(*), count(*) filter (where payout_cents >= cost_cents),
  count(*) filter (where payout_cents < cost_cents), sum(payout_cents), 0, sum(greatest(cost_cents - payout_cents, 0)), sum(cost_cents)
from settlement_payouts where settlement_id = :settlement group by operator_id;
update sequencer set version = version + 1;
with closed as (
  select operator_id, sum(quantity) filter (where outcome = 'yes') as yes, sum(quantity) filter (where outcome = 'no') as no, sum(cost_cents) as cost
  from settlement_payouts where settlement_id = :settlement group by rollup (operator_id)
), category as (
  select array_position(array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'], category) - 1 as key from markets where id = :market
)
update exposure e set yes_shares = e.yes_shares - c.yes, no_shares = e.no_shares - c.no, cost_cents = e.cost_cents - c.cost
from closed c, category k
where e.operator_id = coalesce(c.operator_id, 0) and (e.scope = 0 and e.key = 0 or e.scope = 1 and e.key = k.key or e.scope = 2 and e.key = :market);
update markets set status = 'resolved', resolution = 'yes', resolved_at = now(), closed_at = now(), updated_at = now() where id = :market;
commit;

-- Trading in a market ends when a result is proposed: neither buys nor sales from then on, unless the proposal is withdrawn.
alter table markets add column closed_at timestamptz;
grant update (closed_at) on markets to predictu_admin;

create table market_settlements (
  id bigint primary key,
  market_id bigint not null,
  outcome text not null check (outcome in ('yes', 'no', 'split', 'void')),
  -- held: two signals disagree, a person decides. proposed: waits for approval or the end of the window. decided: fixed for ever.
  status text not null check (status in ('held', 'proposed', 'decided', 'withdrawn')),
  -- The decided settlement this one corrects.
  corrects_id bigint,
  -- Of the payouts; a correction has that of the first.
  fee_bps integer,
  evidence text not null,
  evidence_url text,
  proposed_by text not null,
  proposed_at timestamptz not null,
  needs_approval boolean not null,
  approved_by text,
  -- Not before: the end of the challenge window, once approved.
  decide_at timestamptz,
  decided_at timestamptz,
  -- Its place in the order of all writes: everything with a smaller id was decided on the market's positions before.
  decision_id bigint,
  withdrawn_by text,
  check (approved_by is null or approved_by <> proposed_by),
  check ((status = 'decided') = (decided_at is not null and decision_id is not null))
);
create unique index market_settlements_open on market_settlements (market_id) where status in ('held', 'proposed');
create index market_settlements_market on market_settlements (market_id, id);
comment on table market_settlements is 'owner: settlement. A result of a market: who proposed it on what evidence, who approved it, when it was decided.';

create table settlement_records (
  operator_id bigint not null,
  settlement_id bigint not null,
  market_id bigint not null,
  wallet_mode text not null,
  claw_back text not null check (claw_back in ('to_zero', 'allow_debt_to_house')),
  positions bigint not null,
  winners bigint not null,
  losers bigint not null,
  payout_cents bigint not null,
  fee_cents bigint not null,
  -- Cost of the positions that got less than it, less what they got.
  loss_cents bigint not null,
  cost_cents bigint not null,
  -- Payouts up to this number are paid; those paid earlier are in settlement_early_payouts.
  paid_through bigint not null default 0,
  decided_at timestamptz not null,
  credited_at timestamptz,
  check (paid_through <= positions),
  primary key (operator_id, settlement_id)
) with (fillfactor = 50);
create index settlement_records_unpaid on settlement_records (settlement_id) where credited_at is null;
comment on table settlement_records is 'owner: settlement, trading. What one settlement meant for one operator, and how far it has been paid.';

create table settlement_payouts (
  operator_id bigint not null,
  settlement_id bigint not null,
  -- Counts from 1 in its operator and settlement; those who receive come first.
  n bigint not null,
  market_id bigint not null,
  player_id bigint not null,
  position_id bigint not null,
  outcome text not null,
  -- As held when it was decided; 0 in a correction.
  quantity bigint not null check (quantity >= 0),
  cost_cents bigint not null check (cost_cents >= 0),
  payout_cents bigint not null check (payout_cents >= 0),
  fee_cents bigint not null check (fee_cents between 0 and payout_cents),
  -- What earlier settlements of this position came to; 0 without any.
  earlier_payout_cents bigint not null default 0,
  earlier_fee_cents bigint not null default 0,
  -- What the last settlement could not take back: its player has it still.
  earlier_absorbed_cents bigint not null default 0,
  refund boolean not null,
  won boolean not null,
  earlier_won boolean not null default false,
  primary key (operator_id, settlement_id, n)
);
create index settlement_payouts_player on settlement_payouts (player_id, settlement_id);
comment on table settlement_payouts is 'owner: settlement. What each position gets by one decision; never changed. Append-only.';
create trigger settlement_payouts_append_only before update or delete or truncate on settlement_payouts execute function refuse_change();

create table settlement_early_payouts (
  operator_id bigint not null,
  settlement_id bigint not null,
  n bigint not null,
  primary key (operator_id, settlement_id, n)
);
comment on table settlement_early_payouts is 'owner: trading. Payouts credited with an operation of their player, before their turn.';

create table settlement_absorptions (
  operator_id bigint not null,
  settlement_id bigint not null,
  n bigint not null,
  player_id bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (operator_id, settlement_id, n)
);
comment on table settlement_absorptions is 'owner: settlement, trading. What a correction could not or was not to take back: the house bears it.';

create table settlement_settings (
  -- 0: the platform.
  operator_id bigint primary key,
  challenge_minutes integer not null default 0 check (challenge_minutes between 0 and 43200),
  four_eyes boolean not null default false,
  claw_back text not null default 'to_zero' check (claw_back in ('to_zero', 'allow_debt_to_house')),
  updated_at timestamptz not null
);
comment on table settlement_settings is 'owner: settlement. Window and second person for the platform (operator 0); what a correction does about money already spent, by operator.';

alter table settlement_records enable row level security;
alter table settlement_records force row level security;
alter table settlement_payouts enable row level security;
alter table settlement_payouts force row level security;
alter table settlement_early_payouts enable row level security;
alter table settlement_early_payouts force row level security;
alter table settlement_absorptions enable row level security;
alter table settlement_absorptions force row level security;
alter table settlement_settings enable row level security;
alter table settlement_settings force row level security;
-- A market's result is everybody's; who proposed and approved it is the platform's.
alter table market_settlements enable row level security;
alter table market_settlements force row level security;
create policy concerned on market_settlements for select to predictu_operator
  using (exists (select from settlement_records r where r.settlement_id = id and r.operator_id = (select tenant())));
create policy every on market_settlements for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on settlement_records for select to predictu_operator using (operator_id = (select tenant()));
create policy every on settlement_records for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on settlement_payouts for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on settlement_payouts for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on settlement_payouts for all to predictu_admin, predictu_worker using (true) with check (true);
create policy every on settlement_early_payouts for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on settlement_absorptions for select to predictu_operator using (operator_id = (select tenant()));
create policy every on settlement_absorptions for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on settlement_settings for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on settlement_settings for all to predictu_admin, predictu_worker using (true) with check (true);

grant select (id, market_id, outcome, status, corrects_id, proposed_at, decided_at) on market_settlements to predictu_operator;
grant select on settlement_records, settlement_payouts, settlement_absorptions to predictu_operator;
grant select on settlement_payouts to predictu_player;
grant select, insert, update on market_settlements to predictu_admin, predictu_worker;
grant select on settlement_records, settlement_payouts, settlement_early_payouts, settlement_absorptions to predictu_admin;
grant select, insert, update on settlement_records to predictu_worker;
grant select, insert on settlement_payouts, settlement_early_payouts, settlement_absorptions to predictu_worker;
grant select, insert, update on settlement_settings to predictu_admin, predictu_worker;
grant select on settlement_settings to predictu_operator;

comment on table players is 'owner: players, trading, wallet, settlement. One player of one operator; trading and settlement move the balance and the running totals, wallet what an outside wallet answered.';
comment on table positions is 'owner: trading, settlement. What one player holds of one outcome. cost_cents is the cost basis of what is still held, without fees.';
comment on table exposure is 'owner: risk, trading, settlement. Sum of open shares x $1 by scope, with cost, volume and trade count of the scope.';
comment on table markets is 'owner: markets, settlement. One YES/NO question. Platform-wide; an operator sees those of its allowed categories. Its result is settlement''s.';
comment on table risk_events is 'owner: risk, trading, markets, wallet, settlement. Limits approached or refused, breakers tripped and reset, anomalies.';
comment on table sequencer is 'owner: platform, trading, markets, settlement. The one row that orders all writers.';

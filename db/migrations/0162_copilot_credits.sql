-- Credits of the copilot: an account of each operator beside the others; its counterpart is the platform's side of them. One credit is one cent.
-- Rows of these two accounts belong to no player: player_id is 0, and the balances around them are those of the credits.
alter table ledger_entries drop constraint ledger_entries_from_account_check, drop constraint ledger_entries_to_account_check,
  drop constraint ledger_entries_type_check, drop constraint ledger_entries_check1;
alter table ledger_entries
  add constraint ledger_entries_from_account_check check (from_account in ('player', 'house', 'fees', 'bank', 'wallet', 'orders', 'credits', 'copilot')),
  add constraint ledger_entries_to_account_check check (to_account in ('player', 'house', 'fees', 'bank', 'wallet', 'orders', 'credits', 'copilot')),
  add constraint ledger_entries_type_check check (type in ('trade_debit', 'trade_credit', 'trade_fee', 'deposit', 'withdrawal', 'withdrawal_fee',
    'settlement_credit', 'settlement_fee', 'refund', 'correction', 'order_hold', 'order_release', 'credit_grant', 'credit_top_up', 'copilot_answer', 'copilot_refund')),
  add constraint ledger_entries_check1 check (balance_after_cents = balance_before_cents
    - case when from_account in ('player', 'credits') then amount_cents else 0 end
    + case when to_account in ('player', 'credits') then amount_cents else 0 end),
  -- Credits are moved between these two accounts only, and by nobody's player.
  add constraint ledger_entries_credits check (((from_account in ('credits', 'copilot')) = (to_account in ('credits', 'copilot')))
    and ((from_account in ('credits', 'copilot')) = (player_id = 0)));

create table credit_accounts (
  operator_id bigint primary key,
  balance_cents bigint not null check (balance_cents >= 0),
  opened_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table credit_accounts is 'owner: copilot. What is left of an operator''s credits; the sum of its ledger rows on that account.';

create table copilot_answers (
  operator_id bigint not null,
  id bigint not null,
  key text not null,
  body_hash uuid not null,
  status text not null check (status in ('pending', 'done', 'failed')),
  engine text not null check (engine in ('claude', 'rules')),
  model text,
  price_cents bigint not null check (price_cents >= 0),
  -- What was answered; null while it is pending or when it failed.
  answer jsonb,
  failure text,
  asked_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((status = 'done') = (answer is not null)),
  check ((status = 'pending') = (ended_at is null)),
  primary key (operator_id, id),
  unique (operator_id, key)
);
create index copilot_answers_pending on copilot_answers (created_at) where status = 'pending';
comment on table copilot_answers is 'owner: copilot. Questions to the copilot by their key: paid when they begin, paid back when they fail.';

alter table credit_accounts enable row level security;
alter table credit_accounts force row level security;
alter table copilot_answers enable row level security;
alter table copilot_answers force row level security;
create policy own on credit_accounts for select to predictu_operator using (operator_id = (select tenant()));
create policy own on copilot_answers for select to predictu_operator using (operator_id = (select tenant()));
create policy every on credit_accounts for all to predictu_admin, predictu_worker using (true) with check (true);
create policy every on copilot_answers for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on credit_accounts, copilot_answers to predictu_operator, predictu_admin;
grant select, insert, update on credit_accounts, copilot_answers to predictu_worker;

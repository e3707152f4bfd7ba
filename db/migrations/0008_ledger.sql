-- Double entry: each row moves a positive amount from one account to another, so the trial balance is zero by construction.
-- Accounts of one operator: player (with player_id), house, fees, bank (deposits and withdrawals), wallet (an outside wallet's clearing).
create table ledger_entries (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  type text not null,
  from_account text not null check (from_account in ('player', 'house', 'fees', 'bank', 'wallet')),
  to_account text not null check (to_account in ('player', 'house', 'fees', 'bank', 'wallet')),
  amount_cents bigint not null check (amount_cents > 0),
  -- The player's balance around this row.
  balance_before_cents bigint not null check (balance_before_cents >= 0),
  balance_after_cents bigint not null check (balance_after_cents >= 0),
  trade_id bigint,
  description text not null,
  metadata jsonb,
  created_at timestamptz not null,
  check (from_account <> to_account),
  check (type in ('trade_debit', 'trade_credit', 'trade_fee', 'deposit', 'withdrawal', 'withdrawal_fee', 'settlement_credit', 'settlement_fee', 'refund', 'correction')),
  check (balance_after_cents = balance_before_cents
    - case when from_account = 'player' then amount_cents else 0 end
    + case when to_account = 'player' then amount_cents else 0 end),
  primary key (operator_id, id)
);
create index ledger_entries_player on ledger_entries (player_id, id);
comment on table ledger_entries is 'owner: ledger. Append-only. The documented user ledger is the view of one player''s account.';
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries execute function refuse_change();

alter table ledger_entries enable row level security;
alter table ledger_entries force row level security;
create policy own on ledger_entries for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on ledger_entries for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on ledger_entries for all to predictu_admin, predictu_worker using (true) with check (true);

grant select on ledger_entries to predictu_operator, predictu_player, predictu_admin;
grant select, insert on ledger_entries to predictu_worker;

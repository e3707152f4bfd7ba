-- Trades that wait for an operator's wallet. How a trade was paid stands on it: an operator's wallet mode may change later.
alter table trades add column wallet_mode text not null default 'internal' check (wallet_mode in ('internal', 'seamless', 'shadow'));

-- Ids of trades grow in commit order, but a pending trade changes later: each change is a row of its own, in commit order again.
create table trade_events (
  operator_id bigint not null,
  id bigint not null,
  trade_id bigint not null,
  player_id bigint not null,
  status text not null check (status in ('filled', 'cancelled')),
  -- Of a cancelled trade: what its player is told, for ever.
  refusal jsonb,
  created_at timestamptz not null,
  primary key (operator_id, id),
  unique (trade_id),
  check ((status = 'cancelled') = (refusal is not null))
);
create index trade_events_player on trade_events (player_id, id);
comment on table trade_events is 'owner: trading. What became of a trade that was pending; its id is in commit order. Append-only.';
create trigger trade_events_append_only before update or delete or truncate on trade_events execute function refuse_change();

alter table trade_events enable row level security;
alter table trade_events force row level security;
create policy own on trade_events for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on trade_events for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on trade_events for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on trade_events to predictu_operator, predictu_player, predictu_admin;
grant select, insert on trade_events to predictu_worker;

-- Whoever holds something under one wallet is paid by that wallet: the mode changes only while nobody does.
create function refuse_wallet_mode_change() returns trigger language plpgsql as $$
begin
  if exists (select from players where operator_id = new.id and (balance_cents > 0 or open_shares > 0))
    or exists (select from trades where operator_id = new.id and status = 'pending') then
    raise exception 'players of this operator hold balances or positions under its wallet mode' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger operators_wallet_mode before update of wallet_mode on operators
  for each row when (old.wallet_mode is distinct from new.wallet_mode) execute function refuse_wallet_mode_change();

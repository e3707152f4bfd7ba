-- Limit orders rest until the price makes their limit true. Written by the batch alone, under the sequencer, as trades are.
create table limit_orders (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  outcome text not null check (outcome in ('yes', 'no')),
  side text not null check (side in ('buy', 'sell')),
  limit_price integer not null check (limit_price between 1 and 9999),
  -- A buy names dollars, a sale shares.
  amount_cents bigint check (amount_cents > 0),
  quantity bigint check (quantity > 0),
  -- The rate agreed when it was placed: what is held then covers it whenever it executes.
  fee_bps integer not null check (fee_bps >= 0),
  -- Money of the player set aside until it ends; nothing where the balance is kept outside, and for sales, whose shares are held instead.
  held_cents bigint not null check (held_cents >= 0),
  wallet_mode text not null check (wallet_mode in ('internal', 'seamless', 'shadow')),
  -- pending: executed, and its trade waits for the operator's wallet.
  status text not null check (status in ('open', 'pending', 'filled', 'cancelled', 'expired')),
  trade_id bigint,
  reason text,
  refusal jsonb,
  expires_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (operator_id, id),
  check ((side = 'buy') = (amount_cents is not null)),
  check ((side = 'sell') = (quantity is not null)),
  check (status not in ('pending', 'filled') or trade_id is not null),
  check ((status in ('cancelled', 'expired')) = (reason is not null)),
  check ((status in ('open', 'pending')) = (ended_at is null))
) with (fillfactor = 80);
create unique index limit_orders_id on limit_orders (id);
create index limit_orders_player on limit_orders (player_id, id);
create index limit_orders_market on limit_orders (market_id, id);
create index limit_orders_trade on limit_orders (operator_id, trade_id) where trade_id is not null;
-- What a move of the price crosses.
create index limit_orders_crossing on limit_orders (market_id, side, outcome, limit_price) where status = 'open';
-- What is still to end.
create index limit_orders_open on limit_orders (id) where status = 'open';
create index limit_orders_open_player on limit_orders (player_id, id) where status = 'open';
create index limit_orders_status on limit_orders (operator_id, status, id);
comment on table limit_orders is 'owner: trading. An order of a player that rests until the price makes its limit true.';

-- What became of orders, in commit order: the streams of players follow it.
create table limit_order_events (
  operator_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  status text not null check (status in ('open', 'pending', 'filled', 'cancelled', 'expired')),
  created_at timestamptz not null,
  primary key (operator_id, id)
);
create index limit_order_events_player on limit_order_events (player_id, id);
create index limit_order_events_order on limit_order_events (order_id, id);
comment on table limit_order_events is 'owner: trading. Every change of a limit order; its id is in commit order. Append-only.';
create trigger limit_order_events_append_only before update or delete or truncate on limit_order_events execute function refuse_change();

alter table limit_orders enable row level security;
alter table limit_orders force row level security;
create policy own on limit_orders for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on limit_orders for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on limit_orders for all to predictu_admin, predictu_worker using (true) with check (true);
alter table limit_order_events enable row level security;
alter table limit_order_events force row level security;
create policy own on limit_order_events for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on limit_order_events for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on limit_order_events for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on limit_orders, limit_order_events to predictu_operator, predictu_player, predictu_admin;
grant select, insert on limit_orders, limit_order_events to predictu_worker;
grant update (status, trade_id, reason, refusal, ended_at) on limit_orders to predictu_worker;

-- The account of what open orders hold, and the two ways into and out of it.
alter table ledger_entries drop constraint ledger_entries_from_account_check;
alter table ledger_entries add constraint ledger_entries_from_account_check check (from_account in ('player', 'house', 'fees', 'bank', 'wallet', 'orders'));
alter table ledger_entries drop constraint ledger_entries_to_account_check;
alter table ledger_entries add constraint ledger_entries_to_account_check check (to_account in ('player', 'house', 'fees', 'bank', 'wallet', 'orders'));
alter table ledger_entries drop constraint ledger_entries_type_check;
alter table ledger_entries add constraint ledger_entries_type_check check (type in ('trade_debit', 'trade_credit', 'trade_fee', 'deposit', 'withdrawal', 'withdrawal_fee', 'settlement_credit', 'settlement_fee', 'refund', 'correction', 'order_hold', 'order_release'));

-- Shares that open orders want to sell: nobody else sells them meanwhile.
alter table positions add column held_quantity bigint not null default 0 check (held_quantity >= 0);

-- An order is paid as it was placed: the mode changes only while none is open.
create or replace function refuse_wallet_mode_change() returns trigger language plpgsql as $$
begin
  if exists (select from players where operator_id = new.id and (balance_cents > 0 or open_shares > 0))
    or exists (select from trades where operator_id = new.id and status = 'pending')
    or exists (select from limit_orders where operator_id = new.id and status in ('open', 'pending')) then
    raise exception 'players of this operator hold balances or positions, or have open orders, under its wallet mode' using errcode = 'check_violation';
  end if;
  return new;
end $$;

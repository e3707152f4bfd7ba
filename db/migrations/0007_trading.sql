-- No foreign keys on these four: they halve the throughput; `predictu verify` proves what they would.
create table trades (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  outcome text not null check (outcome in ('yes', 'no')),
  side text not null check (side in ('buy', 'sell')),
  status text not null check (status in ('pending', 'filled', 'cancelled')),
  price integer not null check (price between 1 and 9999),
  mid integer not null check (mid between 0 and 10000),
  quantity bigint not null check (quantity > 0),
  amount_cents bigint not null check (amount_cents >= 0),
  fee_cents bigint not null check (fee_cents >= 0),
  spread_cents bigint not null check (spread_cents >= 0),
  realized_pnl_cents bigint,
  balance_after_cents bigint not null check (balance_after_cents >= 0),
  -- As it was given: text, not jsonb, because it is written with every trade and read whole.
  receipt json not null,
  created_at timestamptz not null,
  primary key (operator_id, id)
) with (fillfactor = 90);
create unique index trades_id on trades (id);
create index trades_player on trades (player_id, id);
create index trades_market on trades (market_id, id);
comment on table trades is 'owner: trading. One executed (or, with an outside wallet, pending) buy or sale. amount_cents is cost or proceeds before the fee. A trade of a resolved market counts as settled.';

create table positions (
  operator_id bigint not null,
  market_id bigint not null,
  player_id bigint not null,
  outcome text not null check (outcome in ('yes', 'no')),
  id bigint not null,
  quantity bigint not null check (quantity >= 0),
  cost_cents bigint not null check (cost_cents >= 0),
  realized_pnl_cents bigint not null default 0,
  -- realized_pnl_cents when the position was last opened: one that closed may open again.
  realized_at_open_cents bigint not null default 0,
  trade_count integer not null default 0,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (operator_id, market_id, player_id, outcome)
) with (fillfactor = 70);
create index positions_player on positions (player_id, market_id);
comment on table positions is 'owner: trading. What one player holds of one outcome. cost_cents is the cost basis of what is still held, without fees.';

create table idempotency_keys (
  operator_id bigint not null,
  owner_id bigint not null,
  key text not null,
  body_hash uuid not null,
  trade_id bigint,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (operator_id, owner_id, key)
);
comment on table idempotency_keys is 'owner: trading. Every money operation ever answered, by key; kept for ever. owner_id is the player, or 0 for the operator''s own calls; answer holds only what the trade row does not.';

alter table trades enable row level security;
alter table trades force row level security;
alter table positions enable row level security;
alter table positions force row level security;
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy own on trades for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on trades for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on trades for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on positions for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on positions for select to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on positions for all to predictu_admin, predictu_worker using (true) with check (true);
create policy every on idempotency_keys for all to predictu_worker using (true) with check (true);

grant select on trades, positions to predictu_operator, predictu_player, predictu_admin;
grant select, insert on trades, idempotency_keys to predictu_worker;
grant update (status) on trades to predictu_worker;
grant select, insert, update on positions to predictu_worker;

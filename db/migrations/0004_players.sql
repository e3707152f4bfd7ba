create table players (
  operator_id bigint not null,
  id bigint not null,
  external_id text not null,
  username text,
  email text,
  status text not null default 'active' check (status in ('active', 'inactive', 'suspended')),
  tier text not null default 'normal' check (tier in ('normal', 'sharp', 'restricted', 'banned')),
  limit_tier text not null default 'new' check (limit_tier in ('new', 'regular', 'vip')),
  score smallint not null default 50 check (score between 0 and 100),
  balance_cents bigint not null default 0 check (balance_cents >= 0),
  -- Sum of open shares over all positions, hundredths of a share: the player's exposure.
  open_shares bigint not null default 0 check (open_shares >= 0),
  trade_count integer not null default 0,
  volume_cents bigint not null default 0,
  fees_cents bigint not null default 0,
  realized_pnl_cents bigint not null default 0,
  closed_count integer not null default 0,
  won_count integer not null default 0,
  deposited_cents bigint not null default 0,
  withdrawn_cents bigint not null default 0,
  max_bet_cents bigint check (max_bet_cents >= 0),
  allowed_categories text[],
  blocked_categories text[] not null default '{}',
  blocked_markets bigint[] not null default '{}',
  cooldown_until timestamptz,
  last_trade_at timestamptz,
  last_active_at timestamptz,
  created_at timestamptz not null,
  primary key (operator_id, id),
  unique (operator_id, external_id)
) with (fillfactor = 70);
comment on table players is 'owner: players, trading. One player of one operator; trading moves the balance and the running totals.';

create table player_sessions (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  origin text,
  user_agent text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (operator_id, id)
);
create index player_sessions_player on player_sessions (player_id, id);
comment on table player_sessions is 'owner: access. One embed session of one player.';

alter table players enable row level security;
alter table players force row level security;
alter table player_sessions enable row level security;
alter table player_sessions force row level security;
create policy own on players for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy player_own on players for select to predictu_player using (operator_id = (select tenant()) and id = (select acting_player()));
create policy every on players for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);
create policy own on player_sessions for select to predictu_operator using (operator_id = (select tenant()));
create policy every on player_sessions for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);

grant select on players to predictu_player;
grant select, insert on players to predictu_operator, predictu_admin, predictu_access;
-- Money columns move only through the batch, which runs as the worker.
grant update (username, email, status, tier, limit_tier, max_bet_cents, allowed_categories, blocked_categories, blocked_markets, cooldown_until, last_active_at)
  on players to predictu_operator, predictu_admin, predictu_access;
grant select, insert, update on players to predictu_worker;
grant select on player_sessions to predictu_operator, predictu_admin, predictu_worker;
grant select, insert, update on player_sessions to predictu_access;

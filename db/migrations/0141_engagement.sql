create table player_profiles (
  operator_id bigint not null,
  player_id bigint not null,
  -- Shown to other players of the operator only while show_name is on.
  display_name text,
  show_name boolean not null default false,
  weekly_digest boolean not null default false,
  updated_at timestamptz not null,
  check (not show_name or display_name is not null),
  primary key (operator_id, player_id)
);
create unique index player_profiles_name on player_profiles (operator_id, lower(display_name));
comment on table player_profiles is 'owner: engagement. What a player shows of itself, and what it wants to be told.';

create table player_watchlist (
  operator_id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  created_at timestamptz not null,
  primary key (operator_id, player_id, market_id)
);
comment on table player_watchlist is 'owner: engagement. Markets a player keeps an eye on.';

create table price_alerts (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  direction text not null check (direction in ('above', 'below')),
  -- Of YES, hundredths of a cent.
  price integer not null check (price between 1 and 9999),
  created_at timestamptz not null,
  fired_at timestamptz,
  fired_price integer,
  check ((fired_at is null) = (fired_price is null)),
  primary key (operator_id, id)
);
create index price_alerts_waiting on price_alerts (market_id) where fired_at is null;
create index price_alerts_player on price_alerts (player_id, id);
comment on table price_alerts is 'owner: engagement. Prices a player wants to hear of, once each.';

create table player_notifications (
  operator_id bigint not null,
  player_id bigint not null,
  id bigint not null,
  kind text not null check (kind in ('price_alert', 'settlement', 'referral')),
  market_id bigint,
  data jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (operator_id, player_id, id)
);
create index player_notifications_unread on player_notifications (operator_id, player_id) where read_at is null;
comment on table player_notifications is 'owner: engagement. What a player was told, and whether it has looked.';

-- Sums by calendar period (UTC), added up behind the facts.
create table leaderboard_results (
  operator_id bigint not null,
  period text not null check (period in ('day', 'week', 'month', 'all')),
  starts_on date not null,
  player_id bigint not null,
  volume_cents bigint not null,
  pnl_cents bigint not null,
  primary key (operator_id, period, starts_on, player_id)
) with (fillfactor = 80);
create index leaderboard_results_pnl on leaderboard_results (operator_id, period, starts_on, pnl_cents desc, player_id);
create index leaderboard_results_volume on leaderboard_results (operator_id, period, starts_on, volume_cents desc, player_id);
comment on table leaderboard_results is 'owner: engagement. Volume and realised profit of each player by day, week, month and in all.';

create table player_results_state (
  only_row boolean primary key default true check (only_row),
  -- Every trade, fill and settlement up to this id is in the results and told to whom it concerns.
  last_id bigint not null
) with (fillfactor = 20);
insert into player_results_state (last_id) values (0);
comment on table player_results_state is 'owner: engagement. How far leaderboards and notifications follow the facts.';

do $$
declare name text;
begin
  foreach name in array array['player_profiles', 'player_watchlist', 'price_alerts', 'player_notifications', 'leaderboard_results'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to predictu_operator using (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select on %I to predictu_operator, predictu_admin', name);
    execute format('grant select, insert, update, delete on %I to predictu_worker', name);
    if name <> 'leaderboard_results' then
      execute format('create policy player_own on %I for all to predictu_player using (operator_id = (select tenant()) and player_id = (select acting_player()))
        with check (operator_id = (select tenant()) and player_id = (select acting_player()))', name);
    end if;
  end loop;
end $$;
grant select, insert, delete on player_watchlist, price_alerts to predictu_player;
grant select on player_profiles, player_notifications to predictu_player;
grant update (read_at) on player_notifications to predictu_player;
grant select, update on player_results_state to predictu_worker;

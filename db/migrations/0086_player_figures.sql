-- Figures of single players, for lifetime values, cohorts and patterns: added up every few minutes by a job that follows trades and fills in the
-- order of their commits, apart from the rollups of dashboards, whose upkeep is every trade's. A reader adds what came after `last_id`.
create table rollup_player_state (
  only_row boolean primary key default true check (only_row),
  -- Every trade and fill up to this id is in the three tables below, none after it.
  last_id bigint not null
) with (fillfactor = 20);
insert into rollup_player_state (last_id) values (0);
comment on table rollup_player_state is 'owner: insights. How far the figures of players follow the facts; whoever adds to them locks it.';

create table rollup_player_totals (
  operator_id bigint not null,
  player_id bigint not null,
  -- Number of the market's category.
  category smallint not null,
  trades bigint not null,
  volume_cents bigint not null,
  spread_cents bigint not null,
  fee_cents bigint not null,
  -- Spread and fees of the first 30 days since the player came.
  early_cents bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (operator_id, player_id, category)
) with (fillfactor = 70);
comment on table rollup_player_totals is 'owner: insights. Filled trades of each player by category, since the beginning.';

create table rollup_player_days (
  operator_id bigint not null,
  starts_at timestamptz not null,
  player_id bigint not null,
  trades integer not null,
  -- Buys by their cost: below $5, below $20, below $100, and the rest.
  small integer not null,
  medium integer not null,
  large integer not null,
  huge integer not null,
  primary key (operator_id, starts_at, player_id)
) with (fillfactor = 80);
comment on table rollup_player_days is 'owner: insights. Filled trades of each player by day in UTC.';

create table rollup_sessions (
  operator_id bigint not null,
  session_id bigint not null,
  trades integer not null,
  last_trade_at timestamptz not null,
  primary key (operator_id, session_id)
) with (fillfactor = 80);
comment on table rollup_sessions is 'owner: insights. Filled trades of each player session that had one: the latest session of the player begun before the trade.';

do $$
declare name text;
begin
  foreach name in array array['rollup_player_totals', 'rollup_player_days', 'rollup_sessions'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to predictu_operator using (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select on %I to predictu_operator, predictu_admin', name);
    execute format('grant select, insert, update, delete on %I to predictu_worker', name);
  end loop;
end $$;
grant select on rollup_player_state to predictu_admin;
grant select, update on rollup_player_state to predictu_worker;

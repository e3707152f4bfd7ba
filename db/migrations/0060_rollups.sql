-- Figures by hour, by day and for all time, added up outside of the trades' transactions by a job that follows the facts in the order of their
-- commits. A reader adds what came after `rollup_state.last_id`, so what it shows is exact at every moment (docs/rollups.md).
create table rollup_state (
  only_row boolean primary key default true check (only_row),
  -- Every trade, fill and decided settlement up to this id is in the rollups, none after it.
  last_id bigint not null,
  -- The same for the days of markets, which follow in larger steps.
  markets_last_id bigint not null
) with (fillfactor = 20);
insert into rollup_state (last_id, markets_last_id) values (0, 0);
comment on table rollup_state is 'owner: insights. How far the rollups follow the facts; whoever rolls up locks it.';

-- Operators read the boundary and nothing else of the table.
create function rolled_through() returns bigint language sql stable security definer set search_path = public as $$
  select last_id from rollup_state
$$;
create function markets_rolled_through() returns bigint language sql stable security definer set search_path = public as $$
  select markets_last_id from rollup_state
$$;
revoke execute on function rolled_through, markets_rolled_through from public;
grant execute on function rolled_through, markets_rolled_through to predictu_operator, predictu_admin, predictu_worker;

create table rollup_totals (
  operator_id bigint not null,
  -- What the figures are of: the operator as a whole, a category, or the players of a tier; by the day also one of its markets.
  kind text not null,
  -- Number of the category or of the tier, market id; 0 of the whole. The tier is the player's as the rollup found it (rollup_tiers).
  key bigint not null,
  buys bigint not null,
  sells bigint not null,
  -- Cost of buys and proceeds of sells: together the volume.
  buy_cents bigint not null,
  sell_cents bigint not null,
  fee_cents bigint not null,
  spread_cents bigint not null,
  -- Profit of players by selling.
  realized_cents bigint not null,
  -- Positions settled, what the house gained by them (a loss is negative), and the fees on their payouts.
  settled bigint not null,
  settlement_pnl_cents bigint not null,
  settlement_fee_cents bigint not null,
  primary key (operator_id, kind, key)
) with (fillfactor = 50);
create table rollup_days (like rollup_totals, starts_at timestamptz not null, primary key (operator_id, kind, starts_at, key)) with (fillfactor = 80);
create table rollup_hours (like rollup_totals, starts_at timestamptz not null, primary key (operator_id, kind, starts_at, key)) with (fillfactor = 80);
comment on table rollup_totals is 'owner: insights. Figures since the beginning by operator, category and tier, of all facts up to rollup_state.last_id.';
comment on table rollup_days is 'owner: insights. rollup_totals by day in UTC, and those of markets up to rollup_state.markets_last_id.';
comment on table rollup_hours is 'owner: insights. rollup_totals by hour.';

-- Players who ever traded, numbered from 0 in their operator: the place of their bit in the sets below. `tier` is the latest of rollup_tiers.
create table rollup_players (
  operator_id bigint not null,
  player_id bigint not null,
  number integer not null,
  tier text not null,
  primary key (operator_id, player_id)
);
create unique index rollup_players_number on rollup_players (operator_id, number);
comment on table rollup_players is 'owner: insights. Number and latest tier of each player who ever traded, for the rollups.';

create table rollup_tiers (
  operator_id bigint not null,
  player_id bigint not null,
  -- Facts with larger ids count for this tier, up to the next row of the player; before the first row they count as normal.
  after_id bigint not null,
  tier text not null,
  primary key (operator_id, player_id, after_id)
);
comment on table rollup_tiers is 'owner: insights. From which fact on a player counts for which tier. Append-only.';

-- Who traded, as sets of bits: the union over any hours and days counts each player once, exactly.
create table rollup_active_days (
  operator_id bigint not null,
  starts_at timestamptz not null,
  -- Holds the players numbered 4096 x part to 4096 x part + 4095.
  part integer not null,
  players bit(4096) not null,
  primary key (operator_id, starts_at, part)
) with (fillfactor = 80);
alter table rollup_active_days alter column players set storage plain;
create table rollup_active_hours (like rollup_active_days including storage, primary key (operator_id, starts_at, part)) with (fillfactor = 80);
comment on table rollup_active_days is 'owner: insights. Players with at least one filled trade in a day, by their numbers.';
comment on table rollup_active_hours is 'owner: insights. Players with at least one filled trade in an hour, by their numbers.';

-- Players by the hour they came; those not counted yet wait beside it, written with the player.
create table rollup_signups (
  operator_id bigint not null,
  starts_at timestamptz not null,
  players bigint not null,
  primary key (operator_id, starts_at)
) with (fillfactor = 80);
create table rollup_signup_days (like rollup_signups, primary key (operator_id, starts_at)) with (fillfactor = 80);
comment on table rollup_signups is 'owner: insights. How many players came in an hour, less those still in rollup_arrivals.';
comment on table rollup_signup_days is 'owner: insights. rollup_signups by day in UTC.';
create table rollup_arrivals (
  operator_id bigint not null,
  player_id bigint not null,
  created_at timestamptz not null
);
create index rollup_arrivals_operator on rollup_arrivals (operator_id, created_at);
comment on table rollup_arrivals is 'owner: insights. New players not in rollup_signups yet. Written by a trigger on players.';
insert into rollup_arrivals (operator_id, player_id, created_at) select operator_id, id, created_at from players;
create function note_arrival() returns trigger language plpgsql as $$
begin
  insert into rollup_arrivals (operator_id, player_id, created_at) select operator_id, id, created_at from fresh;
  return null;
end $$;
create trigger players_arrival after insert on players referencing new table as fresh for each statement execute function note_arrival();
-- For the counts of flagged players; changes with the tier only.
create index players_flagged_operator on players (operator_id, tier) where tier <> 'normal';
-- For decided settlements after an id.
create index market_settlements_decision on market_settlements (decision_id) where decision_id is not null;

create table rollup_holdings (
  operator_id bigint primary key,
  open_positions bigint not null
) with (fillfactor = 20);
comment on table rollup_holdings is 'owner: insights. Open positions as of rollup_state.last_id; an operator without a row is counted when asked.';

do $$
declare name text;
begin
  foreach name in array array['rollup_totals', 'rollup_days', 'rollup_hours', 'rollup_players', 'rollup_tiers',
    'rollup_active_days', 'rollup_active_hours', 'rollup_signups', 'rollup_signup_days', 'rollup_arrivals', 'rollup_holdings'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to predictu_operator using (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select on %I to predictu_operator, predictu_admin', name);
    execute format('grant select, insert, update, delete on %I to predictu_worker', name);
  end loop;
end $$;
grant select, update on rollup_state to predictu_worker;
-- Whoever makes a player notes its arrival.
create policy own_insert on rollup_arrivals for insert to predictu_operator with check (operator_id = (select tenant()));
create policy access_insert on rollup_arrivals for insert to predictu_access with check (true);
grant insert on rollup_arrivals to predictu_operator, predictu_admin, predictu_access;

-- Which settlements still wait for a callback, and when the last callback of one ended.
create index wallet_calls_unsettled on wallet_calls (operator_id, settlement_id)
  where settlement_id is not null and status in ('pending', 'unknown', 'failed', 'refused');
create index wallet_calls_settled on wallet_calls (operator_id, settlement_id, settled_at) where settlement_id is not null;
-- Its place in the order of commits: what an operator adds to the rollups.
grant select (decision_id) on market_settlements to predictu_operator;

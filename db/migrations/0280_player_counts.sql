-- How many players each operator has by risk tier, for dashboards and risk pages: kept like arrivals, so that nobody waits for anybody. What changed is
-- written beside the players, and the job of the rollups adds it up.
create table rollup_player_counts (
  operator_id bigint not null,
  tier text not null,
  players bigint not null,
  primary key (operator_id, tier)
) with (fillfactor = 50);
comment on table rollup_player_counts is 'owner: insights. How many players have a risk tier, less what is still in rollup_player_moves.';
create table rollup_player_moves (
  operator_id bigint not null,
  tier text not null,
  -- Players that came to the tier; negative when they left it.
  players bigint not null
);
create index rollup_player_moves_operator on rollup_player_moves (operator_id);
comment on table rollup_player_moves is 'owner: insights. Changes of the counts of players not in rollup_player_counts yet. Written by triggers on players.';

-- A server of the version before may be adding players: none between the count and the triggers.
lock table players in share row exclusive mode;
insert into rollup_player_counts (operator_id, tier, players) select operator_id, tier, count(*) from players group by 1, 2;

create or replace function note_arrival() returns trigger language plpgsql as $$
begin
  insert into rollup_arrivals (operator_id, player_id, created_at) select operator_id, id, created_at from fresh;
  insert into rollup_player_moves (operator_id, tier, players) select operator_id, tier, count(*) from fresh group by 1, 2;
  return null;
end $$;
create function note_tier() returns trigger language plpgsql as $$
begin
  insert into rollup_player_moves (operator_id, tier, players) values (new.operator_id, old.tier, -1), (new.operator_id, new.tier, 1);
  return null;
end $$;
create trigger players_tier after update of tier on players for each row when (old.tier is distinct from new.tier) execute function note_tier();

do $$
declare name text;
begin
  foreach name in array array['rollup_player_counts', 'rollup_player_moves'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to predictu_operator using (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select on %I to predictu_operator, predictu_admin', name);
    execute format('grant select, insert, update, delete on %I to predictu_worker', name);
  end loop;
end $$;
-- Whoever makes a player or changes its tier notes it.
create policy own_insert on rollup_player_moves for insert to predictu_operator with check (operator_id = (select tenant()));
create policy access_insert on rollup_player_moves for insert to predictu_access with check (true);
grant insert on rollup_player_moves to predictu_operator, predictu_admin, predictu_access;

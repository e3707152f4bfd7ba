-- Which players changed otherwise than by a trade or a ledger row, which those rows say already: followed by lists kept in memory.
-- By transaction, because these writers do not take turns: a reader asks again for what its last snapshot could not yet see.
create table player_changes (
  xid xid8 not null default pg_current_xact_id(),
  player_id bigint not null,
  at timestamptz not null default now()
);
create index player_changes_xid on player_changes (xid);
comment on table player_changes is 'owner: players. Players that were added or changed without a trade or a ledger row; forgotten after a day.';
grant insert on player_changes to predictu_access, predictu_operator, predictu_admin, predictu_worker;
grant select, delete on player_changes to predictu_worker;

create function note_player_change() returns trigger language plpgsql as $$
begin
  insert into player_changes (player_id) values (new.id);
  return null;
end $$;
create trigger players_added after insert on players for each row execute function note_player_change();
create trigger players_changed after update on players for each row
  when (new.balance_cents = old.balance_cents and new.trade_count = old.trade_count) execute function note_player_change();

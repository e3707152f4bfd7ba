-- Which markets came or changed in what lists are filtered by: followed by the lists kept in memory, by transaction as changes of players are.
create table market_changes (
  xid xid8 not null default pg_current_xact_id(),
  market_id bigint not null,
  at timestamptz not null default now()
);
create index market_changes_xid on market_changes (xid);
comment on table market_changes is 'owner: markets. Markets that were added or changed their status or category; forgotten after a day.';
grant insert on market_changes to predictu_admin, predictu_operator, predictu_worker;
grant select, delete on market_changes to predictu_worker;

create function note_market_change() returns trigger language plpgsql as $$
begin
  insert into market_changes (market_id) values (new.id);
  return null;
end $$;
create trigger markets_added after insert on markets for each row execute function note_market_change();
create trigger markets_changed after update of status, category, operator_id on markets for each row
  when (old.status <> new.status or old.category <> new.category or old.operator_id is distinct from new.operator_id)
  execute function note_market_change();

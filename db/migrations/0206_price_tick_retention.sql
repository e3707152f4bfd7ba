-- How far old price ticks have been thinned to one a minute.
create table price_tick_state (
  only_row boolean primary key default true check (only_row),
  thinned_through timestamptz not null
) with (fillfactor = 20);
insert into price_tick_state (thinned_through) values ('2024-01-01T00:00:00Z');
comment on table price_tick_state is 'owner: markets. Ticks before this instant are thinned; moved when a run has been through all markets.';
grant select, update on price_tick_state to predictu_worker;

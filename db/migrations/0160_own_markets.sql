-- A market of one operator's own: seen by that operator and its players, and by nobody else. Without an operator it is everybody's.
alter table markets add column operator_id bigint;
alter table price_ticks add column operator_id bigint;
create index markets_own on markets (operator_id, id) where operator_id is not null;

alter table markets enable row level security;
alter table markets force row level security;
alter table price_ticks enable row level security;
alter table price_ticks force row level security;
create policy offered on markets for select to predictu_operator, predictu_player using (operator_id is null or operator_id = (select tenant()));
create policy offered on price_ticks for select to predictu_operator, predictu_player using (operator_id is null or operator_id = (select tenant()));
-- Before anybody is known: what everybody may see.
create policy everybodys on markets for select to predictu_access using (operator_id is null);
create policy everybodys on price_ticks for select to predictu_access using (operator_id is null);
create policy every on markets for all to predictu_admin, predictu_worker using (true) with check (true);
create policy every on price_ticks for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own_insert on markets for insert to predictu_operator with check (operator_id = (select tenant()) and source = 'operator');
create policy own_update on markets for update to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy own_insert on price_ticks for insert to predictu_operator with check (operator_id = (select tenant()));

grant insert on markets, price_ticks to predictu_operator;
grant update (title, search_title, description, status, status_reason, mid, snapshot_id, priced_at, received_at, liquidity_cents, updated_at) on markets
  to predictu_operator;

-- Lists of trades, positions and players: the documented orders by index, and each row by its id alone.
create index players_id on players (id);
create index players_created on players (created_at, id);
create index players_operator_created on players (operator_id, created_at, id);

create index positions_id on positions (id);
create index positions_opened on positions (operator_id, opened_at, id);

-- Few at any moment, and what a counter of filled trades lacks to be the number of all.
create index trades_unfilled on trades (operator_id, id) where status <> 'filled';

-- A part of a name, e-mail or external id.
create extension if not exists pg_trgm;
create index players_search on players using gin ((lower(coalesce(username, '') || E'\n' || coalesce(email, '') || E'\n' || external_id)) gin_trgm_ops);

-- The key a trade or an adjustment came with. A key of several trades, or of an adjustment, was written in the same instant as what it names.
create index idempotency_keys_trade on idempotency_keys (trade_id) where trade_id is not null;
create index idempotency_keys_other on idempotency_keys (operator_id, owner_id, created_at) where trade_id is null;
create policy admin_reads on idempotency_keys for select to predictu_admin using (true);
grant select (operator_id, owner_id, key, trade_id, answer, created_at) on idempotency_keys to predictu_admin;

-- Whether a player has, or has had, limits or an exclusion of its own: for everybody else the batch reads nothing more.
alter table players add column protected boolean not null default false;

create table player_protections (
  operator_id bigint not null,
  player_id bigint not null,
  -- By kind: {"value": "5000", "next": {"value": null, "at": "..."}}, cents or minutes as text; null does not bound.
  limits jsonb not null default '{}' check (jsonb_typeof(limits) = 'object'),
  excluded_at timestamptz,
  -- 9999-12-31: for good.
  excluded_until timestamptz,
  -- The play session: from its first buy to its last one so far.
  session_started_at timestamptz,
  session_seen_at timestamptz,
  updated_at timestamptz not null,
  check ((excluded_at is null) = (excluded_until is null)),
  check ((session_started_at is null) = (session_seen_at is null)),
  primary key (operator_id, player_id)
) with (fillfactor = 70);
comment on table player_protections is 'owner: protection. The limits and the exclusion a player has set for itself.';

create table player_spending (
  operator_id bigint not null,
  player_id bigint not null,
  day date not null,
  -- Cost and fees of buys that were not undone; proceeds less fees of sales. By the day of the trade, UTC.
  staked_cents bigint not null,
  returned_cents bigint not null,
  primary key (operator_id, player_id, day)
) with (fillfactor = 70);
comment on table player_spending is 'owner: protection. What protected players traded by day; written by the batch that trades.';

alter table player_protections enable row level security;
alter table player_protections force row level security;
alter table player_spending enable row level security;
alter table player_spending force row level security;
create policy own on player_protections for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on player_protections for select to predictu_player
  using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on player_protections for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on player_spending for select to predictu_operator using (operator_id = (select tenant()));
create policy player_own on player_spending for select to predictu_player
  using (operator_id = (select tenant()) and player_id = (select acting_player()));
create policy every on player_spending for all to predictu_admin, predictu_worker using (true) with check (true);

grant select on player_protections, player_spending to predictu_operator, predictu_player, predictu_admin;
-- Limits change under the sequencer, so that the batch after it decides by them: the worker's right.
grant select, insert, update on player_protections, player_spending to predictu_worker;

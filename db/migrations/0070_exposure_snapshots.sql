-- How exposure stood, every five minutes: the whole and its categories always, markets once an hour.
create table exposure_snapshots (
  -- As in exposure: operator 0 is the platform; scope 0 whole, 1 category, 2 market; key 0, category number, market id.
  operator_id bigint not null,
  scope smallint not null check (scope between 0 and 2),
  key bigint not null,
  at timestamptz not null,
  yes_shares bigint not null check (yes_shares >= 0),
  no_shares bigint not null check (no_shares >= 0),
  cost_cents bigint not null,
  -- In force then; null: none of its own.
  limit_cents bigint,
  primary key (operator_id, scope, key, at)
);
-- The job forgets by time.
create index exposure_snapshots_time on exposure_snapshots (at);
comment on table exposure_snapshots is 'owner: risk. Exposure by scope as it stood at an instant, with the limit in force; thinned with age. Never changed.';

alter table exposure_snapshots enable row level security;
alter table exposure_snapshots force row level security;
create policy own on exposure_snapshots for select to predictu_operator using (operator_id = (select tenant()));
create policy every on exposure_snapshots for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on exposure_snapshots to predictu_operator, predictu_admin;
grant select, insert, delete on exposure_snapshots to predictu_worker;

-- What a suspended operator goes back to, how the check of an origin's domain went, and who holds a player back.
alter table operators add column suspended_from text check (suspended_from in ('pending', 'configuring', 'testing', 'live'));

alter table embed_origins add column last_checked_at timestamptz, add column check_detail text;
create index embed_origins_pending on embed_origins (last_checked_at nulls first, id) where status = 'pending_verification';

-- Set by the platform: the operator may neither lift the suspension nor change the restrictions.
alter table players add column suspended_by text check (suspended_by in ('platform', 'operator')),
  add column restricted_by text check (restricted_by in ('platform', 'operator'));
grant update (suspended_by, restricted_by) on players to predictu_operator, predictu_admin;

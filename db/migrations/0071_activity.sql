-- What happens beside trades, in one place: each row is written by the statement that wrote the fact it points at, so neither is without
-- the other. Trades are not repeated here: their own ids are in commit order already.
create table activity_events (
  -- Null: of the platform as a whole.
  operator_id bigint,
  -- Where it stands in time, made like every id; shown as the id of the activity.
  id bigint not null,
  -- Tells apart two of one id.
  number bigint generated always as identity primary key,
  type text not null check (type in ('settlement', 'user_signup', 'risk_event', 'operator_event', 'config_change')),
  -- The table and row the fact is in.
  source text not null check (source in ('audit', 'player', 'risk_event', 'settlement', 'settlement_record')),
  source_id bigint not null,
  -- Who wrote it, for readers who go on from a snapshot: rows become visible in another order than their ids.
  written_by xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null
);
create index activity_events_id on activity_events (id, number);
create index activity_events_operator on activity_events (operator_id, id, number);
create index activity_events_type on activity_events (type, id, number);
create index activity_events_operator_type on activity_events (operator_id, type, id, number);
create index activity_events_written on activity_events (written_by);
comment on table activity_events is 'owner: insights. The activity feed less its trades: what happened, when, and which row says more. Written by triggers on those rows.';

alter table activity_events enable row level security;
alter table activity_events force row level security;
create policy own on activity_events for select to predictu_operator using (operator_id = (select tenant()));
create policy own_insert on activity_events for insert to predictu_operator with check (operator_id = (select tenant()));
create policy every on activity_events for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);
grant select, insert on activity_events to predictu_operator, predictu_admin, predictu_worker, predictu_access;
-- Rows of a database that was restored elsewhere name transactions of the old one.
grant update (written_by) on activity_events to predictu_worker;

-- The id of an instant, as contract/src/ids.ts makes it; the lower bits tell apart what happened in the same millisecond.
create function activity_id(at timestamptz, salt bigint) returns bigint language sql immutable parallel safe as $$
  select (greatest(floor(extract(epoch from at) * 1000)::bigint - 1704067200000, 0) << 22) | (salt & 4194303)
$$;

-- What an audited act is called in the feed; null: not for the feed (logins; a breaker's change has its risk event).
create function activity_type(action text) returns text language sql immutable parallel safe as $$
  select case
    when action like 'config.%' or action in ('settlement.rules', 'breaker.created') then 'config_change'
    when action like 'settlement.%' then 'settlement'
    when action like 'market.%' then 'risk_event'
    when action like 'breaker.%' or action like 'admin.%' or action like '%.login' or action like '%totp%' then null
    else 'operator_event'
  end
$$;

create function note_audit_activity() returns trigger language plpgsql as $$
begin
  insert into activity_events (operator_id, id, type, source, source_id, created_at)
  select operator_id, activity_id(at, id), activity_type(action), 'audit', id, at from fresh where activity_type(action) is not null;
  return null;
end $$;
create trigger platform_audit_log_activity after insert on platform_audit_log referencing new table as fresh
  for each statement execute function note_audit_activity();

create function note_player_activity() returns trigger language plpgsql as $$
begin
  insert into activity_events (operator_id, id, type, source, source_id, created_at)
  select operator_id, activity_id(created_at, id), 'user_signup', 'player', id, created_at from fresh;
  return null;
end $$;
create trigger players_activity after insert on players referencing new table as fresh
  for each statement execute function note_player_activity();

create function note_risk_activity() returns trigger language plpgsql as $$
begin
  insert into activity_events (operator_id, id, type, source, source_id, created_at)
  select operator_id, activity_id(created_at, id), 'risk_event', 'risk_event', id, created_at from fresh;
  return null;
end $$;
create trigger risk_events_activity after insert on risk_events referencing new table as fresh
  for each statement execute function note_risk_activity();

create function note_settlement_record_activity() returns trigger language plpgsql as $$
begin
  insert into activity_events (operator_id, id, type, source, source_id, created_at)
  select operator_id, activity_id(decided_at, settlement_id # operator_id), 'settlement', 'settlement_record', settlement_id, decided_at from fresh;
  return null;
end $$;
create trigger settlement_records_activity after insert on settlement_records referencing new table as fresh
  for each statement execute function note_settlement_record_activity();

create function note_settlement_activity() returns trigger language plpgsql as $$
begin
  insert into activity_events (operator_id, id, type, source, source_id, created_at)
  values (null, activity_id(new.decided_at, new.id), 'settlement', 'settlement', new.id, new.decided_at);
  return null;
end $$;
create trigger market_settlements_activity after update of status on market_settlements
  for each row when (new.status = 'decided' and old.status <> 'decided') execute function note_settlement_activity();

-- What happened before this table was there.
insert into activity_events (operator_id, id, type, source, source_id, created_at)
select operator_id, activity_id(at, id), activity_type(action), 'audit', id, at from platform_audit_log where activity_type(action) is not null
union all select operator_id, activity_id(created_at, id), 'user_signup', 'player', id, created_at from players
union all select operator_id, activity_id(created_at, id), 'risk_event', 'risk_event', id, created_at from risk_events
union all select operator_id, activity_id(decided_at, settlement_id # operator_id), 'settlement', 'settlement_record', settlement_id, decided_at from settlement_records
union all select null, activity_id(decided_at, id), 'settlement', 'settlement', id, decided_at from market_settlements where status = 'decided';

-- The feed of all operators reads filled trades by id alone; what was pending first, by the row that filled it.
create index trade_events_id on trade_events (id);

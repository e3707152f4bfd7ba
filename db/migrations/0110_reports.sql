-- Files made on demand or on schedule: what was asked, how far it is, until when it can be fetched. The bytes are in the data folder.
create table report_files (
  -- Null: the platform's own.
  operator_id bigint,
  id bigint primary key,
  kind text not null check (kind in ('report', 'export')),
  type text not null,
  format text not null check (format in ('csv', 'xlsx', 'pdf', 'jsonl', 'parquet')),
  compression text not null default 'none' check (compression in ('none', 'gzip', 'zstd')),
  -- As they were sent; what they mean is read anew when the file is made.
  filters jsonb not null,
  columns text[] not null check (cardinality(columns) > 0),
  include_pii boolean not null,
  -- Where it is sent when it is ready; none: fetched.
  recipients text[] not null default '{}',
  schedule_id bigint,
  -- The run of the schedule it was made for.
  scheduled_for timestamptz,
  status text not null default 'processing' check (status in ('processing', 'ready', 'failed')),
  estimated_rows bigint not null check (estimated_rows >= 0),
  rows_done bigint not null default 0 check (rows_done >= 0),
  file_name text,
  file_size_bytes bigint check (file_size_bytes >= 0),
  error text,
  -- Who makes it now, until when nobody else may: a process that died holds it no longer.
  claim bigint,
  claimed_until timestamptz,
  attempts integer not null default 0 check (attempts >= 0),
  created_by text not null,
  created_at timestamptz not null,
  generated_at timestamptz,
  expires_at timestamptz,
  removed_at timestamptz,
  check ((status = 'ready') = (generated_at is not null)),
  check ((status = 'ready') = (expires_at is not null)),
  check ((schedule_id is null) = (scheduled_for is null))
);
create index report_files_list on report_files (kind, operator_id, id);
create index report_files_waiting on report_files (id) where status = 'processing';
create index report_files_kept on report_files (expires_at) where status = 'ready' and removed_at is null;
-- However often and wherever the job runs, one file for each run.
create unique index report_files_run on report_files (schedule_id, scheduled_for) where schedule_id is not null;
comment on table report_files is 'owner: reports. A report or bulk export: what was asked for, how far it is, its file in the data folder.';

create table report_schedules (
  -- Null: the platform's own.
  operator_id bigint,
  id bigint primary key,
  name text not null,
  type text not null,
  format text not null check (format in ('csv', 'xlsx', 'pdf')),
  frequency text not null check (frequency in ('daily', 'weekly', 'monthly')),
  day_of_week integer check (day_of_week between 0 and 6),
  day_of_month integer check (day_of_month between 1 and 28),
  time_utc text not null check (time_utc ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  filters jsonb not null,
  columns text[] not null check (cardinality(columns) > 0),
  recipients text[] not null check (cardinality(recipients) > 0),
  enabled boolean not null,
  -- Null while it is not enabled.
  next_run_at timestamptz,
  last_run_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  check (enabled = (next_run_at is not null)),
  check ((frequency = 'weekly') <= (day_of_week is not null)),
  check ((frequency = 'monthly') <= (day_of_month is not null))
);
create index report_schedules_list on report_schedules (operator_id, id);
create index report_schedules_due on report_schedules (next_run_at) where enabled;
comment on table report_schedules is 'owner: reports. A report that is made again and again and sent by e-mail, and when next.';

do $$
declare name text;
begin
  foreach name in array array['report_files', 'report_schedules'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select, insert on %I to predictu_operator, predictu_admin, predictu_worker', name);
  end loop;
end $$;
grant update, delete on report_files to predictu_worker;
grant update, delete on report_schedules to predictu_operator, predictu_admin, predictu_worker;

-- The queue's tables are the owner's: whoever asks for a large file may only say that one waits.
create function make_files_soon() returns void language plpgsql security definer set search_path = public as $$
begin
  -- Without the queue (a server without workers) the next worker finds it.
  if to_regnamespace('graphile_worker') is null then return; end if;
  perform graphile_worker.add_job('make-report-files', '{}'::json, job_key => 'make-report-files', max_attempts => 3);
end $$;
revoke execute on function make_files_soon from public;
grant execute on function make_files_soon to predictu_operator, predictu_admin, predictu_worker;

-- Making a file changes nothing worth telling in the feed of activity; a schedule does.
create or replace function activity_type(action text) returns text language sql immutable parallel safe as $$
  select case
    when action like 'config.%' or action in ('settlement.rules', 'breaker.created') then 'config_change'
    when action like 'settlement.%' then 'settlement'
    when action like 'market.%' then 'risk_event'
    when action like 'breaker.%' or action like 'admin.%' or action like '%.login' or action like '%totp%' or action in ('report.create', 'export.create') then null
    else 'operator_event'
  end
$$;

-- Every writer of money, exposure or slow-moving trading state locks this row first. It hands out ids in commit order
-- (`last_id`), and `version` counts changes of what the batch keeps in memory: configuration, operators, breakers.
create table sequencer (
  only_row boolean primary key default true check (only_row),
  last_id bigint not null,
  version bigint not null
) with (fillfactor = 20);
insert into sequencer (last_id, version) values (0, 1);
comment on table sequencer is 'owner: platform, trading, markets. The one row that orders all writers.';

-- Open shares and their cost by scope. operator_id 0 is the platform. scope: 0 whole, 1 category, 2 market; key: 0, category number, market id.
create table exposure (
  operator_id bigint not null,
  scope smallint not null check (scope between 0 and 2),
  key bigint not null,
  yes_shares bigint not null default 0 check (yes_shares >= 0),
  no_shares bigint not null default 0 check (no_shares >= 0),
  cost_cents bigint not null default 0,
  -- Backstop of the walls, in hundredths of a share: the limit when it was last set, or the exposure then if that was larger.
  cap_shares bigint not null,
  volume_cents bigint not null default 0,
  trade_count bigint not null default 0,
  constraint exposure_cap check (yes_shares + no_shares <= cap_shares),
  primary key (operator_id, scope, key)
) with (fillfactor = 20);
comment on table exposure is 'owner: risk, trading. Sum of open shares x $1 by scope, with cost, volume and trade count of the scope.';

create table circuit_breakers (
  id bigint primary key,
  scope text not null check (scope in ('global', 'operator', 'category', 'market')),
  operator_id bigint,
  category text,
  market_id bigint,
  trigger_type text not null check (trigger_type in ('exposure_pct', 'manual')),
  trigger_threshold numeric(5, 1),
  status text not null default 'armed' check (status in ('armed', 'tripped', 'disarmed')),
  cooldown_minutes integer not null check (cooldown_minutes >= 0),
  auto_reset boolean not null,
  tripped_at timestamptz,
  reset_at timestamptz,
  trip_reason text,
  created_by text not null,
  created_at timestamptz not null,
  check ((scope = 'operator') = (operator_id is not null) and (scope = 'category') = (category is not null) and (scope = 'market') = (market_id is not null)),
  check ((trigger_type = 'manual') = (trigger_threshold is null))
);
comment on table circuit_breakers is 'owner: risk, trading. Halts buying in a scope when its exposure passes the threshold (percent of its limit) or by hand.';

create table risk_events (
  id bigint primary key,
  operator_id bigint,
  type text not null check (type in ('wall_violation', 'circuit_breaker', 'sharp_detection', 'anomaly')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  wall smallint check (wall between 1 and 5),
  message text not null,
  scope jsonb not null default '{}',
  value_cents bigint,
  threshold_cents bigint,
  player_id bigint,
  market_id bigint,
  auto_resolved boolean not null default false,
  resolved_at timestamptz,
  created_at timestamptz not null
);
create index risk_events_operator on risk_events (operator_id, id);
comment on table risk_events is 'owner: risk, trading, markets. Limits approached or refused, breakers tripped and reset, anomalies.';

alter table exposure enable row level security;
alter table exposure force row level security;
alter table circuit_breakers enable row level security;
alter table circuit_breakers force row level security;
alter table risk_events enable row level security;
alter table risk_events force row level security;
create policy own on exposure for select to predictu_operator using (operator_id = (select tenant()));
create policy every on exposure for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on circuit_breakers for select to predictu_operator using (operator_id is null or operator_id = (select tenant()));
create policy every on circuit_breakers for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on risk_events for select to predictu_operator using (operator_id = (select tenant()));
create policy every on risk_events for all to predictu_admin, predictu_worker using (true) with check (true);

grant select on exposure, circuit_breakers, risk_events to predictu_operator;
grant select on exposure, risk_events, sequencer to predictu_admin;
grant select, insert, update on exposure, circuit_breakers, risk_events to predictu_worker;
grant select, update on sequencer to predictu_worker;
grant select, insert, update on circuit_breakers to predictu_admin;
grant insert, update on risk_events, exposure to predictu_admin;
grant update on sequencer to predictu_admin;

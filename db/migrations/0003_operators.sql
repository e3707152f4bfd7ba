create table operators (
  id bigint primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null,
  status text not null default 'pending' check (status in ('pending', 'configuring', 'testing', 'live', 'suspended')),
  contact_email text not null,
  contact_name text,
  website_url text,
  callback_url text,
  s2s_enabled boolean not null default false,
  wallet_mode text not null default 'internal' check (wallet_mode in ('internal', 'seamless', 'shadow')),
  branding jsonb not null default '{}',
  -- What trading reads, in integer units; the documented configuration document is `config`.
  min_bet_cents bigint not null default 100 check (min_bet_cents > 0),
  max_bet_cents bigint not null default 100000 check (max_bet_cents > 0),
  exposure_limit_cents bigint not null default 10000000 check (exposure_limit_cents >= 0),
  category_limits jsonb not null default '{}',
  limit_tiers jsonb not null default '{"new": 1000, "regular": 10000, "vip": 100000}',
  spread_override_bps integer check (spread_override_bps between 0 and 10000),
  fee_bps integer check (fee_bps between 0 and 10000),
  platform_share_bps integer not null default 3000 check (platform_share_bps between 0 and 10000),
  allowed_categories text[] not null default '{sports,crypto,politics,entertainment,economics,other}',
  risk_tier text not null default 'standard',
  default_currency text not null default 'USD',
  config jsonb not null default '{}',
  onboarding jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  onboarded_at timestamptz
);
comment on table operators is 'owner: operators. One casino or sportsbook. category_limits and limit_tiers are maps to cents; platform_share_bps is the platform''s part of revenue.';

create table operator_members (
  operator_id bigint not null,
  id bigint not null,
  email text not null,
  name text,
  password_hash text not null,
  totp_secret text,
  permissions text[] not null default '{read,write,users,config,billing}',
  revoked_at timestamptz,
  last_login_at timestamptz,
  created_at timestamptz not null,
  primary key (operator_id, id)
);
create unique index operator_members_email on operator_members (lower(email));
comment on table operator_members is 'owner: access. People who log in to one operator''s console. totp_secret is encrypted.';

create table admin_users (
  id bigint primary key,
  email text not null,
  name text,
  password_hash text not null,
  totp_secret text,
  permissions text[] not null default '{read,write,users,config,billing}',
  revoked_at timestamptz,
  last_login_at timestamptz,
  created_at timestamptz not null
);
create unique index admin_users_email on admin_users (lower(email));
comment on table admin_users is 'owner: access. The platform''s staff. totp_secret is encrypted.';

create table api_keys (
  operator_id bigint not null,
  id bigint not null,
  name text not null,
  api_key text not null unique,
  secret_encrypted text not null,
  scopes text[] not null default '{read_only,server_api,s2s_callback}',
  status text not null default 'active' check (status in ('active', 'revoked')),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  primary key (operator_id, id)
);
comment on table api_keys is 'owner: access. Key pairs of one operator. The secret is encrypted, not hashed: it verifies launch tokens.';

create table launch_tokens (
  operator_id bigint not null,
  token_id text not null,
  expires_at timestamptz not null,
  primary key (operator_id, token_id)
);
create index launch_tokens_expiry on launch_tokens (expires_at);
comment on table launch_tokens is 'owner: access. Launch tokens already used; a row may go once its token has expired.';

create table platform_config (
  only_row boolean primary key default true check (only_row),
  document jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null
);
comment on table platform_config is 'owner: config. The documented platform configuration, as the contract''s shape.';

create table platform_audit_log (
  id bigint primary key,
  operator_id bigint,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  at timestamptz not null
);
create index platform_audit_log_operator on platform_audit_log (operator_id, id);
create index platform_audit_log_subject on platform_audit_log (subject, id);
comment on table platform_audit_log is 'owner: platform. Who changed what from what to what and why. Append-only.';
create trigger platform_audit_log_append_only before update or delete or truncate on platform_audit_log execute function refuse_change();

-- Every table that names an operator is closed to other operators by the database itself.
alter table operator_members enable row level security;
alter table operator_members force row level security;
alter table api_keys enable row level security;
alter table api_keys force row level security;
alter table launch_tokens enable row level security;
alter table launch_tokens force row level security;
alter table platform_audit_log enable row level security;
alter table platform_audit_log force row level security;
alter table operators enable row level security;
alter table operators force row level security;

create policy own on operators for all to predictu_operator using (id = (select tenant())) with check (id = (select tenant()));
create policy player_own on operators for select to predictu_player using (id = (select tenant()));
create policy every on operators for all to predictu_admin, predictu_worker using (true) with check (true);
create policy access_every on operators for select to predictu_access using (true);
create policy own on operator_members for select to predictu_operator using (operator_id = (select tenant()));
create policy every on operator_members for all to predictu_access, predictu_admin using (true) with check (true);
create policy own on api_keys for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on api_keys for all to predictu_access, predictu_admin using (true) with check (true);
create policy every on launch_tokens for all to predictu_access, predictu_worker using (true) with check (true);
create policy own on platform_audit_log for select to predictu_operator using (operator_id = (select tenant()));
create policy own_insert on platform_audit_log for insert to predictu_operator with check (operator_id = (select tenant()));
create policy every on platform_audit_log for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);

grant select, update on operators to predictu_operator;
grant select on operators to predictu_player, predictu_access;
grant select, insert, update on operators to predictu_admin;
grant select, update on operators to predictu_worker;
grant select on operator_members to predictu_operator;
grant select, insert, update on operator_members to predictu_access, predictu_admin;
grant select, insert, update on api_keys to predictu_operator, predictu_admin, predictu_access;
grant select, insert, delete on launch_tokens to predictu_access, predictu_worker;
grant select, insert, update on admin_users to predictu_access;
grant select on admin_users to predictu_admin;
grant select on platform_config to predictu_operator, predictu_player, predictu_worker, predictu_access;
grant select, insert, update on platform_config to predictu_admin;
grant select, insert on platform_audit_log to predictu_operator, predictu_admin, predictu_worker, predictu_access;

-- What an operator sets for its embed. `document` holds what differs from the documented defaults, in the documented shape.
create table operator_config (
  operator_id bigint primary key,
  document jsonb not null default '{}' check (jsonb_typeof(document) = 'object'),
  updated_at timestamptz not null,
  updated_by text not null
);
comment on table operator_config is 'owner: config. One operator''s configuration of its embed.';

create table embed_origins (
  operator_id bigint not null,
  id bigint not null,
  origin text not null,
  status text not null default 'pending_verification' check (status in ('pending_verification', 'verified', 'removed')),
  -- What the domain's TXT record must say.
  verification_token text not null,
  verified_at timestamptz,
  removed_at timestamptz,
  created_at timestamptz not null,
  check ((status = 'removed') = (removed_at is not null)),
  check (status <> 'verified' or verified_at is not null),
  primary key (operator_id, id)
);
create unique index embed_origins_origin on embed_origins (operator_id, origin) where status <> 'removed';
comment on table embed_origins is 'owner: access. Origins that may show one operator''s embed.';

-- Requests made with a key pair by hour, in several rows, so that two at once do not wait for each other.
create table api_key_requests (
  operator_id bigint not null,
  key_id bigint not null,
  hour timestamptz not null,
  part smallint not null,
  requests bigint not null check (requests > 0),
  primary key (operator_id, key_id, hour, part)
) with (fillfactor = 50);
comment on table api_key_requests is 'owner: access. How often a key pair was used, by hour; the sum over the parts.';

-- Sessions by the origin they were opened from.
create index player_sessions_origin on player_sessions (operator_id, origin, id);

alter table operator_config enable row level security;
alter table operator_config force row level security;
alter table embed_origins enable row level security;
alter table embed_origins force row level security;
alter table api_key_requests enable row level security;
alter table api_key_requests force row level security;
create policy own on operator_config for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy player_own on operator_config for select to predictu_player using (operator_id = (select tenant()));
create policy every on operator_config for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on embed_origins for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on embed_origins for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);
create policy own on api_key_requests for select to predictu_operator using (operator_id = (select tenant()));
create policy every on api_key_requests for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);

grant select, insert, update on operator_config to predictu_operator, predictu_admin;
grant select on operator_config to predictu_player, predictu_worker;
grant select, insert, update on embed_origins to predictu_operator, predictu_admin;
grant select on embed_origins to predictu_access;
grant select, update on embed_origins to predictu_worker;
grant select on api_key_requests to predictu_operator, predictu_admin;
grant select, insert, update on api_key_requests to predictu_access;
grant select, delete on api_key_requests to predictu_worker;

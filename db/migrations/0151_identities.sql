-- People of operators as Supabase keeps them. On a Supabase project the schema is there already and stays as it is.
do $$
begin
  if exists (select from pg_namespace where nspname = 'auth') then return; end if;
  create schema auth;
  create type auth.one_time_token_type as enum
    ('confirmation_token', 'reauthentication_token', 'recovery_token', 'email_change_token_new', 'email_change_token_current', 'phone_change_token');
  create type auth.code_challenge_method as enum ('s256', 'plain');

  create table auth.users (
    instance_id uuid,
    id uuid primary key,
    aud varchar(255),
    role varchar(255),
    email varchar(255),
    encrypted_password varchar(255),
    email_confirmed_at timestamptz,
    invited_at timestamptz,
    confirmation_sent_at timestamptz,
    recovery_sent_at timestamptz,
    last_sign_in_at timestamptz,
    raw_app_meta_data jsonb,
    raw_user_meta_data jsonb,
    is_super_admin boolean,
    created_at timestamptz,
    updated_at timestamptz,
    banned_until timestamptz,
    is_sso_user boolean not null default false,
    deleted_at timestamptz,
    is_anonymous boolean not null default false
  );
  create unique index users_email_partial_key on auth.users (email) where not is_sso_user;
  comment on table auth.users is 'owner: identity. People who can prove who they are. Passwords are argon2id, which GoTrue reads too; addresses are in small letters.';

  create table auth.identities (
    provider_id text not null,
    user_id uuid not null references auth.users (id) on delete cascade,
    identity_data jsonb not null,
    provider text not null,
    last_sign_in_at timestamptz,
    created_at timestamptz,
    updated_at timestamptz,
    email text generated always as (lower(identity_data ->> 'email')) stored,
    id uuid primary key default gen_random_uuid(),
    unique (provider_id, provider)
  );
  create index identities_user_id_idx on auth.identities (user_id);
  comment on table auth.identities is 'owner: identity. How a person proves it: by e-mail.';

  create table auth.one_time_tokens (
    id uuid primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    token_type auth.one_time_token_type not null,
    token_hash text not null check (char_length(token_hash) > 0),
    relates_to text not null,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now()
  );
  create index one_time_tokens_token_hash_hash_idx on auth.one_time_tokens using hash (token_hash);
  create unique index one_time_tokens_user_id_token_type_key on auth.one_time_tokens (user_id, token_type);
  comment on table auth.one_time_tokens is 'owner: identity. The latest link of each kind a person was sent; gone once it was opened. Here token_hash is the SHA-256 of what the link says.';

  create table auth.flow_state (
    id uuid primary key,
    user_id uuid,
    auth_code text not null,
    code_challenge_method auth.code_challenge_method not null,
    code_challenge text not null,
    provider_type text not null,
    provider_access_token text,
    provider_refresh_token text,
    created_at timestamptz,
    updated_at timestamptz,
    authentication_method text not null,
    auth_code_issued_at timestamptz
  );
  create index idx_auth_code on auth.flow_state (auth_code);
  create index flow_state_created_at_idx on auth.flow_state (created_at desc);
  comment on table auth.flow_state is 'owner: identity. Sign-ins that began in one browser and must end in it (PKCE).';

  grant usage on schema auth to predictu_access, predictu_worker;
  grant select, insert, update on auth.users to predictu_access;
  grant select on auth.users to predictu_worker;
  grant select, insert on auth.identities to predictu_access;
  grant select, insert, update, delete on auth.one_time_tokens, auth.flow_state to predictu_access, predictu_worker;

  -- The password of a member moves to where the person is.
  insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
  select gen_random_uuid(), 'authenticated', 'authenticated', lower(email), password_hash, created_at,
    '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', name), created_at, created_at
  from operator_members;
  insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)
  select id::text, id, jsonb_build_object('sub', id::text, 'email', email, 'email_verified', true), 'email', created_at, created_at from auth.users;
end $$;

alter table operator_members add column auth_user_id uuid,
  -- Sessions begun before have ended: set when a password is set anew.
  add column sessions_from timestamptz;
-- On a Supabase project that is new here there are no members yet.
update operator_members m set auth_user_id = u.id from auth.users u where u.email = lower(m.email);
alter table operator_members drop column password_hash, alter column auth_user_id set not null;
create unique index operator_members_auth_user on operator_members (auth_user_id);
comment on table operator_members is 'owner: access. People who log in to one operator''s console; who they are, auth.users knows. totp_secret is encrypted.';

-- The latest link an invited address was sent, where the links are ours: an invited person has no row in auth.users yet.
create table invitation_links (
  email text primary key check (email = lower(email)),
  -- SHA-256 of what the link says.
  token_hash text not null unique,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
comment on table invitation_links is 'owner: identity. Links to accept an invitation with; gone once opened.';
grant select, delete on invitation_links to predictu_access;
grant select, insert, update, delete on invitation_links to predictu_worker;

-- One who opened a link or gave a code, until the page behind it has made a session of it.
create table sign_in_handovers (
  -- SHA-256 of what the browser's cookie says.
  token_hash text primary key,
  auth_user_id uuid not null,
  purpose text not null check (purpose in ('invite', 'magiclink', 'recovery', 'signin')),
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index sign_in_handovers_expiry on sign_in_handovers (expires_at);
comment on table sign_in_handovers is 'owner: identity. Sign-ins between the link and the page, ten minutes at most.';
grant select, insert, update on sign_in_handovers to predictu_access;
grant select, delete on sign_in_handovers to predictu_worker;

-- Asked for, by the row's commit; whether anybody has the address, only the job finds out, so that no answer tells.
create table link_requests (
  id bigint primary key,
  purpose text not null check (purpose in ('invite', 'magiclink', 'recovery')),
  email text not null,
  invitation_id bigint,
  -- Of a sign-in that must end in the browser that began it.
  code_challenge text,
  next_path text,
  outcome text check (outcome in ('sent', 'nobody', 'too_many', 'failed')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  decided_at timestamptz,
  created_at timestamptz not null,
  check ((outcome is null) = (decided_at is null)),
  check ((purpose = 'invite') = (invitation_id is not null))
);
create index link_requests_due on link_requests (due_at, id) where outcome is null;
create index link_requests_email on link_requests (lower(email), created_at);
comment on table link_requests is 'owner: access. Links by e-mail that were asked for, and what came of it.';
grant insert on link_requests to predictu_access, predictu_admin;
grant select, update, delete on link_requests to predictu_worker;

-- The queue's tables are the owner's.
create function send_links() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if to_regnamespace('graphile_worker') is null then return null; end if;
  perform graphile_worker.add_job('send-links', '{}'::json, max_attempts => 1);
  return null;
end $$;
revoke execute on function send_links from public;
create trigger link_requests_send after insert on link_requests for each statement execute function send_links();

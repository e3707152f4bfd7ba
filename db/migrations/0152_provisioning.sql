-- A trial ends by degrees: reminders, a grace period, read-only. Nothing is ever deleted.
alter table operators add column tier text not null default 'standard' check (tier in ('trial', 'standard')),
  add column trial_ends_at timestamptz,
  add column read_only_since timestamptz,
  add check ((tier = 'trial') = (trial_ends_at is not null)),
  add check (tier = 'trial' or read_only_since is null);
create index operators_trial on operators (trial_ends_at) where tier = 'trial';

create table operator_invitations (
  id bigint primary key,
  -- The operator it leads into; null while it is still to be made from `blueprint`.
  operator_id bigint,
  application_id bigint,
  email text not null,
  name text,
  permissions text[] not null,
  -- The operator to be made: columns of operators.
  blueprint jsonb,
  trial_days integer check (trial_days > 0),
  expires_at timestamptz not null,
  sent_at timestamptz,
  accepted_at timestamptz,
  revoked_at timestamptz,
  member_id bigint,
  created_at timestamptz not null,
  check ((accepted_at is null) = (member_id is null)),
  check (accepted_at is null or operator_id is not null),
  check ((blueprint is null) = (application_id is null))
);
-- One open invitation an address.
create unique index operator_invitations_open on operator_invitations (lower(email)) where accepted_at is null and revoked_at is null;
create index operator_invitations_operator on operator_invitations (operator_id, id);
create index operator_invitations_application on operator_invitations (application_id, id);
comment on table operator_invitations is 'owner: access. Who was asked to come in. Accepting one makes the member, and the operator where there is none yet.';
alter table operator_invitations enable row level security;
alter table operator_invitations force row level security;
create policy own on operator_invitations for select to predictu_operator using (operator_id = (select tenant()));
create policy every on operator_invitations for all to predictu_admin, predictu_access, predictu_worker using (true) with check (true);
grant select on operator_invitations to predictu_operator, predictu_access;
grant select, insert, update (expires_at, revoked_at) on operator_invitations to predictu_admin;
grant select, update (sent_at) on operator_invitations to predictu_worker;

-- The same id as the application makes them, from the instant of the row that asks for it.
create function id_in_turn(at timestamptz) returns bigint language sql set search_path = public as $$
  select take_turn(((extract(epoch from at) * 1000)::bigint - 1704067200000) << 22)
$$;
revoke execute on function id_in_turn from public;

-- Makes what an accepted invitation promises: the operator on trial with its default configuration, and its member. Confirmed addresses only: on a
-- Supabase project the invitation itself makes the row, and accepting it confirms the address. Nobody without an open invitation gets anything.
create function provision_auth_user() returns trigger language plpgsql security definer set search_path = public as $$
declare
  invitation operator_invitations;
  asked operators;
  at timestamptz := new.email_confirmed_at;
  operator bigint;
  member bigint;
begin
  if new.email is null or at is null then return null; end if;
  if tg_op = 'UPDATE' and old.email_confirmed_at is not null then return null; end if;
  select * into invitation from operator_invitations i
    where lower(i.email) = lower(new.email) and i.accepted_at is null and i.revoked_at is null and i.expires_at > at for update;
  if not found then return null; end if;

  operator := invitation.operator_id;
  if operator is null then
    perform from operator_applications where id = invitation.application_id and status = 'approved' for no key update;
    if not found then return null; end if;
    operator := id_in_turn(at);
    asked := jsonb_populate_record(null::operators, invitation.blueprint);
    -- Somebody may have taken the name since the invitation was written.
    if exists (select from operators where slug = asked.slug) then asked.slug := left(asked.slug, 48) || '-' || right(operator::text, 8); end if;
    insert into operators (id, slug, name, contact_email, contact_name, website_url, wallet_mode, s2s_enabled, allowed_categories, platform_share_bps,
      tier, trial_ends_at, created_at, updated_at)
    values (operator, asked.slug, asked.name, asked.contact_email, asked.contact_name, asked.website_url, asked.wallet_mode, asked.wallet_mode = 'seamless',
      asked.allowed_categories, asked.platform_share_bps, 'trial', at + make_interval(days => invitation.trial_days), at, at);
    insert into operator_config (operator_id, document, updated_at, updated_by) values (operator, '{}', at, 'on_pms_auth_user_created');
    update operator_applications set status = 'provisioned', operator_id = operator, updated_at = at where id = invitation.application_id;
    insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, after, reason, at)
    values (id_in_turn(at), operator, 'worker', 'on_pms_auth_user_created', 'operator.create', 'operator:' || asked.slug,
      invitation.blueprint || jsonb_build_object('tier', 'trial', 'trial_ends_at', at + make_interval(days => invitation.trial_days)),
      'The invitation was accepted', at);
  end if;

  member := id_in_turn(at);
  insert into operator_members (operator_id, id, email, name, permissions, auth_user_id, created_at)
  values (operator, member, new.email, invitation.name, invitation.permissions, new.id, at);
  update operator_invitations set accepted_at = at, operator_id = operator, member_id = member where id = invitation.id;
  insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, after, reason, at)
  values (id_in_turn(at), operator, 'worker', 'on_pms_auth_user_created', 'member.create', 'operator_member:' || new.email,
    jsonb_build_object('name', invitation.name, 'permissions', invitation.permissions), 'The invitation was accepted', at);
  return null;
end $$;
revoke execute on function provision_auth_user from public;
create trigger on_pms_auth_user_created after insert or update of email_confirmed_at on auth.users for each row execute function provision_auth_user();

-- Where the owner is bound by row level security, it needs policies of its own for what the trigger writes.
do $$
declare
  needed text;
begin
  if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then return; end if;
  foreach needed in array array['operators', 'operator_members', 'operator_config', 'operator_applications', 'operator_invitations', 'platform_audit_log'] loop
    execute format('create policy provisioning on %I for all to current_user using (true) with check (true)', needed);
  end loop;
end $$;

create table trial_notices (
  operator_id bigint not null,
  -- Names the notice and the end it speaks of: an extended trial is reminded anew.
  notice text not null,
  trial_ends_at timestamptz not null,
  created_at timestamptz not null,
  primary key (operator_id, notice, trial_ends_at)
);
comment on table trial_notices is 'owner: operators. What an operator on trial has been told.';
alter table trial_notices enable row level security;
alter table trial_notices force row level security;
create policy every on trial_notices for all to predictu_worker, predictu_admin using (true) with check (true);
grant select, insert on trial_notices to predictu_worker;
grant select on trial_notices to predictu_admin;

-- The job that sends links looks whether anybody has the address.
create policy worker_read on operator_members for select to predictu_worker using (true);
grant select on operator_members to predictu_worker;

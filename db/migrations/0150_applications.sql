-- Companies that ask to become operators. A repeated or a machine's submission lands here too, under its own status: nothing a person wrote is thrown away.
create table operator_applications (
  id bigint primary key,
  status text not null default 'received'
    check (status in ('received', 'in_review', 'needs_information', 'approved', 'provisioned', 'rejected', 'duplicate', 'spam')),
  company text not null,
  website_url text not null,
  -- Small letters, without www: what duplicates are told by, with the e-mail address.
  website_host text not null,
  jurisdiction text not null,
  licence_authority text not null,
  licence_number text,
  categories text[] not null check (cardinality(categories) > 0),
  expected_monthly_volume text not null check (expected_monthly_volume in ('under_100k', '100k_to_1m', '1m_to_10m', 'over_10m')),
  monthly_players text not null check (monthly_players in ('under_5k', '5k_to_25k', '25k_to_100k', 'over_100k')),
  wallet_mode text not null check (wallet_mode in ('internal', 'seamless', 'shadow')),
  contact_name text not null,
  contact_email text not null,
  contact_phone text,
  message text,
  consent_at timestamptz not null,
  duplicate_of bigint,
  -- What it became.
  operator_id bigint,
  form_nonce text not null unique,
  -- The address it came from, under a key: tells the same sender apart and says nothing else.
  sender_digest text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'duplicate') = (duplicate_of is not null)),
  check ((status = 'provisioned') = (operator_id is not null))
);
comment on table operator_applications is 'owner: intake. Companies that asked to become operators, from the public form to the operator they became. operator_id is null until then.';
create index operator_applications_status on operator_applications (status, id);
create index operator_applications_email on operator_applications (lower(contact_email), id);
create index operator_applications_host on operator_applications (website_host, id);
create index operator_applications_sender on operator_applications (sender_digest, created_at);

alter table operator_applications enable row level security;
alter table operator_applications force row level security;
create policy every on operator_applications for all to predictu_admin, predictu_access, predictu_worker using (true) with check (true);
grant select, insert on operator_applications to predictu_access;
grant select, update (status, updated_at) on operator_applications to predictu_admin;
grant select on operator_applications to predictu_worker;

-- The audit log as its screen asks for it.
create index platform_audit_log_action on platform_audit_log (action text_pattern_ops, id);
create index platform_audit_log_actor on platform_audit_log (actor_kind, actor_id, id);
create index platform_audit_log_request on platform_audit_log (request_id) where request_id is not null;

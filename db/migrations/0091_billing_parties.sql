-- Who bills and who is billed, as it stands on invoices.
create table billing_seller (
  only_row boolean primary key default true check (only_row),
  document jsonb not null,
  updated_at timestamptz not null
);
comment on table billing_seller is 'owner: billing. The platform''s name, address, tax number and bank account on invoices.';
grant select on billing_seller to predictu_worker;
grant select, insert, update on billing_seller to predictu_admin, predictu_worker;

create table billing_profiles (
  operator_id bigint primary key,
  -- Name, address, tax number and address for invoices, as the operator or the platform gave them.
  document jsonb not null,
  -- Set by the platform alone.
  tax_bps integer not null default 0 check (tax_bps between 0 and 10000),
  tax_note text,
  updated_at timestamptz not null
);
comment on table billing_profiles is 'owner: billing. To whom an operator''s invoices are addressed, and the tax on them.';
alter table billing_profiles enable row level security;
alter table billing_profiles force row level security;
create policy own on billing_profiles for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on billing_profiles for all to predictu_admin, predictu_worker using (true) with check (true);
grant select, insert (operator_id, document, updated_at), update (document, updated_at) on billing_profiles to predictu_operator;
grant select, insert, update on billing_profiles to predictu_admin, predictu_worker;

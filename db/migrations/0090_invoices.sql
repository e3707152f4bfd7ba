-- What the platform bills its operators: one invoice per operator and month, made from the month's trades, never changed in its amounts.
create table invoice_numbers (
  kind text primary key check (kind in ('invoice', 'credit_note')),
  last bigint not null check (last >= 0)
);
insert into invoice_numbers (kind, last) values ('invoice', 0), ('credit_note', 0);
comment on table invoice_numbers is 'owner: billing. The last number given, by kind of document. Taken in the transaction that writes the document, so there is no gap.';

create table invoices (
  operator_id bigint not null,
  id bigint not null,
  number bigint not null check (number > 0),
  period_from timestamptz not null,
  period_to timestamptz not null,
  status text not null check (status in ('draft', 'sent', 'paid', 'overdue', 'void')),
  trade_count bigint not null check (trade_count >= 0),
  unique_traders bigint not null check (unique_traders >= 0),
  volume_cents bigint not null check (volume_cents >= 0),
  gross_cents bigint not null check (gross_cents >= 0),
  -- The platform's part, as it stood when the invoice was issued.
  share_bps integer not null check (share_bps between 0 and 10000),
  -- That part of gross_cents; the sum of the lines.
  amount_cents bigint not null check (amount_cents between 0 and gross_cents),
  tax_bps integer not null check (tax_bps between 0 and 10000),
  tax_cents bigint not null check (tax_cents >= 0),
  tax_note text,
  total_cents bigint not null check (total_cents = amount_cents + tax_cents),
  -- Both parties as they stood when the invoice was sent, until then when it was issued.
  seller jsonb not null,
  buyer jsonb not null,
  issued_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  paid_at timestamptz,
  created_at timestamptz not null,
  check (period_from < period_to),
  check ((status = 'draft') <= (sent_at is null)),
  check ((status in ('sent', 'paid', 'overdue')) <= (sent_at is not null)),
  check ((status = 'paid') <= (paid_at is not null)),
  primary key (operator_id, id)
);
create unique index invoices_id on invoices (id);
create unique index invoices_period on invoices (operator_id, period_from);
create unique index invoices_number on invoices (number);
create index invoices_status on invoices (status, number);
comment on table invoices is 'owner: billing. The platform''s part of one operator''s revenue in one month. Amounts are fixed when it is issued.';

create table invoice_lines (
  operator_id bigint not null,
  invoice_id bigint not null,
  kind text not null check (kind in ('spread', 'fee')),
  gross_cents bigint not null check (gross_cents >= 0),
  amount_cents bigint not null check (amount_cents >= 0),
  -- The filled trades of the period that have any of it, and where they begin and end.
  trade_count bigint not null check (trade_count >= 0),
  first_trade_id bigint,
  last_trade_id bigint,
  primary key (operator_id, invoice_id, kind)
);
comment on table invoice_lines is 'owner: billing. What an invoice is made of: spread and fees of its period, and the platform''s part of each. Append-only.';
create trigger invoice_lines_append_only before update or delete or truncate on invoice_lines execute function refuse_change();

create table invoice_payments (
  operator_id bigint not null,
  invoice_id bigint not null,
  n integer not null check (n > 0),
  amount_cents bigint not null check (amount_cents > 0),
  method text not null,
  reference text not null,
  paid_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  idempotency_key text not null,
  body_hash uuid not null,
  primary key (operator_id, invoice_id, n)
);
-- The same key names one payment for ever, of whatever invoice.
create unique index invoice_payments_key on invoice_payments (idempotency_key);
comment on table invoice_payments is 'owner: billing. Money received for an invoice, as a person recorded it. Append-only.';
create trigger invoice_payments_append_only before update or delete or truncate on invoice_payments execute function refuse_change();

create table credit_notes (
  operator_id bigint not null,
  invoice_id bigint not null,
  number bigint not null check (number > 0),
  amount_cents bigint not null check (amount_cents >= 0),
  tax_cents bigint not null check (tax_cents >= 0),
  reason text not null,
  issued_at timestamptz not null,
  issued_by text not null,
  primary key (operator_id, invoice_id)
);
create unique index credit_notes_number on credit_notes (number);
comment on table credit_notes is 'owner: billing. Takes a whole invoice back; the invoice stays as it was. Append-only.';
create trigger credit_notes_append_only before update or delete or truncate on credit_notes execute function refuse_change();

do $$
declare name text;
begin
  foreach name in array array['invoices', 'invoice_lines', 'invoice_payments', 'credit_notes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to predictu_operator using (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select, insert on %I to predictu_admin, predictu_worker', name);
  end loop;
end $$;
grant select on invoices, invoice_lines, credit_notes to predictu_operator;
-- Whose key and which person recorded it is the platform's.
grant select (operator_id, invoice_id, n, amount_cents, method, reference, paid_at) on invoice_payments to predictu_operator;
grant update (status, seller, buyer, due_at, sent_at, paid_at) on invoices to predictu_admin, predictu_worker;
grant select, update on invoice_numbers to predictu_admin, predictu_worker;

-- E-mail leaves after the fact it announces is committed: a message is a row of the same transaction, and delivering it a job of the same transaction.
create table mails (
  id bigint primary key,
  -- Whose mail it is; null for the platform's own.
  operator_id bigint,
  template text not null,
  recipient text not null check (length(recipient) between 3 and 254),
  -- What the template is filled with.
  data jsonb not null,
  -- The one part of the text that nobody but the recipient may read; gone when the message has left.
  sealed text,
  attachments jsonb not null default '[]',
  dedupe_key text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  -- When it is tried next; while it is being tried, when another may take it over.
  due_at timestamptz not null,
  sent_at timestamptz,
  transport text check (transport in ('smtp', 'outbox')),
  -- What the mail server, or the way to it, said last.
  answer text,
  created_at timestamptz not null,
  check ((status = 'sent') = (sent_at is not null)),
  check ((status = 'sent') <= (sealed is null))
);
-- The same key announces one fact to one recipient, however often it is queued.
create unique index mails_once on mails (coalesce(operator_id, 0), dedupe_key, recipient);
create index mails_due on mails (due_at, id) where status = 'queued';
create index mails_status on mails (status, id);
create index mails_template on mails (template, id);
create index mails_recipient on mails (lower(recipient), id);
create index mails_operator on mails (operator_id, id);
comment on table mails is 'owner: platform. E-mails that wait, have left or have failed for good.';

alter table mails enable row level security;
alter table mails force row level security;
create policy own on mails for select to predictu_operator using (operator_id = (select tenant()));
create policy own_insert on mails for insert to predictu_operator, predictu_player with check (operator_id = (select tenant()));
-- Public forms and logins announce what belongs to nobody yet, or to the operator they found.
create policy any_insert on mails for insert to predictu_access with check (true);
create policy every on mails for all to predictu_admin, predictu_worker using (true) with check (true);
grant insert on mails to predictu_access, predictu_operator, predictu_player, predictu_admin, predictu_worker;
grant select (id, operator_id, template, recipient, data, attachments, dedupe_key, status, attempts, due_at, sent_at, transport, answer, created_at)
  on mails to predictu_operator, predictu_admin;
grant select on mails to predictu_worker;
grant update (status, attempts, due_at, sent_at, transport, answer, sealed) on mails to predictu_worker;
grant update (status, attempts, due_at) on mails to predictu_admin;

-- The queue's tables are the owner's. Without a key: writers of mail would wait for each other's commit.
create function deliver_mail() returns trigger language plpgsql security definer set search_path = public as $$
begin
  -- Without the queue (a server without workers) the minutely run finds them.
  if to_regnamespace('graphile_worker') is null then return null; end if;
  perform graphile_worker.add_job('deliver-mail', '{}'::json, max_attempts => 1);
  return null;
end $$;
revoke execute on function deliver_mail from public;
create trigger mails_deliver after insert on mails for each statement execute function deliver_mail();

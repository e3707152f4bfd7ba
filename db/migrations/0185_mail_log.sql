-- The log of e-mails: found by a part of the address, and sent again when a person asks for it.
create index mails_recipient_search on mails using gin (lower(recipient) gin_trgm_ops);
create trigger mails_deliver_again after update on mails for each row
  when (old.status = 'failed' and new.status = 'queued') execute function deliver_mail();

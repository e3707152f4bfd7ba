-- How often a player wants the e-mail that sums up its days, and for which day it had the last.
alter table player_profiles add column digest text not null default 'off' check (digest in ('off', 'daily', 'weekly')),
  add column digest_sent_on date;
update player_profiles set digest = 'weekly' where weekly_digest;
alter table player_profiles drop column weekly_digest;
create index player_profiles_digest on player_profiles (operator_id, player_id) where digest <> 'off';

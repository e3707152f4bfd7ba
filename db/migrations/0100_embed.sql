-- What an embed shows before anybody has signed in.
create policy every_read on operator_config for select to predictu_access using (true);
grant select on operator_config to predictu_access;

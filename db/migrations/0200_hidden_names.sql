-- A name that other players should not read: hidden by the operator or the platform, with the reason.
alter table player_profiles
  add column name_hidden_at timestamptz,
  add column name_hidden_reason text,
  add check ((name_hidden_at is null) = (name_hidden_reason is null));
create policy hide_name on player_profiles for update to predictu_operator
  using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
grant update (name_hidden_at, name_hidden_reason) on player_profiles to predictu_operator, predictu_admin;

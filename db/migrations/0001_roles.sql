-- Who may touch what. The owner migrates; predictu_app logs in, owns nothing and inherits nothing;
-- each transaction becomes one of the roles below.
-- Roles belong to the whole server: another database on it may have made them already.
do $$
declare role_name text;
begin
  foreach role_name in array array['predictu_access', 'predictu_operator', 'predictu_player', 'predictu_admin', 'predictu_worker', 'predictu_app'] loop
    begin
      if not exists (select from pg_roles where rolname = role_name) then
        execute format('create role %I %s nobypassrls', role_name, case role_name when 'predictu_app' then 'login noinherit' else 'nologin' end);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  foreach role_name in array array['predictu_access', 'predictu_operator', 'predictu_player', 'predictu_admin', 'predictu_worker'] loop
    if not pg_has_role('predictu_app', role_name, 'member') then
      execute format('grant %I to predictu_app', role_name);
    end if;
  end loop;
end $$;

revoke create on schema public from public;
grant usage on schema public to predictu_access, predictu_operator, predictu_player, predictu_admin, predictu_worker;

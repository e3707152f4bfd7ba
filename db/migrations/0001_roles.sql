-- Who may touch what. The owner migrates; predictu_app logs in, owns nothing and inherits nothing;
-- each transaction becomes one of the roles below.
do $$
declare role_name text;
begin
  foreach role_name in array array['predictu_access', 'predictu_operator', 'predictu_player', 'predictu_admin', 'predictu_worker'] loop
    begin
      execute format('create role %I nologin nobypassrls', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  begin
    create role predictu_app login noinherit nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
end $$;
grant predictu_access, predictu_operator, predictu_player, predictu_admin, predictu_worker to predictu_app;

revoke create on schema public from public;
grant usage on schema public to predictu_access, predictu_operator, predictu_player, predictu_admin, predictu_worker;

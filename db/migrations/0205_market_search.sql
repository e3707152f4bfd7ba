-- Titles searched by their index, whoever asks. Under row level security a policy comes before every condition that is not leakproof, and those of
-- a text search are not: operators and players went through all markets. This search runs as the owner and applies what their policies say.
create function found_by_title(words text) returns setof bigint language sql stable security definer set search_path = public rows 100 as $$
  select id from markets
  where to_tsvector('simple', search_title) @@ to_tsquery('simple', words)
    and (operator_id is null or current_setting('role') in ('predictu_admin', 'predictu_worker')
      or operator_id = nullif(current_setting('predictu.operator_id', true), '')::bigint)
$$;
comment on function found_by_title is 'Ids of the markets whose titles match, of those that the role and tenant of the transaction may see.';
revoke execute on function found_by_title from public;
grant execute on function found_by_title to predictu_access, predictu_operator, predictu_player, predictu_admin, predictu_worker;

-- Where the owner is bound by row level security, it needs a policy of its own for what the search reads.
do $$
begin
  if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then return; end if;
  create policy searching on markets for select to current_user using (true);
end $$;

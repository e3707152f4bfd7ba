-- A missing tenant is an error, never an empty list: a bare current_setting() policy returns no rows on a pooled connection.
create function tenant() returns bigint language plpgsql stable parallel safe as $$
declare value text := current_setting('predictu.operator_id', true);
begin
  if value is null or value = '' then
    raise exception 'no operator is set for this transaction' using errcode = '42501';
  end if;
  return value::bigint;
end $$;

create function acting_player() returns bigint language plpgsql stable parallel safe as $$
declare value text := current_setting('predictu.player_id', true);
begin
  if value is null or value = '' then
    raise exception 'no player is set for this transaction' using errcode = '42501';
  end if;
  return value::bigint;
end $$;

-- Guards tables whose rows are facts: nobody, not even the owner, changes or removes one.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;

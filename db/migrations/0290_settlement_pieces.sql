-- A piece of a settlement travels as one: what it must not go on without, the database itself has to refuse.
create function all_players_found(there bigint, wanted bigint, settlement bigint) returns boolean language plpgsql as $$
begin
  if there <> wanted then
    raise exception 'A player of a payout of settlement % is not there', settlement;
  end if;
  return true;
end $$;

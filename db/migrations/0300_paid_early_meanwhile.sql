-- A piece reads what has been paid early before it has locked its players: what was paid in between, the database itself has to refuse, as it refuses to wait for long.
create function none_paid_early_meanwhile(there bigint, seen bigint, settlement bigint) returns boolean language plpgsql as $$
begin
  if there <> seen then
    raise exception 'Payouts of settlement % were paid early meanwhile', settlement using errcode = 'lock_not_available';
  end if;
  return true;
end $$;

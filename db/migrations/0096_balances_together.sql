-- Balances that are asked for at the same moment, in one call: each row is read as its own player, so that row level security decides every one of them
-- alone. Neighbours of one operator share what is its own.
create function balances_together(operators bigint[], asked bigint[])
  returns table (n int, balance_cents bigint, exposure_cents bigint, currency text)
  language plpgsql stable security invoker
as $$
declare
  acting text;
  mode text;
  held bigint;
  outside bigint;
begin
  for i in 1 .. cardinality(asked) loop
    if i = 1 or operators[i] <> operators[i - 1] then
      acting := set_config('predictu.operator_id', operators[i]::text, true);
      select o.wallet_mode, o.default_currency into mode, currency from public.operators o where o.id = operators[i];
    end if;
    acting := set_config('predictu.player_id', asked[i]::text, true);
    select p.balance_cents, p.wallet_balance_cents, p.open_shares into held, outside, exposure_cents
      from public.players p where p.operator_id = operators[i] and p.id = asked[i];
    if found then
      n := i;
      balance_cents := case when mode = 'seamless' then greatest(coalesce(outside, 0), 0) else held end;
      return next;
    end if;
  end loop;
end $$;

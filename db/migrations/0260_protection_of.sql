-- What a player has set for itself and what counts against it, as one value. A function, because a batch reads it with every player's row and
-- few players have any: a subquery is set up, and its tables are locked, for all of them.
create function protection_of(its_operator bigint, its_player bigint, from_day timestamptz, from_settlement bigint)
  returns jsonb
  language plpgsql stable security invoker
as $$
begin
  return (
    select jsonb_build_object('limits', r.limits, 'excludedAt', r.excluded_at, 'excludedUntil', r.excluded_until,
      'startedAt', r.session_started_at, 'seenAt', r.session_seen_at,
      'days', (select coalesce(jsonb_agg(jsonb_build_array(s.day, s.staked_cents::text, s.returned_cents::text)), '[]')
        from public.player_spending s
        where s.operator_id = r.operator_id and s.player_id = r.player_id and s.day >= (from_day at time zone 'UTC')::date),
      'credits', case when r.limits ?| '{loss_day,loss_week,loss_month}' then (
        select coalesce(jsonb_agg(jsonb_build_array(c.day, c.amount::text)), '[]') from (
          select (s.decided_at at time zone 'UTC')::date as day,
            sum(p.payout_cents - p.fee_cents - p.earlier_payout_cents + p.earlier_fee_cents) as amount
          from public.settlement_payouts p join public.market_settlements s on s.id = p.settlement_id
          where p.operator_id = r.operator_id and p.player_id = r.player_id and p.settlement_id >= from_settlement
            and s.decided_at >= from_day group by 1) c) else '[]' end)
    from public.player_protections r where r.operator_id = its_operator and r.player_id = its_player);
end $$;

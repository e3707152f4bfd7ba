-- The peer that decides in the database: one call a trade, writing the same rows as the batch does, the hot ones last.
-- The rules of pricing, fees and walls again, for what the benchmark's workload meets: no quotes, breakers, restrictions of
-- players, operator category limits or risk events of limits that turn yellow.
create function bench_portion(base bigint, full_bps bigint, part bigint, whole bigint) returns bigint language sql immutable as
  'select (base * full_bps * part + 10000 * whole - 1) / (10000 * whole)';

create table bench_settings as
select (document -> 'risk' ->> 'global_exposure_limit_usd')::bigint * 100 as global_limit,
  (document -> 'risk' ->> 'per_market_max_usd')::bigint * 100 as market_limit,
  (document -> 'risk' ->> 'per_trade_max_usd')::bigint * 100 as trade_limit,
  (document -> 'defaults' ->> 'user_max_bet_usd')::bigint * 100 as user_limit,
  (select array_agg((document -> 'risk' -> 'category_limits' ->> name)::bigint * 100 order by place)
    from unnest(array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other']) with ordinality as c(name, place)) as category_limits,
  (document -> 'fees' ->> 'trading_fee_bps')::bigint as fee_bps,
  (document -> 'spread' ->> 'base_spread_bps')::bigint as base_bps, (document -> 'spread' ->> 'min_spread_bps')::bigint as min_bps,
  (document -> 'spread' ->> 'max_spread_bps')::bigint as max_bps, (document -> 'spread' ->> 'risk_multiplier')::numeric as risk_multiplier,
  (document -> 'spread' ->> 'volume_discount_threshold_usd')::bigint * 100 as discount_from,
  (document -> 'spread' ->> 'volume_discount_bps')::bigint as discount_bps
from platform_config;
grant select on bench_settings to predictu_worker;

create function bench_decimal(value bigint, places integer) returns text language sql immutable as
  $$ select (value / (10 ^ places)::bigint) || '.' || lpad((value % (10 ^ places)::bigint)::text, places, '0') $$;

create function bench_trade(
  in_operator bigint, in_player bigint, in_key text, in_hash uuid, in_market bigint, in_outcome text, in_side text, in_amount bigint, in_quantity bigint,
  in_limit bigint, now_at timestamptz,
  out replayed boolean, out refused jsonb, out trade trades
) language plpgsql as $$
declare
  player players%rowtype; market markets%rowtype; held positions%rowtype; operator operators%rowtype; settings bench_settings%rowtype; kept idempotency_keys%rowtype;
  first_id bigint; category_key bigint; age_ms bigint;
  market_yes bigint; market_no bigint; category_open bigint; operator_open bigint; global_open bigint; utilisation bigint;
  base bigint; edge bigint; liquidity bigint; score bigint; age bigint; at_rest bigint; growth bigint; unbounded bigint; spread bigint; discount bigint; loaded bigint;
  above bigint; yes_ask bigint; yes_bid bigint; price bigint; mid bigint;
  quantity bigint; amount bigint; fee bigint; revenue bigint; per_trade bigint; wall integer; wall_name text; wall_value bigint; wall_limit bigint;
  basis bigint; realized bigint; balance bigint; signed bigint; cost_moved bigint; walls jsonb; what text; answer jsonb; held_now bigint;
begin
  replayed := false;
  select * into player from players p where p.operator_id = in_operator and p.id = in_player for no key update;
  select * into kept from idempotency_keys k where k.operator_id = in_operator and k.owner_id = in_player and k.key = in_key;
  if found then
    replayed := kept.body_hash = in_hash;
    if not replayed then
      refused := jsonb_build_object('refused', 'IDEMPOTENCY_KEY_REUSED', 'message', 'The idempotency key was used before with another body', 'details', null);
    elsif kept.trade_id is null then refused := kept.answer;
    else select t.* into trade from trades t where t.operator_id = in_operator and t.id = kept.trade_id;
    end if;
    return;
  end if;
  select * into settings from bench_settings;
  select * into operator from operators o where o.id = in_operator;
  select * into market from markets m where m.id = in_market;
  first_id := nextval('bench_ids');
  category_key := array_position(array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'], market.category) - 1;
  select * into held from positions p where p.operator_id = in_operator and p.market_id = in_market and p.player_id = in_player and p.outcome = in_outcome;
  held_now := coalesce(held.quantity, 0);
  select m.yes_shares, m.no_shares, c.yes_shares + c.no_shares, o.yes_shares + o.no_shares, g.yes_shares + g.no_shares
    into market_yes, market_no, category_open, operator_open, global_open
  from exposure m, exposure c, exposure o, exposure g
  where m.operator_id = 0 and m.scope = 2 and m.key = in_market and c.operator_id = 0 and c.scope = 1 and c.key = category_key
    and o.operator_id = in_operator and o.scope = 0 and o.key = 0 and g.operator_id = 0 and g.scope = 0 and g.key = 0;

  age_ms := greatest(0, floor(extract(epoch from now_at - market.priced_at) * 1000)::bigint);
  if operator.status not in ('live', 'testing') or player.status <> 'active' or player.tier = 'banned' or player.cooldown_until > now_at
    or in_market = any (player.blocked_markets) or market.category = any (player.blocked_categories) then
    raise exception 'not met by the benchmark';
  elsif market.status <> 'active' or market.end_at <= now_at or age_ms > 120000 or market.mid not between 100 and 9900 or market.liquidity_cents < 10000
    or market.category <> all (operator.allowed_categories) then
    raise exception 'not met by the benchmark either';
  end if;

  utilisation := least(10000, greatest((market_yes + market_no) * 10000 / settings.market_limit,
    category_open * 10000 / settings.category_limits[category_key + 1], operator_open * 10000 / operator.exposure_limit_cents, global_open * 10000 / settings.global_limit));
  base := coalesce(operator.spread_override_bps, settings.base_bps);
  edge := bench_portion(base, 5000, greatest(0, 1000 - least(market.mid, 10000 - market.mid)), 1000);
  liquidity := bench_portion(base, 5000, 1000000 - least(market.liquidity_cents, 1000000), 1000000);
  score := bench_portion(base, 10000, greatest(0, player.score - 50) * 100, 5000);
  age := bench_portion(base, 10000, (least(120000, greatest(30000, age_ms)) - 30000) * 100, 9000000);
  at_rest := base + edge + liquidity + score + age;
  growth := greatest(0, round(settings.risk_multiplier * 10000)::bigint - 10000);
  loaded := bench_portion(at_rest, growth, utilisation, 10000);
  discount := case when player.volume_cents >= settings.discount_from then -settings.discount_bps else 0 end;
  unbounded := at_rest + loaded + discount;
  spread := greatest(settings.min_bps, least(settings.max_bps, unbounded));
  above := (spread * (5000 + 2500 * (market_yes - market_no) / greatest(market_yes + market_no, 100000)) + 9999) / 10000;
  yes_ask := least(market.mid + above, 9999);
  yes_bid := greatest(market.mid - (spread - above), 1);
  mid := case in_outcome when 'yes' then market.mid else 10000 - market.mid end;
  price := case when in_outcome = 'yes' then case in_side when 'buy' then yes_ask else yes_bid end
    else 10000 - case in_side when 'buy' then yes_bid else yes_ask end end;

  if (in_side = 'buy' and price > in_limit) or (in_side = 'sell' and price < in_limit) then
    refused := jsonb_build_object('refused', 'PRICE_CHANGED', 'message', 'The price is now worse than the one accepted',
      'details', jsonb_build_object('price', price / 10000.0, 'accepted_price', in_limit / 10000.0));
  elsif in_side = 'buy' then
    quantity := in_amount * 10000 / price;
    amount := (quantity * price + 9999) / 10000;
    per_trade := least(settings.trade_limit, settings.user_limit, operator.max_bet_cents, player.max_bet_cents, (operator.limit_tiers ->> player.limit_tier)::bigint,
      case player.tier when 'restricted' then 10000 end);
    select w.number, w.name, w.value, w.cap into wall, wall_name, wall_value, wall_limit from (values
      (1, 'per_trade', amount, per_trade), (2, 'per_market', market_yes + market_no + quantity, settings.market_limit),
      (3, 'per_category', category_open + quantity, settings.category_limits[category_key + 1]),
      (4, 'per_operator', operator_open + quantity, operator.exposure_limit_cents), (5, 'global', global_open + quantity, settings.global_limit)
    ) as w(number, name, value, cap) where w.value > w.cap limit 1;
    if in_amount < operator.min_bet_cents or quantity = 0 then
      refused := jsonb_build_object('refused', 'AMOUNT_TOO_SMALL', 'message', 'The smallest bet is larger',
        'details', jsonb_build_object('minimum_usd', operator.min_bet_cents / 100.0));
    elsif wall is not null then
      refused := jsonb_build_object('refused', 'RISK_LIMIT',
        'message', format('The trade costs $%s; the most is $%s', bench_decimal(wall_value, 2), bench_decimal(wall_limit, 2)),
        'details', jsonb_build_object('wall', wall, 'wall_name', wall_name, 'limit_usd', wall_limit / 100.0, 'value_usd', wall_value / 100.0));
      insert into risk_events (id, operator_id, type, severity, wall, message, scope, value_cents, threshold_cents, player_id, market_id, created_at)
      values (first_id, in_operator, 'wall_violation', case wall when 1 then 'info' else 'warning' end, wall, refused ->> 'message',
        jsonb_build_object('scope', wall_name, 'kind', 'refused', 'category', market.category), wall_value, wall_limit, in_player, in_market, now_at);
    end if;
  else
    quantity := in_quantity;
    amount := quantity * price / 10000;
    if quantity > held_now then
      refused := jsonb_build_object('refused', 'INSUFFICIENT_SHARES', 'message',
        format('%s shares are held, %s were to be sold', bench_decimal(held_now, 2), bench_decimal(quantity, 2)),
        'details', jsonb_build_object('held', held_now / 100.0, 'requested', quantity / 100.0));
    elsif amount = 0 then
      refused := jsonb_build_object('refused', 'AMOUNT_TOO_SMALL', 'message', 'The sale brings less than a cent', 'details', '{"minimum_usd": 0.01}'::jsonb);
    end if;
  end if;
  if refused is null then
    fee := (amount * coalesce(operator.fee_bps, settings.fee_bps) + 5000) / 10000;
    balance := player.balance_cents - fee + case in_side when 'buy' then -amount else amount end;
    if balance < 0 then
      refused := jsonb_build_object('refused', 'INSUFFICIENT_BALANCE', 'message', 'The balance is less than cost and fee',
        'details', jsonb_build_object('current_balance_usd', player.balance_cents / 100.0));
    end if;
  end if;
  if refused is not null then
    insert into idempotency_keys (operator_id, owner_id, key, body_hash, answer, created_at) values (in_operator, in_player, in_key, in_hash, refused, now_at);
    return;
  end if;

  revenue := (abs(price - mid) * quantity + 5000) / 10000;
  signed := case in_side when 'buy' then quantity else -quantity end;
  if in_side = 'sell' then
    basis := held.cost_cents * quantity / held_now;
    realized := amount - basis;
  end if;
  cost_moved := case in_side when 'buy' then amount else -basis end;
  walls := case in_side when 'sell' then '[]'::jsonb else jsonb_build_array(
    jsonb_build_object('wall', 1, 'value_cents', amount, 'limit_cents', per_trade),
    jsonb_build_object('wall', 2, 'value_cents', market_yes + market_no + quantity, 'limit_cents', settings.market_limit),
    jsonb_build_object('wall', 3, 'value_cents', category_open + quantity, 'limit_cents', settings.category_limits[category_key + 1]),
    jsonb_build_object('wall', 4, 'value_cents', operator_open + quantity, 'limit_cents', operator.exposure_limit_cents),
    jsonb_build_object('wall', 5, 'value_cents', global_open + quantity, 'limit_cents', settings.global_limit)) end;
  insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
    realized_pnl_cents, balance_after_cents, receipt, created_at)
  values (in_operator, first_id, in_player, in_market, in_outcome, in_side, 'filled', price, mid, quantity, amount, fee, revenue, realized, balance,
    jsonb_build_object('formula', 1, 'snapshot_id', market.snapshot_id::text, 'age_ms', age_ms, 'mid', market.mid, 'outcome', in_outcome, 'side', in_side,
      'price', price, 'spread', spread, 'skew', above - (spread + 1) / 2,
      'components', jsonb_build_object('base', base, 'edge', edge, 'liquidity', liquidity, 'score', score, 'age', age, 'utilisation', loaded, 'discount', discount,
        'bounds', spread - unbounded),
      'inputs', jsonb_build_object('base_bps', settings.base_bps, 'min_bps', settings.min_bps, 'max_bps', settings.max_bps,
        'risk_multiplier', settings.risk_multiplier, 'discount', jsonb_build_array(settings.discount_from, settings.discount_bps),
        'override_bps', operator.spread_override_bps, 'liquidity_cents', market.liquidity_cents, 'utilisation_bps', utilisation, 'yes_shares', market_yes,
        'no_shares', market_no, 'score', player.score, 'volume_cents', player.volume_cents), 'walls', walls), now_at)
  returning * into trade;
  what := bench_decimal(quantity, 2) || ' ' || in_outcome || ' at ' || bench_decimal(price, 4);
  insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, trade_id,
    description, created_at)
  select in_operator, first_id + e.place, in_player, e.type, e.source, e.target, e.amount, e.before, e.after, first_id, e.description, now_at
  from (values
    (2, case in_side when 'buy' then 'trade_debit' else 'trade_credit' end, case in_side when 'buy' then 'player' else 'house' end,
      case in_side when 'buy' then 'house' else 'player' end, amount, player.balance_cents, balance + fee, case in_side when 'buy' then 'Bought ' else 'Sold ' end || what),
    (3, 'trade_fee', 'player', 'fees', fee, balance + fee, balance, 'Trading fee')
  ) as e(place, type, source, target, amount, before, after, description) where e.amount > 0;
  update players p set balance_cents = balance, open_shares = p.open_shares + signed, trade_count = p.trade_count + 1, volume_cents = p.volume_cents + amount,
    fees_cents = p.fees_cents + fee, realized_pnl_cents = p.realized_pnl_cents + coalesce(realized, 0),
    closed_count = p.closed_count + (in_side = 'sell' and quantity = held_now)::integer,
    won_count = p.won_count + (in_side = 'sell' and quantity = held_now and held.realized_pnl_cents + realized > held.realized_at_open_cents)::integer,
    last_trade_at = now_at, last_active_at = now_at
  where p.operator_id = in_operator and p.id = in_player;
  if held.id is null then
    insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, trade_count, opened_at)
    values (in_operator, in_market, in_player, in_outcome, first_id + 1, quantity, amount, 1, now_at);
  else
    update positions p set quantity = p.quantity + signed, cost_cents = p.cost_cents + cost_moved,
      realized_pnl_cents = p.realized_pnl_cents + coalesce(realized, 0), trade_count = p.trade_count + 1,
      realized_at_open_cents = case when held_now = 0 then p.realized_pnl_cents else p.realized_at_open_cents end,
      opened_at = case when held_now = 0 then now_at else p.opened_at end, closed_at = case when p.quantity + signed = 0 then now_at end
    where p.operator_id = in_operator and p.market_id = in_market and p.player_id = in_player and p.outcome = in_outcome;
  end if;
  insert into idempotency_keys (operator_id, owner_id, key, body_hash, trade_id, answer, created_at)
  values (in_operator, in_player, in_key, in_hash, first_id, '{}', now_at);
  -- One after the other, the most contended last: two trades can never wait for each other.
  for n in 1..6 loop
    update exposure e set yes_shares = yes_shares + case in_outcome when 'yes' then signed else 0 end,
      no_shares = no_shares + case in_outcome when 'no' then signed else 0 end, cost_cents = cost_cents + cost_moved,
      volume_cents = volume_cents + amount, trade_count = trade_count + 1
    where e.operator_id = case n % 2 when 1 then in_operator else 0 end and e.scope = 2 - (n - 1) / 2
      and e.key = case (n - 1) / 2 when 0 then in_market when 1 then category_key else 0 end;
  end loop;
end $$;

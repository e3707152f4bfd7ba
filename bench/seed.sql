-- What the benchmark trades with: :base is the base of all ids (bench/scene.ts). Prices are dated a day ahead, so that they
-- stay fresh without a feed. Deposits come with the keys they were asked for under, so that the books are right from the start.
insert into operators (id, slug, name, status, contact_email, max_bet_cents, exposure_limit_cents, limit_tiers, created_at, updated_at)
select :base + n, 'bench-' || n, 'Bench ' || n, 'live', 'bench@example.com', 100000, 100000000000,
  '{"new": 100000, "regular": 100000, "vip": 100000}', :now, :now
from generate_series(1, 3) as n;

insert into players (operator_id, id, external_id, limit_tier, balance_cents, deposited_cents, created_at)
select :base + 1 + n % 3, :base + 1000 + n, 'player-' || n, 'vip', 1000000000, 1000000000, :now
from generate_series(0, 19999) as n;

insert into player_sessions (operator_id, id, player_id, created_at, expires_at)
select operator_id, id + 99000, id, :now, :now + interval '1 day' from players;

insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents,
  description, created_at)
select operator_id, id + 299000, id, 'deposit', 'bank', 'player', balance_cents, 0, balance_cents, 'Opening balance', :now
from players;

insert into idempotency_keys (operator_id, owner_id, key, body_hash, answer, created_at)
select operator_id, 0, 'opening-' || id, md5(id::text)::uuid, jsonb_build_object('adjustment', (id + 299000)::text, 'action', 'deposit',
  'amount', balance_cents::text, 'fee', '0', 'before', '0', 'after', balance_cents::text, 'at', :now), :now
from players;

insert into markets (id, source, source_id, title, category, mid, best_bid, best_ask, snapshot_id, priced_at, received_at, liquidity_cents, end_at,
  created_at, updated_at)
select :base + 200000 + n, 'simulated', 'bench-' || n, 'Will it happen, number ' || n || '?',
  (array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'])[1 + n % 6],
  1500 + n * 7 % 7000, 1450 + n * 7 % 7000, 1550 + n * 7 % 7000, :base + 400000 + n,
  :now + interval '1 day', :now, 10000000 - n * 9000, :now + interval '30 days', :now, :now
from generate_series(0, 999) as n;

insert into exposure (operator_id, scope, key, cap_shares)
select operator_id, scope, key, 100000000000
from (select 0::bigint as operator_id union all select id from operators) as owners
cross join (
  select 0 as scope, 0::bigint as key union all select 1, generate_series(0, 5) union all select 2, id from markets
) as scopes;

update sequencer set last_id = :base + 500000, version = version + 1;

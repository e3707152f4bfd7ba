-- Who trades in the million: :base is the base of all ids (bench/million-scene.ts), :start the first of ninety days. The first two fifths of the
-- players are there from the start, the rest come evenly. Prices are dated a year ahead, so that they stay fresh without a feed.
insert into operators (id, slug, name, status, contact_email, max_bet_cents, exposure_limit_cents, limit_tiers, created_at, updated_at)
select :base + n, 'bench-' || n, 'Bench ' || n, 'live', 'bench@example.com', 100000, 1000000000000,
  '{"new": 100000, "regular": 100000, "vip": 100000}', :start, :start
from generate_series(1, 5) as n;

insert into players (operator_id, id, external_id, username, email, limit_tier, balance_cents, deposited_cents, created_at, last_active_at)
select :base + 1 + n % 5, :base + 1000 + n, 'player-' || n,
  (array['amber', 'birch', 'cedar', 'delta', 'ember', 'flint', 'grove', 'heron', 'indigo', 'juniper'])[1 + n % 10] || '.'
    || (array['fox', 'lynx', 'otter', 'raven', 'stork', 'tiger', 'viper', 'whale', 'zebra'])[1 + n * 7 % 9] || n,
  case when n % 3 > 0 then 'person' || n || '@mail' || n % 40 || '.example' end,
  case when n % 50 = 0 then 'vip' else 'regular' end, 1000000 + n * 7919 % 9000000, 1000000 + n * 7919 % 9000000, at, at
from (select n::bigint as n, :start + interval '90 days' * greatest(0, (n / 200000.0 - 0.4) / 0.6) as at from generate_series(0, 199999) as n) as players;

insert into player_sessions (operator_id, id, player_id, created_at, expires_at)
select operator_id, id + 1000000, id, :start, :start + interval '2 years' from players;

insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents,
  description, created_at)
select operator_id, id + 2000000, id, 'deposit', 'bank', 'player', balance_cents, 0, balance_cents, 'Opening balance', :start
from players;

insert into idempotency_keys (operator_id, owner_id, key, body_hash, answer, created_at)
select operator_id, 0, 'opening-' || id, md5(id::text)::uuid, jsonb_build_object('adjustment', (id + 2000000)::text, 'action', 'deposit',
  'amount', balance_cents::text, 'fee', '0', 'before', '0', 'after', balance_cents::text, 'at', :start), :start
from players;

insert into markets (id, source, source_id, title, search_title, category, mid, best_bid, best_ask, snapshot_id, priced_at, received_at, liquidity_cents,
  end_at, created_at, updated_at)
select :base + 3000000 + n, 'simulated', 'bench-' || n, title, title,
  (array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'])[1 + n % 6],
  1500 + n * 7 % 7000, 1450 + n * 7 % 7000, 1550 + n * 7 % 7000, :base + 3100000 + n,
  :start + interval '2 years', :start, 10000000 - n * 4500, :start + interval '180 days' + n * interval '1 hour', :start + n * interval '1 minute', :start
from (select n, 'Will it happen, number ' || n || '?' as title from generate_series(0, 1999) as n) as markets;

insert into exposure (operator_id, scope, key, cap_shares)
select operator_id, scope, key, 1000000000000
from (select 0::bigint as operator_id union all select id from operators) as owners
cross join (
  select 0 as scope, 0::bigint as key union all select 1, generate_series(0, 5) union all select 2, id from markets
) as scopes;

update sequencer set last_id = :base + 3900000, version = version + 1;

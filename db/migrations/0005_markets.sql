create table markets (
  id bigint primary key,
  source text not null check (source in ('polymarket', 'recorded', 'simulated', 'operator')),
  source_id text not null,
  title text not null,
  description text not null default '',
  category text not null check (category in ('sports', 'crypto', 'politics', 'entertainment', 'economics', 'other')),
  tags text[] not null default '{}',
  image_url text,
  status text not null default 'active' check (status in ('active', 'paused', 'resolved', 'cancelled')),
  status_reason text,
  -- Prices of YES in hundredths of a cent. mid is null until a usable price has been seen.
  mid integer check (mid between 0 and 10000),
  best_bid integer check (best_bid between 0 and 10000),
  best_ask integer check (best_ask between 0 and 10000),
  snapshot_id bigint,
  -- When the source last confirmed the price (its own clock), and when we received it.
  priced_at timestamptz,
  received_at timestamptz,
  liquidity_cents bigint not null default 0 check (liquidity_cents >= 0),
  source_volume_cents bigint not null default 0,
  end_at timestamptz,
  resolution text check (resolution in ('yes', 'no', 'split', 'void')),
  resolution_source text,
  resolved_at timestamptz,
  source_state jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (source, source_id)
) with (fillfactor = 70);
create index markets_category on markets (category, id);
create index markets_status on markets (status, id);
comment on table markets is 'owner: markets. One YES/NO question. Platform-wide; an operator sees those of its allowed categories.';

create table price_ticks (
  market_id bigint not null,
  id bigint not null,
  mid integer not null check (mid between 0 and 10000),
  best_bid integer,
  best_ask integer,
  at timestamptz not null,
  primary key (market_id, id)
);
comment on table price_ticks is 'owner: markets. Every accepted price; the id is the snapshot that receipts name.';

create table market_set_asides (
  source text not null,
  source_id text not null,
  reason text not null,
  detail text not null,
  seen_count bigint not null default 1,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (source, source_id, reason)
);
comment on table market_set_asides is 'owner: markets. What the source sent and we could not use, by reason, counted.';

create table market_feeds (
  source text primary key,
  last_event_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  silent_since timestamptz,
  counters jsonb not null default '{}'
);
comment on table market_feeds is 'owner: markets. State of each market source: its last sign of life and since when it is silent.';

grant select on markets, price_ticks to predictu_operator, predictu_player, predictu_admin, predictu_worker, predictu_access;
grant select on market_feeds, market_set_asides to predictu_admin, predictu_worker;
grant insert, update on markets, market_feeds, market_set_asides to predictu_worker;
grant insert, delete on price_ticks to predictu_worker;
grant update (status, status_reason, resolution, resolution_source, resolved_at, updated_at) on markets to predictu_admin;

-- Operations towards operators' own wallets, every request made for them, and what each operator's wallet is asked and signed with.
create table wallet_calls (
  operator_id bigint not null,
  id bigint not null,
  method text not null check (method in ('BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK')),
  player_id bigint not null,
  market_id bigint not null,
  trade_id bigint,
  position_id bigint,
  settlement_id bigint,
  -- The BET_MAKE it belongs to.
  reference_id bigint,
  amount_cents bigint not null check (amount_cents >= 0),
  -- As sent, kept with the first attempt; json, not jsonb, because every attempt sends the same bytes.
  params json,
  status text not null default 'pending'
    check (status in ('pending', 'unknown', 'confirmed', 'refused', 'rolled_back', 'failed', 'handled')),
  -- Of this round: a replay begins a new one.
  attempts integer not null default 0,
  started_at timestamptz not null,
  -- Whether an attempt may have reached the wallet: only then is there something to undo.
  reached boolean not null default false,
  -- Null: not again by itself.
  next_attempt_at timestamptz,
  -- Whoever claimed it is at it until then; afterwards it is anybody's.
  claimed_until timestamptz,
  reason_code text,
  reason text,
  answer json,
  balance_cents bigint,
  handled_by text,
  created_at timestamptz not null,
  -- When it ended.
  settled_at timestamptz,
  -- When trading had taken what follows from a BET_MAKE's end.
  told_at timestamptz,
  alarmed_at timestamptz,
  check (method <> 'BET_MAKE' or trade_id is not null),
  check (method <> 'BET_ROLLBACK' or reference_id is not null),
  primary key (operator_id, id)
) with (fillfactor = 80);
create unique index wallet_calls_id on wallet_calls (id);
create index wallet_calls_due on wallet_calls (operator_id, next_attempt_at) where next_attempt_at is not null;
create index wallet_calls_owed on wallet_calls (operator_id, id)
  where method = 'BET_MAKE' and told_at is null and status in ('confirmed', 'refused', 'rolled_back');
create index wallet_calls_open on wallet_calls (operator_id, created_at) where status in ('pending', 'unknown', 'failed');
create index wallet_calls_trade on wallet_calls (trade_id) where trade_id is not null;
create index wallet_calls_settlement on wallet_calls (settlement_id, status) where settlement_id is not null;
create index wallet_calls_player on wallet_calls (player_id, id);
comment on table wallet_calls is 'owner: wallet. One operation towards an operator''s wallet, written with the fact it announces. Its id is the transaction and the request id.';

create table wallet_attempts (
  operator_id bigint not null,
  id bigint not null,
  -- Null for a PING or BALANCE, whose request is then kept here.
  call_id bigint,
  method text not null,
  url text not null,
  request text,
  http_status integer,
  -- Cut to 4 kB.
  answer text,
  outcome text not null check (outcome in ('confirmed', 'duplicate', 'refused', 'unknown', 'unsent')),
  detail text,
  milliseconds integer not null,
  at timestamptz not null,
  primary key (operator_id, id)
);
create index wallet_attempts_call on wallet_attempts (operator_id, call_id, id) where call_id is not null;
comment on table wallet_attempts is 'owner: wallet. Every request made to an operator''s wallet, without secrets.';

create table wallet_settings (
  operator_id bigint primary key,
  -- Milliseconds by method; what is absent has the platform's default.
  budgets jsonb not null default '{}',
  concurrency integer not null default 32 check (concurrency between 1 and 256),
  healthy boolean,
  last_ping_at timestamptz,
  last_ok_at timestamptz,
  failures integer not null default 0,
  detail text,
  updated_at timestamptz not null
);
comment on table wallet_settings is 'owner: wallet. How one operator''s wallet is asked, and how it answered when last pinged.';

create table wallet_signing_keys (
  operator_id bigint not null,
  id bigint not null,
  kid text not null unique,
  public_jwk jsonb not null,
  private_encrypted text not null,
  fingerprint text not null,
  -- Published before it signs, so that nobody meets a signature by a key not yet seen.
  active_from timestamptz not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  primary key (operator_id, id)
);
comment on table wallet_signing_keys is 'owner: wallet. RSA key pairs that sign callbacks. new before active_from, retiring once ends_at is set, gone after it.';

create table wallet_webhook_secrets (
  operator_id bigint not null,
  id bigint not null,
  secret_encrypted text not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  primary key (operator_id, id)
);
comment on table wallet_webhook_secrets is 'owner: wallet. Shared secrets of the Standard Webhooks signature; two live ones sign side by side.';

-- What the wallet last answered; the platform's own balance of such a player stays 0.
alter table players add column wallet_balance_cents bigint, add column wallet_balance_at timestamptz;
comment on table players is 'owner: players, trading, wallet. One player of one operator; trading moves the balance and the running totals, wallet what an outside wallet answered.';
comment on table risk_events is 'owner: risk, trading, markets, wallet. Limits approached or refused, breakers tripped and reset, anomalies.';

-- The queue's tables are the owner's: the roles may only ask for a delivery.
create function deliver_wallet_calls(operator bigint, wanted_at timestamptz) returns void language plpgsql security definer set search_path = public as $$
begin
  -- Without the queue (a server without workers) the sweep of the next worker finds the calls.
  if to_regnamespace('graphile_worker') is null then return; end if;
  perform graphile_worker.add_job('deliver-wallet-calls', json_build_object('operator_id', operator::text),
    queue_name => 'wallet-' || operator, max_attempts => 1, job_key => 'deliver-' || operator,
    -- A later wish never puts off an earlier one.
    run_at => least(wanted_at, (select j.run_at from graphile_worker.jobs j where j.key = 'deliver-' || operator and j.locked_at is null)));
end $$;
revoke execute on function deliver_wallet_calls from public;
grant execute on function deliver_wallet_calls to predictu_worker, predictu_operator, predictu_admin;

alter table wallet_calls enable row level security;
alter table wallet_calls force row level security;
alter table wallet_attempts enable row level security;
alter table wallet_attempts force row level security;
alter table wallet_settings enable row level security;
alter table wallet_settings force row level security;
alter table wallet_signing_keys enable row level security;
alter table wallet_signing_keys force row level security;
alter table wallet_webhook_secrets enable row level security;
alter table wallet_webhook_secrets force row level security;
create policy own on wallet_calls for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on wallet_calls for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on wallet_attempts for select to predictu_operator using (operator_id = (select tenant()));
create policy every on wallet_attempts for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on wallet_settings for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on wallet_settings for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on wallet_signing_keys for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on wallet_signing_keys for all to predictu_admin, predictu_worker, predictu_access using (true) with check (true);
create policy own on wallet_webhook_secrets for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on wallet_webhook_secrets for all to predictu_admin, predictu_worker using (true) with check (true);

grant select on wallet_calls, wallet_attempts, wallet_settings to predictu_operator, predictu_admin;
-- People restart a call or close it; what it moves stays as it was decided.
grant update (status, attempts, started_at, next_attempt_at, claimed_until, reason_code, reason, handled_by, settled_at, alarmed_at)
  on wallet_calls to predictu_operator, predictu_admin;
grant select, insert, update on wallet_calls, wallet_settings to predictu_worker;
grant select, insert on wallet_attempts to predictu_worker;
grant insert, update on wallet_settings to predictu_operator, predictu_admin;
-- Nobody but the worker reads a sealed key or secret.
grant select (operator_id, id, kid, public_jwk, fingerprint, active_from, ends_at, created_at), insert, update (ends_at)
  on wallet_signing_keys to predictu_operator, predictu_admin;
grant select (operator_id, id, kid, public_jwk, active_from, ends_at) on wallet_signing_keys to predictu_access;
grant select (operator_id, id, ends_at, created_at), insert, update (ends_at) on wallet_webhook_secrets to predictu_operator, predictu_admin;
grant select, insert, update on wallet_signing_keys, wallet_webhook_secrets to predictu_worker;
-- Operators change what the batch keeps in memory (their wallet mode), and so must take their turn; the row itself stays closed to them.
create function take_turn(first_id bigint) returns bigint language sql security definer set search_path = public as $$
  update sequencer set version = version + 1, last_id = greatest(last_id + 1, first_id) returning last_id
$$;
revoke execute on function take_turn from public;
grant execute on function take_turn to predictu_operator, predictu_admin, predictu_worker;

create table referral_terms (
  operator_id bigint primary key,
  referrer_bonus_cents bigint not null check (referrer_bonus_cents >= 0),
  referred_bonus_cents bigint not null check (referred_bonus_cents >= 0),
  -- The first buy of at least this cost earns both bonuses.
  qualifying_cents bigint not null check (qualifying_cents > 0),
  -- Bonuses one player can earn.
  most_per_player integer not null check (most_per_player > 0),
  updated_at timestamptz not null,
  updated_by text not null
);
comment on table referral_terms is 'owner: engagement. What an operator pays for a player brought by another.';

create table referral_codes (
  operator_id bigint not null,
  player_id bigint not null,
  code text not null,
  created_at timestamptz not null,
  primary key (operator_id, player_id)
);
create unique index referral_codes_code on referral_codes (operator_id, code);
comment on table referral_codes is 'owner: engagement. The code a player gives to others.';

create table referrals (
  operator_id bigint not null,
  -- Who was brought: once in its life.
  player_id bigint not null,
  referrer_id bigint not null,
  -- The terms of the moment, which later changes leave alone.
  referrer_bonus_cents bigint not null,
  referred_bonus_cents bigint not null,
  qualifying_cents bigint not null,
  created_at timestamptz not null,
  qualified_trade_id bigint,
  rewarded_at timestamptz,
  check (player_id <> referrer_id),
  check (rewarded_at is null or qualified_trade_id is not null),
  primary key (operator_id, player_id)
);
create index referrals_referrer on referrals (operator_id, referrer_id);
create index referrals_waiting on referrals (operator_id, player_id) where rewarded_at is null;
comment on table referrals is 'owner: engagement. Who brought whom, and whether both have their bonus.';

do $$
declare name text;
begin
  foreach name in array array['referral_terms', 'referral_codes', 'referrals'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()))', name);
    execute format('create policy every on %I for all to predictu_admin, predictu_worker using (true) with check (true)', name);
    execute format('grant select on %I to predictu_operator, predictu_admin', name);
    execute format('grant select, insert, update on %I to predictu_worker', name);
  end loop;
end $$;
grant insert, update on referral_terms to predictu_operator;

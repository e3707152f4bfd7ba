create table own_markets (
  operator_id bigint not null,
  market_id bigint not null,
  -- The draft it was deployed from, with every change of wording since.
  draft jsonb not null,
  -- What the operator says yes is worth, hundredths of a cent; the house price moves around it (docs/copilot.md).
  anchor integer not null check (anchor between 100 and 9900),
  resolver text not null check (resolver in ('operator', 'platform')),
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (operator_id, market_id)
);
create unique index own_markets_market on own_markets (market_id);
comment on table own_markets is 'owner: copilot. What an operator has said about each market of its own: rules, resolver, the anchor of its price.';

create table agent_suggestions (
  operator_id bigint not null,
  id bigint not null,
  kind text not null check (kind in ('pause', 'widen', 'resolve', 'fix_wording', 'reprice', 'raise_limit')),
  market_id bigint,
  player_id bigint,
  -- What is the same suggestion; a rejected one is not made again.
  fingerprint text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  title text not null,
  reason text not null,
  evidence jsonb not null,
  -- What accepting it does, as the ordinary action takes it.
  action jsonb not null,
  status text not null default 'open' check (status in ('open', 'accepted', 'rejected', 'expired')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  decision_reason text,
  check ((status = 'open') = (decided_at is null)),
  primary key (operator_id, id)
);
create unique index agent_suggestions_open on agent_suggestions (operator_id, fingerprint) where status = 'open';
create index agent_suggestions_status on agent_suggestions (operator_id, status, id);
create index agent_suggestions_fingerprint on agent_suggestions (operator_id, fingerprint, id);
comment on table agent_suggestions is 'owner: copilot. What the MarketAgent suggests to an operator, on which evidence, and what was decided.';

alter table own_markets enable row level security;
alter table own_markets force row level security;
alter table agent_suggestions enable row level security;
alter table agent_suggestions force row level security;
create policy own on own_markets for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy own on agent_suggestions for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on own_markets for all to predictu_admin, predictu_worker using (true) with check (true);
create policy every on agent_suggestions for all to predictu_admin, predictu_worker using (true) with check (true);
grant select, insert, update on own_markets to predictu_operator;
grant select on own_markets, agent_suggestions to predictu_admin;
grant select, update on own_markets to predictu_worker;
grant select, update on agent_suggestions to predictu_operator;
grant select, insert, update on agent_suggestions to predictu_worker;

-- Who made a suggestion, and when Claude last looked at an operator's markets.
alter table agent_suggestions
  add column origin text not null default 'rules' check (origin in ('rules', 'claude')),
  add column model text,
  add constraint agent_suggestions_model check ((origin = 'claude') = (model is not null));

create table agent_looks (
  operator_id bigint primary key,
  looked_at timestamptz not null,
  -- Of the figures it was shown; null when that look failed.
  facts_digest text,
  model text not null,
  tokens integer not null check (tokens >= 0),
  queued integer not null check (queued >= 0),
  refused integer not null check (refused >= 0)
);
comment on table agent_looks is 'owner: copilot. The last look of a model at an operator''s markets: nothing is asked again while the figures stand still.';
alter table agent_looks enable row level security;
alter table agent_looks force row level security;
create policy own on agent_looks for select to predictu_operator using (operator_id = (select tenant()));
create policy every on agent_looks for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on agent_looks to predictu_operator, predictu_admin;
grant select, insert, update on agent_looks to predictu_worker;

create table player_scores (
  operator_id bigint not null,
  player_id bigint not null,
  score smallint not null check (score between 0 and 100),
  win_rate_score smallint not null check (win_rate_score between 0 and 25),
  edge_detection_score smallint not null check (edge_detection_score between 0 and 25),
  timing_score smallint not null check (timing_score between 0 and 20),
  volume_pattern_score smallint not null check (volume_pattern_score between 0 and 15),
  correlation_score smallint not null check (correlation_score between 0 and 15),
  -- Average closing line less price paid; null before any settled bet with a closing line.
  clv_edge double precision,
  -- The sums the score recomputes from (docs/scoring.md).
  evidence jsonb not null,
  flags text[] not null,
  evaluated_at timestamptz not null,
  check (score = win_rate_score + edge_detection_score + timing_score + volume_pattern_score + correlation_score),
  primary key (operator_id, player_id)
);
comment on table player_scores is 'owner: insights. The latest evaluation of each player. players.score is the same number, where prices read it.';

create table player_score_history (
  operator_id bigint not null,
  player_id bigint not null,
  date date not null,
  score smallint not null check (score between 0 and 100),
  tier text not null,
  evaluated_at timestamptz not null,
  primary key (operator_id, player_id, date)
);
comment on table player_score_history is 'owner: insights. The last score of each day on which a player was evaluated, and the tier after it.';

alter table player_scores enable row level security;
alter table player_scores force row level security;
alter table player_score_history enable row level security;
alter table player_score_history force row level security;
create policy own on player_scores for select to predictu_operator using (operator_id = (select tenant()));
create policy every on player_scores for all to predictu_admin, predictu_worker using (true) with check (true);
create policy own on player_score_history for select to predictu_operator using (operator_id = (select tenant()));
create policy every on player_score_history for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on player_scores, player_score_history to predictu_operator;
grant select, insert, update on player_scores, player_score_history to predictu_admin, predictu_worker;
grant insert on risk_events to predictu_admin;

-- Players with new settlements: the markets decided since, then the players who traded them (trades_market).
create index market_settlements_decided on market_settlements (decided_at, id) where status = 'decided';

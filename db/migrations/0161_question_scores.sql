create table question_scores (
  id bigint primary key,
  question text not null,
  -- Of yes, ten thousandths.
  probability integer not null check (probability between 0 and 10000),
  model text not null,
  -- What a market said when it was scored, hundredths of a cent.
  market_price integer check (market_price between 1 and 9999),
  -- A market of this installation, scored when it was new: its settlement is the outcome.
  market_id bigint unique,
  -- SHA-256 of the token that may tell the outcome.
  token_hash bytea,
  outcome text check (outcome in ('yes', 'no')),
  outcome_at timestamptz,
  created_at timestamptz not null,
  check ((outcome is null) = (outcome_at is null)),
  check ((market_id is null) <> (token_hash is null))
);
create index question_scores_outcome on question_scores (outcome_at, id) where outcome is not null;
create index question_scores_waiting on question_scores (id) where outcome is null;
comment on table question_scores is 'owner: copilot. Scores of questions and how the questions ended, by settlement or as reported.';

grant select, insert on question_scores to predictu_access;
grant update (outcome, outcome_at) on question_scores to predictu_access;
grant select, insert, update, delete on question_scores to predictu_worker;

-- Nightly evaluations go on where the last one ended, however many nights were missed.
create table score_runs (
  only_row boolean primary key default true check (only_row),
  settled_through timestamptz not null
);
comment on table score_runs is 'owner: insights. Settlements decided before this instant have been evaluated.';
grant select, insert, update on score_runs to predictu_worker;

-- A person may hold a player's tier against the score: with a reason, until it is released.
alter table players add column tier_overridden_at timestamptz;
alter table players add column tier_overridden_by text;
alter table players add column tier_override_reason text;
alter table players add constraint players_tier_override check (
  (tier_overridden_at is null) = (tier_overridden_by is null) and (tier_overridden_at is null) = (tier_override_reason is null));
grant update (score, tier_overridden_at, tier_overridden_by, tier_override_reason) on players to predictu_admin;
create index players_flagged on players (score desc, id) where tier <> 'normal';

create table player_tier_changes (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  from_tier text not null,
  to_tier text not null check (to_tier in ('normal', 'sharp', 'restricted', 'banned')),
  -- score: made by an evaluation; override, release: by a person.
  cause text not null check (cause in ('score', 'override', 'release')),
  score smallint not null check (score between 0 and 100),
  reason text not null,
  -- What the score was made of and the thresholds in force: the change recomputes from it.
  evidence jsonb,
  actor text not null,
  created_at timestamptz not null,
  primary key (operator_id, id),
  check ((cause = 'score') = (evidence is not null))
);
create index player_tier_changes_player on player_tier_changes (player_id, id);
comment on table player_tier_changes is 'owner: players. Every change of a player''s risk tier: from what to what, by whom, why, on what evidence. Append-only.';
create trigger player_tier_changes_append_only before update or delete or truncate on player_tier_changes execute function refuse_change();

alter table player_tier_changes enable row level security;
alter table player_tier_changes force row level security;
create policy own on player_tier_changes for select to predictu_operator using (operator_id = (select tenant()));
create policy every on player_tier_changes for all to predictu_admin, predictu_worker using (true) with check (true);
grant select on player_tier_changes to predictu_operator;
grant select, insert on player_tier_changes to predictu_admin, predictu_worker;

-- A piece of a settlement changes thousands of players at once: one row that names them all is a fifth of the work of a row each.
alter table player_changes alter column player_id drop not null;
alter table player_changes add column player_ids bigint[];
alter table player_changes add check (player_id is not null or player_ids is not null);

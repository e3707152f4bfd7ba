-- Settlement notes players through the players' own door again: one slice writes the table.
comment on table player_changes is 'owner: players. Players that were added or changed without a trade or a ledger row; forgotten after a day.';

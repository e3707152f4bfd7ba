-- Markets by the hour as well as by the day: their part of the rollups begins anew and comes to where it was within minutes; until then readers add
-- what is missing.
delete from rollup_days where kind = 'market';
update rollup_state set markets_last_id = 0;
comment on table rollup_days is 'owner: insights. rollup_totals by day in UTC; those of markets up to rollup_state.markets_last_id.';
comment on table rollup_hours is 'owner: insights. rollup_totals by hour; those of markets up to rollup_state.markets_last_id.';

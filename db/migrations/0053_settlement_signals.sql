-- The source has named a result and no second signal agrees: people are told once, since then.
alter table markets add column result_unsure_since timestamptz;
-- An operator sets what a correction does about its players' spent money; the rest of the table is the platform's.
grant insert (operator_id, claw_back, updated_at), update (claw_back, updated_at) on settlement_settings to predictu_operator;

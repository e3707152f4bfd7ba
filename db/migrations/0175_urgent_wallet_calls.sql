-- What nobody knows the state of, and what ends such a state, is asked before what merely waits in line.
create index wallet_calls_urgent on wallet_calls (operator_id, next_attempt_at, id)
  where next_attempt_at is not null and (status = 'unknown' or method = 'BET_ROLLBACK');

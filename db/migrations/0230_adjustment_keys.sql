-- The key an adjustment came with, by the adjustment it names: players loaded together have all of theirs in one instant.
drop index idempotency_keys_other;
create index idempotency_keys_other on idempotency_keys (operator_id, owner_id, created_at, (answer ->> 'adjustment')) where trade_id is null;

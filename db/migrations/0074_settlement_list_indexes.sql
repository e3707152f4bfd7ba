-- All operators' records of one settlement: the key begins with the operator.
create index settlement_records_settlement on settlement_records (settlement_id);

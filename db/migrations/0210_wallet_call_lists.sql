-- The callback log by market, and by the ways a call seldom ends: both went through every call there is.
create index wallet_calls_market on wallet_calls (market_id, id);
create index wallet_calls_ended on wallet_calls (status, id) where status in ('refused', 'rolled_back', 'handled');

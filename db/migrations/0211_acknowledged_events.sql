-- What somebody took note of is little of what happened.
create index risk_events_acknowledged on risk_events (id) where acknowledged_at is not null;

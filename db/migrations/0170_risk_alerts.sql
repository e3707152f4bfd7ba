-- Who took note of a warning, and when; the list of those nobody has is short and asked often.
alter table risk_events add column acknowledged_at timestamptz;
alter table risk_events add column acknowledged_by text;
alter table risk_events add constraint risk_events_acknowledged check ((acknowledged_at is null) = (acknowledged_by is null));
create index risk_events_unacknowledged on risk_events (id) where acknowledged_at is null and severity <> 'info';

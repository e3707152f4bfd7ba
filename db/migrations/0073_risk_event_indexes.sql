-- The log of risk events by type, severity and time, for everybody and for one operator.
create index risk_events_type on risk_events (type, id);
create index risk_events_severity on risk_events (severity, id);
create index risk_events_created on risk_events (created_at, id);

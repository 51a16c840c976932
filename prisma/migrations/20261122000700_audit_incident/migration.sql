-- The log of one incident, newest first, as it is listed; few events belong to one.
CREATE INDEX audit_event_incident_idx ON audit_event (incident, occurred_at DESC, id DESC) WHERE incident IS NOT NULL;

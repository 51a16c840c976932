-- What the database itself guarantees of hot-patches, drift and alerts, and what it tells the processes at once.

GRANT SELECT, INSERT, UPDATE ON runtime, observation, sync_verdict, drift_finding, finding_sighting, finding_event,
  ignore_rule, ignore_rule_hit, remediation, hot_patch, follow_up, hot_patch_event, alert_channel, alert TO plumbline_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO plumbline_app;
-- Telemetry is let go when nothing needs it any more.
GRANT DELETE ON runtime, observation, sync_verdict, finding_sighting, ignore_rule_hit TO plumbline_app;

-- A heartbeat changes no indexed column, so that with room in its page it touches no index either.
ALTER TABLE runtime SET (fillfactor = 70);

CALL govern('drift_finding');
CALL govern('finding_event');
CALL govern('ignore_rule');
CALL govern('remediation');
CALL govern('hot_patch');
CALL govern('follow_up');
CALL govern('hot_patch_event');
CALL govern('alert_channel');
CALL govern('alert');

CALL make_append_only('finding_event');
CALL make_append_only('hot_patch_event');
CALL make_append_only('alert');

-- A hot-patch has its follow-up.
CREATE FUNCTION require_follow_up() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM follow_up WHERE hot_patch_id = NEW.id) THEN
    RAISE EXCEPTION 'hot-patch % has no follow-up: file both in the same transaction', NEW.number;
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER hot_patch_owes_follow_up AFTER INSERT ON hot_patch
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_follow_up();
ALTER TABLE hot_patch ENABLE ALWAYS TRIGGER hot_patch_owes_follow_up;

-- One remediation at a time for each bundle and environment.
CREATE UNIQUE INDEX remediation_active_key ON remediation (environment_id, bundle_id)
  WHERE state IN ('waiting', 'acting', 'quarantined');

-- States and kinds as the models name them.
ALTER TABLE hot_patch ADD CONSTRAINT hot_patch_state_check
  CHECK (state IN ('requested', 'active', 'reverted', 'absorbed', 'escalated', 'denied', 'lapsed'));
ALTER TABLE hot_patch ADD CONSTRAINT hot_patch_ceiling_check CHECK (expires_at <= ceiling_at);
ALTER TABLE follow_up ADD CONSTRAINT follow_up_state_check CHECK (state IN ('open', 'decided'));
ALTER TABLE follow_up ADD CONSTRAINT follow_up_decision_check
  CHECK ((state = 'decided') = (decision IS NOT NULL) AND decision IN ('make_permanent', 'revert'));
ALTER TABLE drift_finding ADD CONSTRAINT drift_finding_state_check
  CHECK (state IN ('open', 'acknowledged', 'suppressed', 'accepted', 'resolved'));
ALTER TABLE drift_finding ADD CONSTRAINT drift_finding_suppressed_check
  CHECK (state <> 'suppressed' OR suppressed_until IS NOT NULL);
ALTER TABLE remediation ADD CONSTRAINT remediation_state_check
  CHECK (state IN ('waiting', 'acting', 'succeeded', 'failed', 'quarantined', 'cancelled'));
ALTER TABLE alert_channel ADD CONSTRAINT alert_channel_kind_check CHECK (kind IN ('email', 'webhook', 'slack'));
ALTER TABLE sync_verdict ADD CONSTRAINT sync_verdict_sync_check
  CHECK (sync IN ('in_sync', 'hot_patched', 'drifted', 'stale', 'unknown'));

-- Tells every process, once the change is committed: the first argument names the channel, the second the column sent.
-- Only on tables that change seldom, because committing transactions that notify queue behind one lock.
CREATE FUNCTION tell() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], coalesce(to_jsonb(NEW) ->> TG_ARGV[1], ''));
  RETURN NULL;
END
$$;

-- What is declared, ignored or asked of it changes: its places have to be compared again, by whatever path it came.
CREATE FUNCTION mark_own_place() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sync_verdict (environment_id, bundle_id, system_id, sync_since, health_since)
  VALUES (NEW.environment_id, NEW.bundle_id, NEW.system_id, now(), now())
  ON CONFLICT (environment_id, bundle_id) DO UPDATE SET is_dirty = true, revision = sync_verdict.revision + 1;
  RETURN NULL;
END
$$;
CREATE FUNCTION mark_places_of_system() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sync_verdict SET is_dirty = true, revision = revision + 1 WHERE system_id = NEW.system_id;
  RETURN NULL;
END
$$;
-- Verifying a deployment changes nothing of what is declared.
CREATE TRIGGER mark_place_deployed AFTER INSERT ON deployment
  FOR EACH ROW EXECUTE FUNCTION mark_own_place();
CREATE TRIGGER mark_place_patched AFTER INSERT OR UPDATE OF state, expires_at, changes ON hot_patch
  FOR EACH ROW EXECUTE FUNCTION mark_own_place();
CREATE TRIGGER mark_places_ruled AFTER INSERT ON rules_version
  FOR EACH ROW EXECUTE FUNCTION mark_places_of_system();
CREATE TRIGGER mark_places_ignoring AFTER INSERT OR UPDATE ON ignore_rule
  FOR EACH ROW EXECUTE FUNCTION mark_places_of_system();

-- A follow-up knows its environment by its patch.
CREATE FUNCTION tell_of_follow_up() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('plumbline_board', environment_id::text) FROM hot_patch WHERE id = NEW.hot_patch_id;
  RETURN NULL;
END
$$;

-- What runtimes are served changes.
CREATE TRIGGER tell_delivery AFTER INSERT OR UPDATE ON deployment
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_delivery', 'environment_id');
CREATE TRIGGER tell_delivery AFTER INSERT OR UPDATE ON hot_patch
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_delivery', 'environment_id');
CREATE TRIGGER tell_delivery AFTER INSERT OR UPDATE ON remediation
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_delivery', 'environment_id');
-- Who is served changes.
CREATE TRIGGER tell_access AFTER UPDATE ON api_token
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_access', 'id');
-- Who may answer for a token changes; no token is named, so all are looked at again.
CREATE TRIGGER tell_access AFTER UPDATE OF deactivated_at ON person
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_access', '');
CREATE TRIGGER tell_access AFTER INSERT OR UPDATE OR DELETE ON role_grant
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_access', '');
CREATE TRIGGER tell_access AFTER INSERT OR UPDATE OR DELETE ON group_member
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_access', '');
-- Something has to be compared again.
CREATE TRIGGER tell_observed AFTER INSERT OR UPDATE OF is_dirty ON sync_verdict
  FOR EACH ROW WHEN (NEW.is_dirty) EXECUTE FUNCTION tell('plumbline_observed', 'environment_id');
-- What the console shows changes.
CREATE TRIGGER tell_board_verdict AFTER UPDATE ON sync_verdict
  FOR EACH ROW WHEN (NOT NEW.is_dirty AND OLD.sync IS DISTINCT FROM NEW.sync OR OLD.health IS DISTINCT FROM NEW.health
    OR OLD.observed IS DISTINCT FROM NEW.observed)
  EXECUTE FUNCTION tell('plumbline_board', 'environment_id');
CREATE TRIGGER tell_board AFTER INSERT OR UPDATE ON drift_finding
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_board', 'environment_id');
CREATE TRIGGER tell_board AFTER INSERT OR UPDATE ON hot_patch
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_board', 'environment_id');
CREATE TRIGGER tell_board AFTER UPDATE ON follow_up
  FOR EACH ROW EXECUTE FUNCTION tell_of_follow_up();
CREATE TRIGGER tell_board AFTER INSERT OR UPDATE ON deployment
  FOR EACH ROW EXECUTE FUNCTION tell('plumbline_board', 'environment_id');

-- Every guard and every telling fires whatever session_replication_role says.
ALTER TABLE deployment ENABLE ALWAYS TRIGGER mark_place_deployed;
ALTER TABLE hot_patch ENABLE ALWAYS TRIGGER mark_place_patched;
ALTER TABLE rules_version ENABLE ALWAYS TRIGGER mark_places_ruled;
ALTER TABLE ignore_rule ENABLE ALWAYS TRIGGER mark_places_ignoring;
ALTER TABLE deployment ENABLE ALWAYS TRIGGER tell_delivery;
ALTER TABLE hot_patch ENABLE ALWAYS TRIGGER tell_delivery;
ALTER TABLE remediation ENABLE ALWAYS TRIGGER tell_delivery;
ALTER TABLE api_token ENABLE ALWAYS TRIGGER tell_access;
ALTER TABLE person ENABLE ALWAYS TRIGGER tell_access;
ALTER TABLE role_grant ENABLE ALWAYS TRIGGER tell_access;
ALTER TABLE group_member ENABLE ALWAYS TRIGGER tell_access;
ALTER TABLE sync_verdict ENABLE ALWAYS TRIGGER tell_observed;
ALTER TABLE sync_verdict ENABLE ALWAYS TRIGGER tell_board_verdict;
ALTER TABLE drift_finding ENABLE ALWAYS TRIGGER tell_board;
ALTER TABLE hot_patch ENABLE ALWAYS TRIGGER tell_board;
ALTER TABLE deployment ENABLE ALWAYS TRIGGER tell_board;
ALTER TABLE follow_up ENABLE ALWAYS TRIGGER tell_board;

-- A runtime's credential reaches one environment.
ALTER TABLE api_token ADD CONSTRAINT api_token_runtime_check
  CHECK (role <> 'runtime' OR environment IS NOT NULL);

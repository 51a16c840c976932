-- What the database itself guarantees, whoever is connected.
-- Triggers are ENABLE ALWAYS, so that session_replication_role does not switch them off.

-- The application's role: may read and write, never alter. Start-up gives it a login.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plumbline_app') THEN
    CREATE ROLE plumbline_app NOLOGIN;
  END IF;
END
$$;

-- An event enters the queue by being appended, and by nothing else.
CREATE FUNCTION audit_enqueue() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_pending (event_id, xact) VALUES (NEW.id, pg_current_xact_id());
  RETURN NULL;
END
$$;
CREATE TRIGGER audit_event_enqueue AFTER INSERT ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_enqueue();
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_enqueue;

CREATE FUNCTION audit_pending_guard() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF pg_trigger_depth() < 2 THEN
      RAISE EXCEPTION 'audit_pending is filled by appending to audit_event only';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM audit_leaf WHERE event_id = OLD.event_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'an event leaves audit_pending only into the Merkle tree';
END
$$;
CREATE TRIGGER audit_pending_guard BEFORE INSERT OR UPDATE OR DELETE ON audit_pending
  FOR EACH ROW EXECUTE FUNCTION audit_pending_guard();
ALTER TABLE audit_pending ENABLE ALWAYS TRIGGER audit_pending_guard;

-- No unaudited change can commit.
CREATE FUNCTION require_audit_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_pending WHERE xact = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a change to % was not audited: append to audit_event in the same transaction', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE FUNCTION refuse_truncate() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is governed: TRUNCATE is refused', TG_TABLE_NAME;
END
$$;

-- Puts a table under governance; a migration that adds one calls this.
CREATE PROCEDURE govern(governed regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER governed_audited AFTER INSERT OR UPDATE OR DELETE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_event()', governed);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER governed_audited', governed);
  EXECUTE format('CREATE TRIGGER governed_truncate BEFORE TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()', governed);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER governed_truncate', governed);
END
$$;

-- Makes a table append-only; a migration that adds one calls this.
CREATE PROCEDURE make_append_only(appended regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', appended);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', appended);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM plumbline_app', appended);
END
$$;

GRANT USAGE ON SCHEMA public TO plumbline_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO plumbline_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO plumbline_app;
GRANT DELETE ON group_member, role_grant, saved_view, freeze_window, audit_pending,
  outbox, idempotency_key, sign_in_failure, activity TO plumbline_app;
REVOKE INSERT, UPDATE ON audit_pending FROM plumbline_app;
REVOKE ALL ON PROCEDURE govern(regclass), make_append_only(regclass) FROM PUBLIC;

CALL govern('person');
CALL govern('people_group');
CALL govern('group_member');
CALL govern('role_grant');
CALL govern('api_token');
CALL govern('session');
CALL govern('saved_view');
CALL govern('notification');
CALL govern('system');
CALL govern('environment');
CALL govern('rules_version');
CALL govern('freeze_window');
CALL govern('bundle');
CALL govern('draft');
CALL govern('bundle_version');
CALL govern('change_request');
CALL govern('change_content');
CALL govern('review');
CALL govern('thread');
CALL govern('comment');
CALL govern('gate_exception');
CALL govern('snapshot');
CALL govern('deployment');

CALL make_append_only('audit_event');
CALL make_append_only('audit_leaf');
CALL make_append_only('audit_checkpoint');
CALL make_append_only('rules_version');
CALL make_append_only('bundle_version');
CALL make_append_only('change_content');
CALL make_append_only('gate_exception');
CALL make_append_only('snapshot');

-- One current deployment for each bundle and environment.
CREATE UNIQUE INDEX deployment_current_key ON deployment (bundle_id, environment_id) WHERE is_current;

-- A grant is for a person or for a group, and an environment belongs to a system.
ALTER TABLE role_grant ADD CONSTRAINT role_grant_subject_check CHECK (num_nonnulls(person_id, group_id) = 1);
ALTER TABLE role_grant ADD CONSTRAINT role_grant_scope_check CHECK (environment IS NULL OR system_id IS NOT NULL);

-- States as the models name them.
ALTER TABLE change_request ADD CONSTRAINT change_request_state_check
  CHECK (state IN ('draft', 'open', 'changes_requested', 'approved', 'applied', 'closed'));
ALTER TABLE change_request ADD CONSTRAINT change_request_kind_check
  CHECK (kind IN ('version', 'promotion', 'rollback', 'rules'));
ALTER TABLE change_request ADD CONSTRAINT change_request_schedule_check
  CHECK (schedule_state IN ('none', 'scheduled', 'suspended', 'parked'));
ALTER TABLE review ADD CONSTRAINT review_verdict_check CHECK (verdict IN ('approve', 'request_changes', 'comment'));
ALTER TABLE draft ADD CONSTRAINT draft_state_check CHECK (state IN ('open', 'proposed', 'published', 'discarded'));
ALTER TABLE deployment ADD CONSTRAINT deployment_state_check
  CHECK (state IN ('pending', 'verified', 'partial', 'failed', 'superseded', 'rolled_back'));

-- Words of an event, for the audit browser's search.
CREATE FUNCTION audit_words(summary text, reason text, subject_id text, actor_name text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple', summary || ' ' || coalesce(reason, '') || ' ' || subject_id || ' ' || actor_name);
CREATE INDEX audit_event_words_idx ON audit_event USING gin (audit_words(summary, reason, subject_id, actor_name));
CREATE INDEX outbox_waiting_idx ON outbox (id) WHERE delivered_at IS NULL;

-- The queue is emptied as fast as it fills: keep its pages short.
ALTER TABLE audit_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- The tree starts empty: its root is the SHA-256 of nothing.
INSERT INTO audit_tree (id, size, root, updated_at) VALUES (1, 0, sha256(''), now());
ALTER TABLE audit_tree ADD CONSTRAINT audit_tree_single_check CHECK (id = 1);

-- The audit log: what keeps it whole, and what keeps browsing it fast.

-- Being inside some trigger is no proof of being inside the right one: only an event of this very transaction's queueing,
-- which has no place in the tree yet, enters the queue.
CREATE OR REPLACE FUNCTION audit_pending_guard() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF pg_trigger_depth() < 2 OR NEW.xact <> pg_current_xact_id()
      OR NOT EXISTS (SELECT FROM audit_event WHERE id = NEW.event_id)
      OR EXISTS (SELECT FROM audit_leaf WHERE event_id = NEW.event_id) THEN
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

-- The tree's rows are written by the sequencer, in the application's role. They only ever grow.
CREATE FUNCTION audit_leaf_guard() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stranger bigint;
BEGIN
  SELECT l.leaf_index INTO stranger FROM added l
    LEFT JOIN audit_event e ON e.id = l.event_id
    LEFT JOIN audit_pending p ON p.event_id = l.event_id
    WHERE p.event_id IS NULL OR e.leaf_hash IS DISTINCT FROM l.leaf_hash
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'leaf % is not a pending event with its own hash', stranger;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER audit_leaf_guard AFTER INSERT ON audit_leaf
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_leaf_guard();
ALTER TABLE audit_leaf ENABLE ALWAYS TRIGGER audit_leaf_guard;

CREATE FUNCTION audit_tile_guard() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.level, NEW.tile_no) = (OLD.level, OLD.tile_no)
    AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a tile of the audit log only grows: % is refused', TG_OP;
END
$$;
CREATE TRIGGER audit_tile_guard BEFORE UPDATE OR DELETE ON audit_tile
  FOR EACH ROW EXECUTE FUNCTION audit_tile_guard();
ALTER TABLE audit_tile ENABLE ALWAYS TRIGGER audit_tile_guard;

CREATE FUNCTION audit_tree_guard() RETURNS trigger
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.size >= OLD.size THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log only grows: % is refused', TG_OP;
END
$$;
CREATE TRIGGER audit_tree_guard BEFORE UPDATE OR DELETE ON audit_tree
  FOR EACH ROW EXECUTE FUNCTION audit_tree_guard();
ALTER TABLE audit_tree ENABLE ALWAYS TRIGGER audit_tree_guard;

CREATE TRIGGER governed_truncate BEFORE TRUNCATE ON audit_pending FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
ALTER TABLE audit_pending ENABLE ALWAYS TRIGGER governed_truncate;
CREATE TRIGGER governed_truncate BEFORE TRUNCATE ON audit_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
ALTER TABLE audit_tile ENABLE ALWAYS TRIGGER governed_truncate;
CREATE TRIGGER governed_truncate BEFORE TRUNCATE ON audit_tree FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
ALTER TABLE audit_tree ENABLE ALWAYS TRIGGER governed_truncate;

-- The ledger of migrations is the owner's alone.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON public._prisma_migrations FROM plumbline_app;
  END IF;
END
$$;

-- A function that the planner does not unfold and holds for dear: it then finds a rare word through the index and
-- walks back through time only for words that many events have. Not parallel: starting workers takes longer than the answer.
CREATE OR REPLACE FUNCTION audit_words(summary text, reason text, subject_id text, actor_name text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED COST 10000 AS $$
BEGIN
  RETURN to_tsvector('pg_catalog.simple', summary || ' ' || coalesce(reason, '') || ' ' || subject_id || ' ' || actor_name);
END
$$;

-- Every action of one noun: `change.*`.
CREATE INDEX audit_event_noun_idx ON audit_event (split_part(action, '.', 1), occurred_at DESC, id DESC);

-- The job queue keeps its tables in a schema of its own, which the application's role may fill and nothing beyond it.
CREATE SCHEMA IF NOT EXISTS pgboss;
GRANT USAGE, CREATE ON SCHEMA pgboss TO plumbline_app;

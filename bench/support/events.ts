import pg from "pg";

/** What the made events contain: 40 actors, 24 actions, 12 systems, 5,000 change requests, and things that are rare. */
export const made = {
  actor: "actor-7",
  rareActor: "actor-rare",
  action: "change.approved",
  noun: "change.*",
  subject: "bundle:4711",
  system: "system-3",
  environment: "production",
  change: 1234,
  commonWord: "threshold",
  rareWord: "quokka",
} as const;

const guarded = ["audit_event", "audit_leaf", "system", "change_request"];

/**
 * Fills the tables with this many sequenced events over eight weeks, as a superuser and with the guards off, because it
 * measures reading. The hashes are not those of a real tree.
 */
export async function makeEvents(adminUrl: string, count: number): Promise<void> {
  const sql = new pg.Client({ connectionString: adminUrl });
  await sql.connect();
  try {
    for (const table of guarded) await sql.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    const { rows: indexes } = await sql.query<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
       FROM pg_index WHERE indrelid = 'audit_event'::regclass AND NOT indisprimary`,
    );
    for (const { name } of indexes) await sql.query(`DROP INDEX ${name}`);
    await sql.query(scenery);
    await sql.query(events, [count]);
    await sql.query(
      "INSERT INTO audit_leaf SELECT row_number() OVER (ORDER BY id) - 1, id, leaf_hash FROM audit_event",
    );
    await sql.query("SET maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await sql.query(definition);
    for (const table of guarded) await sql.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    await sql.query("VACUUM (ANALYZE) audit_event");
    await sql.query("VACUUM (ANALYZE) audit_leaf");
    await sql.query("VACUUM (ANALYZE) change_request");
  } finally {
    await sql.end();
  }
}

const scenery = `
  INSERT INTO system (id, slug, name, description, owning_team, risk_tier, template, created_at)
  SELECT ('01936d5e-7c00-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'system-' || i, 'System ' || i, '', 'team', 'high',
    'empty', now() FROM generate_series(0, 11) i;
  INSERT INTO change_request (id, number, system_id, kind, title, reason, state, author_id, author_name, content_revision,
    content_digest, created_at, updated_at)
  SELECT ('01936d5e-7c00-7000-8001-' || lpad(i::text, 12, '0'))::uuid, i,
    ('01936d5e-7c00-7000-8000-' || lpad((i % 12)::text, 12, '0'))::uuid, 'version', 'Change ' || i, '', 'applied', 'p', 'P',
    1, 'd', now(), now() FROM generate_series(1, 5000) i`;

const events = `
  WITH made AS (
    SELECT i, timestamptz '2026-09-27' + (i / 3) * (interval '56 days' / ($1::int / 3)) AS at,
      CASE WHEN i % 90001 = 17 THEN 'rare' ELSE (hashint4(i) & 2147483647) % 40 || '' END AS actor,
      (ARRAY['change.opened', 'change.approved', 'change.commented', 'change.applied', 'bundle.created', 'draft.saved',
        'draft.saved', 'draft.saved', 'session.started', 'session.ended', 'deployment.made', 'deployment.verified',
        'snapshot.taken', 'role.granted', 'role.revoked', 'token.issued', 'freeze.created', 'rules.edited', 'group.created',
        'person.invited', 'access.denied', 'audit.exported', 'environment.held', 'environment.released']
      )[1 + (hashint4(i + 1) & 2147483647) % 24] AS action,
      (hashint4(i + 2) & 2147483647) % 12 AS system, 1 + (hashint4(i + 3) & 2147483647) % 5000 AS change,
      (ARRAY['staging', 'production', 'development'])[1 + (hashint4(i + 4) & 2147483647) % 3] AS environment,
      (ARRAY['threshold', 'prompt', 'temperature', 'model', 'retrieval', 'guardrail', 'routing'])[
        1 + (hashint4(i + 5) & 2147483647) % 7] AS word,
      (hashint4(i + 6) & 2147483647) % 20000 AS subject
    FROM generate_series(1, $1::int) i
  )
  INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, address, request_id, command, action,
    subject_type, subject_id, summary, system_id, environment, change_request_id, detail, canonical, leaf_hash)
  SELECT at, 'person', 'actor-' || actor, 'Person ' || actor, 'browser', '192.0.2.1', 'req-' || i, 'made.event', action,
    'bundle', subject::text,
    'Person ' || actor || ' set the ' || word || ' of bundle ' || subject || CASE WHEN i % 150001 = 23 THEN ' near the quokka' ELSE '' END,
    ('01936d5e-7c00-7000-8000-' || lpad(system::text, 12, '0'))::uuid, environment,
    CASE WHEN i % 2 = 0 THEN ('01936d5e-7c00-7000-8001-' || lpad(change::text, 12, '0'))::uuid END,
    jsonb_build_object('changes', jsonb_build_array(jsonb_build_object('pointer', '/guardrails/' || word, 'before', i % 7, 'after', i % 11))),
    repeat('{"version":1}', 45), sha256(i::text::bytea)
  FROM made`;

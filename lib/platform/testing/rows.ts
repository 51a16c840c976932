import type pg from "pg";

/** The id that every made row has and every made reference points at, so that all references hold. */
export const madeId = "01936d5e-7c00-7000-8000-00000000aaaa";
/** A second row of the tables whose key is nothing but references. */
const otherId = "01936d5e-7c00-7000-8000-00000000bbbb";

/** Columns whose values a check constraint limits, or that must be there although they may be null. */
const fitting: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  change_request: { kind: "version", state: "open", schedule_state: "none" },
  review: { verdict: "approve" },
  draft: { state: "open" },
  deployment: { state: "pending", is_current: false },
  role_grant: { person_id: madeId },
  drift_finding: { state: "open" },
  remediation: { state: "succeeded" },
  hot_patch: { state: "active" },
  follow_up: { state: "open" },
  alert_channel: { kind: "email" },
};

/** The round of the row that nothing refers to. */
const LAST = 6;

type Column = { readonly name: string; readonly type: string; readonly is_key: boolean; readonly is_single: boolean };

async function columnsToFill(sql: pg.Client, table: string): Promise<readonly Column[]> {
  const { rows } = await sql.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS is_key,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND NOT i.indisprimary
         AND i.indnatts = 1 AND i.indkey[0] = a.attnum) AS is_single
     FROM pg_attribute a
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef`,
    [table],
  );
  return rows;
}

function valueFor({ type }: Column, round: number): unknown {
  switch (type) {
    case "uuid":
      return madeId;
    case "integer":
    case "bigint":
      return round;
    case "boolean":
      return false;
    case "jsonb":
      return "{}";
    case "text[]":
      return [];
    case "bytea":
      return Buffer.from(`bytes ${round}`);
    default:
      return type.startsWith("timestamp") ? "2026-01-01T00:00:00Z" : `made ${round}`;
  }
}

/**
 * The statement that inserts a valid row into any table, made from the catalogue. `round` 1 makes the row that others
 * refer to; every other round makes another row. A table with a new check constraint needs a line in `fitting`.
 */
export async function insertOf(
  sql: pg.Client,
  table: string,
  round: number,
): Promise<{ readonly text: string; readonly values: readonly unknown[] }> {
  const columns = await columnsToFill(sql, table);
  const values = new Map(columns.map((column) => [column.name, valueFor(column, round)]));
  for (const [name, value] of Object.entries(fitting[table] ?? {})) values.set(name, value);
  const keys = columns.filter((column) => column.is_key);
  // One uuid is an id of its own; several are references, of which some have to differ.
  if (round !== 1 && keys.every((column) => column.type === "uuid")) {
    const varied = round === 3 ? keys : keys.slice(round === 2 ? -1 : 0).slice(0, 1);
    for (const { name } of varied) values.set(name, keys.length === 1 ? freshId(round) : otherId);
  }
  // What only one row may refer to: the last row is left for the insert that a test tries.
  for (const { name, type, is_single } of columns) {
    if (round !== 1 && is_single && type === "uuid") values.set(name, freshId(round === 2 ? 2 : LAST));
  }
  const names = [...values.keys()];
  return {
    text: `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    values: [...values.values()],
  };
}

function freshId(round: number): string {
  return round === 2 ? otherId : `01936d5e-7c00-7000-8000-${round.toString(16).padStart(12, "0")}`;
}

/** Three rows in each of these tables, the last of which nothing refers to, put there by a superuser, audited. */
export async function makeRows(admin: pg.Client, tables: readonly string[]): Promise<void> {
  await admin.query("ALTER TABLE hot_patch DISABLE TRIGGER hot_patch_owes_follow_up");
  await admin.query("BEGIN");
  // Rows refer to each other in circles; replica switches the references off, not the guards.
  await admin.query("SET LOCAL session_replication_role = replica");
  await admin.query(auditInsert);
  for (const table of tables) {
    const isSingle = (await columnsToFill(admin, table)).some((column) => column.is_single && column.type === "uuid");
    for (const round of isSingle ? [1, 2] : [1, 2, LAST]) {
      const { text, values } = await insertOf(admin, table, round);
      await admin.query(`${text} ON CONFLICT DO NOTHING`, [...values]);
    }
  }
  await admin.query("COMMIT");
  await admin.query("ALTER TABLE hot_patch ENABLE ALWAYS TRIGGER hot_patch_owes_follow_up");
}

/** Sets a column to itself: a change as far as the database is concerned. */
export async function touchOf(sql: pg.Client, table: string): Promise<string> {
  const { rows } = await sql.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1",
    [table],
  );
  return `UPDATE ${table} SET ${rows[0]?.name} = ${rows[0]?.name}`;
}

/** Every row of a table as text, for "nothing has changed". */
export async function contentsOf(sql: pg.Client, table: string): Promise<string> {
  const { rows } = await sql.query<{ all: string }>(
    `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM ${table} t`,
  );
  return rows[0]?.all ?? "";
}

/** Names of all tables of the schema. */
export async function tablesOf(sql: pg.Client): Promise<readonly string[]> {
  const { rows } = await sql.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1",
  );
  return rows.map((row) => row.name);
}

/** The least that is an audit event. */
export const auditInsert = `
  INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, command, action, subject_type,
    subject_id, summary, detail, canonical, leaf_hash)
  VALUES (now(), 'person', 'p', 'P', 'script', 'test.write', 'test.written', 'test', '1', 'Test', '{}', '{}',
    sha256('\\x007b7d'::bytea))`;

import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { auditInsert, contentsOf, insertOf, madeId, makeRows, tablesOf, touchOf } from "#lib/platform/testing/rows.ts";

/** Tables that no audit event is asked for, and why not. Everything else in the schema is governed. */
const ungoverned: Readonly<Record<string, string>> = {
  audit_event: "is the audit log",
  audit_pending: "is the log's queue, filled by a trigger and emptied into the tree",
  audit_leaf: "is the tree over the log, append-only",
  audit_tile: "is the tree over the log, can only grow, and a check makes it again from the leaves",
  audit_tree: "is the tree over the log, can only grow, and a check makes it again from the leaves",
  audit_checkpoint: "is signed, append-only",
  activity: "is telemetry: when someone was last seen",
  sign_in_failure: "is telemetry: failed sign-ins in the current window",
  outbox: "is delivery state: what a command audited and what still has to leave",
  idempotency_key: "is the memory of answers that commands audited",
  runtime: "is telemetry: what runtimes last reported",
  observation: "is telemetry: the documents that runtimes reported",
  sync_verdict: "is derived from observations and what is declared, and made again whenever either changes",
  finding_sighting: "is telemetry: how often a finding was seen",
  ignore_rule_hit: "is telemetry: how often an ignore rule hid something",
  setting: "is the installation's own bookkeeping, no rule of anyone's",
  _prisma_migrations: "is the owner's ledger of migrations",
};

const appendOnly = [
  ...["audit_event", "audit_leaf", "audit_checkpoint"],
  ...["rules_version", "bundle_version", "change_content", "gate_exception", "snapshot"],
  ...["finding_event", "hot_patch_event", "alert"],
];
const roles = ["appUrl", "ownerUrl"] as const;
const { appUrl, ownerUrl, adminUrl } = testDatabase();

const tables = await withSql(adminUrl, tablesOf);
const governed = tables.filter((table) => !Object.hasOwn(ungoverned, table));

beforeAll(() =>
  withSql(adminUrl, async (sql) => {
    await makeRows(sql, governed);
    await sql.query(auditInsert);
  }),
);

/** Runs the statements in one transaction and commits; answers what the database said against it, null for nothing. */
async function refusal(url: string, statements: readonly (string | Statement)[]): Promise<string | null> {
  return withSql(url, async (sql) => {
    try {
      await sql.query("BEGIN");
      for (const one of statements)
        await (typeof one === "string" ? sql.query(one) : sql.query(one.text, [...one.values]));
      await sql.query("COMMIT");
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
}
type Statement = { readonly text: string; readonly values: readonly unknown[] };

const contents = (table: string) => withSql(adminUrl, (sql) => contentsOf(sql, table));

describe("the catalogue", () => {
  test("every table is governed, or listed here with the reason why not", async () => {
    const { rows } = await withSql(adminUrl, (sql) =>
      sql.query<{ table: string; triggers: string[] }>(
        `SELECT tgrelid::regclass::text AS table, array_agg(tgname::text ORDER BY tgname) AS triggers FROM pg_trigger
         WHERE tgname IN ('governed_audited', 'governed_truncate') AND tgenabled = 'A' GROUP BY 1`,
      ),
    );
    const guarded = rows.filter((row) => row.triggers.length === 2).map((row) => row.table);
    expect(guarded.toSorted()).toEqual(governed);
  });

  test("every guard fires whatever session_replication_role says", async () => {
    const { rows } = await withSql(adminUrl, (sql) =>
      sql.query(`SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'`),
    );
    expect(rows).toEqual([]);
  });

  test("exactly the append-only tables have the trigger that makes them so", async () => {
    const { rows } = await withSql(adminUrl, (sql) =>
      sql.query<{ table: string }>(
        "SELECT tgrelid::regclass::text AS table FROM pg_trigger WHERE tgname = 'append_only'",
      ),
    );
    expect(rows.map((row) => row.table).toSorted()).toEqual(appendOnly.toSorted());
  });

  test("the application's role owns nothing in the schema and can make nothing there", async () => {
    const { rows } = await withSql(adminUrl, (sql) =>
      sql.query(
        `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner = 'plumbline_app'::regrole
         UNION SELECT 'public' WHERE has_schema_privilege('plumbline_app', 'public', 'CREATE')
         UNION SELECT 'member' WHERE EXISTS (SELECT FROM pg_auth_members WHERE member = 'plumbline_app'::regrole)`,
      ),
    );
    expect(rows).toEqual([]);
  });

  test("no function that runs with the owner's rights looks things up where others can put them first", async () => {
    const { rows } = await withSql(adminUrl, (sql) =>
      sql.query(
        `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
           AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']`,
      ),
    );
    expect(rows).toEqual([]);
  });
});

describe.each(roles)("as the %s", (role) => {
  const url = testDatabase()[role];

  test.each(governed)("%s: an unaudited insert, update or delete does not commit", async (table) => {
    const before = await contents(table);
    const [insert, update] = await withSql(adminUrl, async (sql) => [
      await insertOf(sql, table, 3),
      await touchOf(sql, table),
    ]);
    const expected = /was not audited|is append-only|permission denied/;
    expect(await refusal(url, [insert])).toMatch(/was not audited/);
    expect(await refusal(url, [update])).toMatch(expected);
    // The newest row: nothing refers to it.
    const removal = `DELETE FROM ${table} WHERE ctid = (SELECT max(ctid) FROM ${table})`;
    expect(await refusal(url, [removal])).toMatch(expected);
    expect(await refusal(url, [`TRUNCATE ${table} CASCADE`])).toMatch(/TRUNCATE is refused|permission denied/);
    expect(await contents(table)).toBe(before);
  });

  test("the same insert commits with an audit event in its transaction, before or after", async () => {
    const inserts = await withSql(adminUrl, async (sql) => [
      await insertOf(sql, "freeze_window", 4),
      await insertOf(sql, "freeze_window", 5),
    ]);
    const [one, two] = inserts;
    if (!one || !two) throw new Error("two statements");
    expect(await refusal(url, [one, auditInsert])).toBeNull();
    expect(await refusal(url, [auditInsert, two])).toBeNull();
    const removal = `DELETE FROM freeze_window WHERE id <> '${madeId}'`;
    expect(await refusal(url, [removal, auditInsert])).toBeNull();
  });

  test("a hot-patch without its follow-up does not commit, even when audited", async () => {
    const patch = await withSql(adminUrl, (sql) => insertOf(sql, "hot_patch", 7));
    expect(await refusal(url, [auditInsert, patch])).toMatch(/has no follow-up/);
  });

  test.each(appendOnly)("%s: append-only, even when audited", async (table) => {
    const before = await contents(table);
    const update = await withSql(adminUrl, (sql) => touchOf(sql, table));
    const expected = /is append-only|permission denied/;
    expect(await refusal(url, [auditInsert, update])).toMatch(expected);
    expect(await refusal(url, [auditInsert, `DELETE FROM ${table}`])).toMatch(expected);
    expect(await refusal(url, [auditInsert, `TRUNCATE ${table} CASCADE`])).toMatch(/refused|permission denied/);
    expect(await contents(table)).toBe(before);
  });

  const change = "UPDATE person SET name = 'Mallory'";
  test.each<readonly [string, readonly string[], RegExp]>([
    ["an event of another transaction", [auditInsert, "COMMIT", "BEGIN", change], /was not audited/],
    [
      "an event that is rolled back to a savepoint",
      [change, "SAVEPOINT a", auditInsert, "ROLLBACK TO a"],
      /was not audited/,
    ],
    [
      "a check brought forward while the event was there, and the event then rolled back",
      [change, "SAVEPOINT a", auditInsert, "SET CONSTRAINTS ALL IMMEDIATE", "ROLLBACK TO a"],
      /was not audited/,
    ],
    ["a check put off", ["SET CONSTRAINTS ALL DEFERRED", change], /was not audited/],
    [
      "a queue of one's own",
      [
        "CREATE TEMP TABLE audit_pending (event_id bigint, xact xid8)",
        "INSERT INTO pg_temp.audit_pending VALUES (1, pg_current_xact_id())",
        "SET search_path = pg_temp, public",
        change,
      ],
      /was not audited/,
    ],
    [
      "a row put into the queue",
      ["INSERT INTO audit_pending VALUES (999999, pg_current_xact_id())", change],
      /appending to audit_event only|permission denied/,
    ],
    [
      "a row put into the queue from inside another trigger",
      [
        "CREATE TEMP TABLE bait (x int)",
        `CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.audit_pending
           VALUES (999999, pg_current_xact_id()); RETURN NULL; END $$`,
        "CREATE TRIGGER forge AFTER INSERT ON bait FOR EACH ROW EXECUTE FUNCTION pg_temp.forge()",
        "INSERT INTO bait VALUES (1)",
        change,
      ],
      /appending to audit_event only|permission denied/,
    ],
    [
      "a queue row made one's own",
      ["UPDATE audit_pending SET xact = pg_current_xact_id()", change],
      /only into the Merkle tree|permission denied/,
    ],
    ["replication", ["SET session_replication_role = replica", change], /permission denied/],
  ])("an unaudited change does not commit with %s", async (_, statements, message) => {
    expect(await refusal(url, statements)).toMatch(message);
    expect(await contents("person")).not.toContain("Mallory");
  });

  test.each<readonly [string, string, RegExp]>([
    ["leaves the queue unsequenced", "DELETE FROM audit_pending", /only into the Merkle tree/],
    ["is cut from the queue", "TRUNCATE audit_pending", /TRUNCATE is refused|permission denied/],
    [
      "is put into the tree with another hash",
      "INSERT INTO audit_leaf SELECT 0, event_id, sha256('x') FROM audit_pending LIMIT 1",
      /not a pending event/,
    ],
    [
      "is put into the tree without being queued",
      "INSERT INTO audit_leaf VALUES (0, 999999, sha256('x'))",
      /not a pending event/,
    ],
    [
      "has its tile removed",
      "INSERT INTO audit_tile VALUES (0, 0, 1, sha256('x')); DELETE FROM audit_tile",
      /only grows|permission denied/,
    ],
    [
      "has its tile rewritten",
      "INSERT INTO audit_tile VALUES (0, 0, 1, sha256('x')); UPDATE audit_tile SET hashes = sha256('y')",
      /only grows/,
    ],
    [
      "has its tile shortened",
      "INSERT INTO audit_tile VALUES (0, 0, 1, sha256('x')); UPDATE audit_tile SET hashes = ''",
      /only grows/,
    ],
    ["has the tree shrunk around it", "UPDATE audit_tree SET size = -1", /only grows/],
    ["has the tree taken away", "DELETE FROM audit_tree", /only grows|permission denied/],
  ])("no event %s", async (_, statement, message) => {
    expect(await refusal(url, [statement])).toMatch(message);
  });
});

describe("what the application's role cannot do", () => {
  test.each([
    "ALTER TABLE person DISABLE TRIGGER ALL",
    "DROP TRIGGER governed_audited ON person",
    "DROP TRIGGER append_only ON audit_event",
    "ALTER TABLE audit_event DISABLE TRIGGER append_only",
    "DROP TABLE audit_event CASCADE",
    "DROP TABLE person CASCADE",
    "ALTER TABLE person ADD COLUMN x int",
    "ALTER FUNCTION require_audit_event() RENAME TO gone",
    "CREATE OR REPLACE FUNCTION require_audit_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TABLE public.person2 (id int)",
    "CREATE RULE nothing AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "ALTER TABLE person OWNER TO plumbline_app",
    "SET ROLE postgres",
    "SET session_replication_role = replica",
    "ALTER ROLE plumbline_app SUPERUSER",
    "GRANT DELETE ON audit_event TO plumbline_app; DELETE FROM audit_event",
    "CALL govern('activity')",
    "DELETE FROM _prisma_migrations",
    "SELECT setval('audit_event_id_seq', 1)",
    "DROP SCHEMA pgboss CASCADE",
  ])("%s", async (statement) => {
    expect(await refusal(appUrl, [statement])).toMatch(
      /must be owner|permission denied|only roles with|is not permitted|does not exist|grant options|no privileges/,
    );
  });

  test("a superuser who switches replication on is still asked for an audit event", async () => {
    const said = await refusal(adminUrl, [
      "SET session_replication_role = replica",
      "UPDATE person SET name = 'Mallory'",
    ]);
    expect(said).toMatch(/was not audited/);
  });

  test("the owner cannot touch an append-only table in a statement of any shape", async () => {
    for (const statement of [
      "WITH gone AS (DELETE FROM audit_event RETURNING 1) SELECT count(*) FROM gone",
      "MERGE INTO audit_event e USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
      "INSERT INTO audit_event SELECT * FROM audit_event LIMIT 1 ON CONFLICT (id) DO UPDATE SET summary = 'x'",
      "COPY (SELECT 1) TO STDOUT; DELETE FROM audit_event",
    ]) {
      expect(await refusal(ownerUrl, [statement]), statement).toMatch(/is append-only/);
    }
  });
});

import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ensureAppRole } from "./roles.ts";

/** Prisma's own key, so that its engine and this code never migrate one database at the same time. */
const advisoryLock = 72707369;
const oldestServer = 150_000;
const defaultFolder = join(import.meta.dirname, "../../prisma/migrations");

/** Prisma's own table, column for column. */
const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
export type AppliedMigration = { readonly name: string; readonly checksum: string; readonly isFinished: boolean };

/** The migrations of a folder, in order. The checksum is the file's SHA-256 in hex, as Prisma writes it. */
export function readMigrations(folder: string = defaultFolder): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Those still to be applied. Refuses a history that is not a beginning of this folder: edited, unfinished or newer. */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, checksum, isFinished } of applied) {
    const migration = byName.get(name);
    if (!migration) {
      throw new Refusal(
        "blocked",
        `The database has the migration ${name}, which this version does not know: a newer version made it. Update this checkout.`,
      );
    }
    if (!isFinished) {
      throw new Refusal(
        "blocked",
        `The migration ${name} began and did not finish. Repair it with "npx prisma migrate resolve".`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new Refusal(
        "blocked",
        `The migration ${name} was edited after it had been applied. Restore prisma/migrations/${name}/migration.sql and write a new migration instead.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return known.filter(({ name }) => !done.has(name));
}

/** The line of an SQL text that PostgreSQL's 1-based character position points at. */
export function lineAt(sql: string, position: number): number {
  return sql.slice(0, Math.max(0, position - 1)).split("\n").length;
}

async function readLedger(client: pg.Client): Promise<readonly AppliedMigration[]> {
  await client.query(ledger);
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return rows.map(({ name, checksum, finished }) => ({ name, checksum, isFinished: finished }));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    if (!(error instanceof pg.DatabaseError)) throw error;
    const where = error.position ? ` at line ${lineAt(sql, Number(error.position))}` : "";
    throw new Refusal("blocked", `The migration ${name} failed${where}, and nothing of it was kept: ${error.message}`);
  }
}

/** Throws a Refusal that names the place, and never the password, when there is no way in. */
async function connect(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { host, pathname, username } = new URL(ownerUrl);
    const why = error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error);
    throw new Refusal("blocked", `The database ${host}${pathname} lets nobody in as "${username}": ${why}`);
  }
}

async function assertRecent(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  for (const { number, version } of rows) {
    if (number < oldestServer) {
      throw new Refusal("blocked", `DATABASE_URL leads to PostgreSQL ${version}; Plumbline needs 15 or newer.`);
    }
  }
}

export type MigrateOptions = {
  readonly folder?: string;
  /** Where the application signs in, when an administrator made its role (PLUMBLINE_DATABASE_URL). */
  readonly appUrl?: string;
};

/**
 * Brings a database up to date as its owner: the application's role first, then every new migration, each in one
 * transaction, under Prisma's advisory lock, recorded as Prisma records it. Returns the names of those applied.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<readonly string[]> {
  const known = readMigrations(options.folder);
  const client = await connect(ownerUrl);
  try {
    await assertRecent(client);
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    await ensureAppRole(client, ownerUrl, options.appUrl);
    const pending = pendingMigrations(known, await readLedger(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * Tests against real PostgreSQL.
 *
 * Name the file `something.db.test.ts`; run it with `vitest run path/to/something.db.test.ts`. Each run starts its own
 * server and migrates one template; each file gets its own copy of it, empty but migrated, so files never meet.
 * Runs do not meet either: every one has its own folder and port.
 *
 * Before the file's imports are evaluated, `PLUMBLINE_DATABASE_URL` (the role `plumbline_app`, what the product uses)
 * and `DATABASE_URL` (the owner) point at this file's database. For raw SQL:
 *
 *     const { appUrl, ownerUrl, adminUrl } = testDatabase();
 *     await withSql(ownerUrl, (sql) => sql.query("DELETE FROM audit_event"));
 *
 * `adminUrl` is the superuser's: for what no role of the product may do, such as breaking a table to see what happens.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { ownerRole } from "#lib/platform/postgres/owner.ts";
import { appUrlOf } from "#lib/platform/roles.ts";

export type TestDatabase = { readonly appUrl: string; readonly ownerUrl: string; readonly adminUrl: string };

let current: TestDatabase | undefined;

/** This test file's own database. */
export function testDatabase(): TestDatabase {
  if (!current) throw new Error("Only files named *.db.test.ts have a database");
  return current;
}

/** Connects, runs the work, disconnects. The connection is not pooled, so a session's settings are its own. */
export async function withSql<Result>(url: string, work: (sql: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Makes another copy of the template: empty, migrated, and independent. It ends with the run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject("testTemplate");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const from = new URL(template.ownerUrl).pathname.slice(1);
  await withSql(onDatabase(template.adminUrl, "postgres"), (sql) =>
    sql.query(`CREATE DATABASE ${name} TEMPLATE ${from} OWNER ${ownerRole}`),
  );
  const ownerUrl = onDatabase(template.ownerUrl, name);
  const made = { ownerUrl, appUrl: appUrlOf(ownerUrl), adminUrl: onDatabase(template.adminUrl, name) };
  current ??= made;
  return made;
}

/** Ends what is still connected and removes this file's database. */
export async function dropTestDatabase(): Promise<void> {
  if (!current) return;
  const { adminUrl } = current;
  const name = new URL(adminUrl).pathname.slice(1);
  current = undefined;
  await withSql(onDatabase(adminUrl, "postgres"), (sql) => sql.query(`DROP DATABASE ${name} WITH (FORCE)`));
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { migrate } from "./migrations.ts";
import { createTestDatabase, testDatabase, withSql } from "./testing/database.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-migrations-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function emptyDatabase(): Promise<string> {
  const { ownerUrl, adminUrl } = await createTestDatabase();
  await withSql(adminUrl, (sql) => sql.query("DROP TABLE _prisma_migrations"));
  return ownerUrl;
}

test("a database that is up to date stays as it is", async () => {
  expect(await migrate(testDatabase().ownerUrl)).toEqual([]);
});

test("of two that migrate at once, one applies and the other finds nothing left", async () => {
  write("1_once", "CREATE TABLE only_once (id int)");
  const url = await emptyDatabase();
  const both = await Promise.all([migrate(url, { folder }), migrate(url, { folder })]);
  expect(both.toSorted((a, b) => b.length - a.length)).toEqual([["1_once"], []]);
});

test("a migration that fails names its line and leaves nothing behind", async () => {
  write("2_broken", "CREATE TABLE half (id int);\nSELECT nonsense;");
  const url = await emptyDatabase();
  await expect(migrate(url, { folder })).rejects.toThrow(/2_broken failed at line 2, and nothing of it was kept/);
  const { rows } = await withSql(url, (sql) => sql.query("SELECT to_regclass('half') AS half"));
  expect(rows).toEqual([{ half: null }]);
});

test("nobody is told the password when there is no way in", async () => {
  const url = new URL(testDatabase().ownerUrl);
  url.password = "wrong-and-secret";
  const refusal = await migrate(url.href).catch((error: unknown) => String(error));
  expect(refusal).toMatch(/lets nobody in as "plumbline"/);
  expect(refusal).not.toContain("wrong-and-secret");
});

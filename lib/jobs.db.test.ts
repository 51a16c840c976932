import { afterEach, expect, test, vi } from "vitest";
import { lastCheckpoint } from "#lib/audit/checkpoints.ts";
import { latestCheck } from "#lib/audit/checks.ts";
import { requestLogCheck } from "#lib/audit/commands.ts";
import { anActor, appendMany } from "#lib/audit/testing/events.ts";
import { treeHead } from "#lib/audit/tiles.ts";
import { startJobs, startQueue } from "#lib/jobs.ts";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

const db = database();
const patience = { timeout: 20_000, interval: 50 };
let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
  vi.unstubAllEnvs();
});

test("the worker sequences, signs, and carries out a check", async () => {
  vi.stubEnv("PLUMBLINE_LOG_KEY", generateNoteKey("plumbline/test").skey);
  await appendMany(db, 10);
  stop = await startJobs();
  await vi.waitFor(async () => expect((await treeHead(db)).size).toBe(10), patience);
  await vi.waitFor(async () => expect((await lastCheckpoint(db))?.size).toBe(10), patience);
  await requestLogCheck(anActor(), {});
  await vi.waitFor(async () => expect(await latestCheck(db)).toMatchObject({ state: "sound", misfit: null }), patience);
  await vi.waitFor(
    async () => expect(await db.auditEvent.count({ where: { action: "audit.checked" } })).toBe(1),
    patience,
  );
});

test("a worker that is switched off does nothing", async () => {
  vi.stubEnv("PLUMBLINE_WORKER", "off");
  await appendMany(db, 1);
  stop = await startJobs();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await db.auditPending.count()).toBeGreaterThan(0);
});

test("jobs run at their time in the application's role, and a failed one is tried again", async () => {
  const runs: Date[] = [];
  stop = await startQueue([
    defineJob({
      name: "test-every-second",
      when: { everySeconds: 1 },
      run: async ({ now }) => {
        runs.push(now);
        if (runs.length === 1) throw new Error("passing trouble");
      },
    }),
    defineJob({ name: "test-nightly", when: { cron: "0 3 * * *" }, run: async () => undefined }),
  ]);
  await vi.waitFor(() => expect(runs.length).toBeGreaterThan(1), patience);
  const { rows } = await withSql(testDatabase().adminUrl, (sql) =>
    sql.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'pgboss'"),
  );
  expect(rows).toEqual([{ tableowner: "plumbline_app" }]);
});

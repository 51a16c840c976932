// The built console for browser tests: a PostgreSQL of its own with the demo organisation, gone when this ends.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { migrate } from "#lib/platform/migrations.ts";
import { ensureDatabase } from "#lib/platform/postgres/owner.ts";
import { appUrlOf } from "#lib/platform/roles.ts";
import { startTestServer } from "#lib/platform/testing/server.ts";
import { recordDemo, seed } from "../scripts/start/demo.ts";
import { startFleets } from "../scripts/start/fleets.ts";
import { startWeb } from "../scripts/start/web.ts";
import { demoPassword } from "./demo.ts";

const root = join(import.meta.dirname, "..");
const ending = new AbortController();
const begun: (() => Promise<void>)[] = [];

async function end(code: number): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  for (const undo of begun.toReversed()) await undo();
  process.exit(code);
}
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end(0));

async function serve(): Promise<void> {
  const server = await startTestServer();
  begun.push(server.stop);
  const ownerUrl = await ensureDatabase(server.adminUrl("postgres"), "plumbline", server.password);
  await migrate(ownerUrl);
  const secrets = {
    PLUMBLINE_DATABASE_URL: appUrlOf(ownerUrl),
    PLUMBLINE_LOG_KEY: generateNoteKey("plumbline-e2e").skey,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    // Where the journeys receive what is sent.
    PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS: "127.0.0.1/32",
  };
  await recordDemo(ownerUrl, "begun", new Date());
  const folder = mkdtempSync(join(tmpdir(), "plumbline-e2e-"));
  begun.push(async () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "demo-fleets.json");
  await seed(
    { root, signal: ending.signal },
    { ...secrets, PLUMBLINE_DEMO_PASSWORD: demoPassword, PLUMBLINE_DEMO_FLEETS: file },
  );
  await recordDemo(ownerUrl, "made", new Date());
  const url = `http://localhost:${process.env.PORT}`;
  const web = startWeb({
    root,
    args: [],
    env: { ...process.env, ...secrets, NEXTAUTH_URL: url, NODE_ENV: "production" },
  });
  begun.push(web.stop);
  await web.untilListening();
  const stopFleets = startFleets({ root, url, file });
  begun.push(async () => stopFleets());
  await web.keepRunning();
}

try {
  await serve();
} catch (error) {
  if (!ending.signal.aborted) console.error(error);
  await end(1);
}

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { handleDownload } from "#lib/api/download.ts";
import { handleApi } from "#lib/api/handle.ts";
import { lastCheckpoint } from "#lib/audit/checkpoints.ts";
import { exportLog } from "#lib/audit/export.ts";
import { appendMany } from "#lib/audit/testing/events.ts";
import { startJobs } from "#lib/jobs.ts";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { database } from "#lib/platform/db.ts";

const db = database();
const key = generateNoteKey("plumbline/test");
const folder = mkdtempSync(join(tmpdir(), "plumbline-cli-"));
const run = promisify(execFile);

/** The API as the process serves it, without the framework around it. */
const server = createServer(async (request, response) => {
  const asked = await webRequest(request);
  const isDownload = new URL(asked.url).pathname === "/api/v1/audit/log/export";
  const answer = isDownload ? await handleDownload(asked, exportLog) : await handleApi(asked);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});

async function webRequest(request: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = request.method === "GET" ? null : Buffer.concat(chunks);
  return new Request(`http://localhost${request.url}`, { method: request.method ?? "GET", headers, body });
}

let environment: NodeJS.ProcessEnv;
let stopJobs: () => Promise<void>;

beforeAll(async () => {
  vi.stubEnv("PLUMBLINE_LOG_KEY", key.skey);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const auditor = await aPerson({ roles: ["administrator"] });
  const { secret } = await createToken(auditor, { name: "Auditor's CLI", role: "auditor", days: 1 });
  environment = { NODE_ENV: "production", PLUMBLINE_URL: `http://127.0.0.1:${port}`, PLUMBLINE_TOKEN: secret };
  await appendMany(db, 40);
  stopJobs = await startJobs();
  await vi.waitFor(async () => expect((await lastCheckpoint(db))?.size).toBeGreaterThan(40), { timeout: 20_000 });
});

afterAll(async () => {
  await stopJobs();
  server.close();
});

async function plumbline(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, "../plumbline.ts"), ...args], {
    env: environment,
  });
  return stdout;
}

test("what is exported from a server verifies with the key that one had before", async () => {
  const out = join(folder, "audit");
  expect(await plumbline("audit", "export", "--out", out)).toContain(out);
  expect(readFileSync(join(out, "keys.txt"), "utf8")).toBe(`${key.vkey}\n`);
  expect(existsSync(join(out, "checkpoint.txt"))).toBe(true);
  const said = await plumbline("audit", "verify", out, "--key", key.vkey, "--since", join(out, "checkpoint.txt"));
  expect(said).toContain("continue your older checkpoint");
  const exported = await db.auditEvent.findFirstOrThrow({ where: { action: "audit.exported" } });
  expect(exported).toMatchObject({ channel: "cli", actorKind: "token" });
});

test("the proof of one event verifies", async () => {
  const { eventId } = await db.auditLeaf.findUniqueOrThrow({ where: { leafIndex: 3n } });
  const file = join(folder, "event.tlog-proof");
  await plumbline("audit", "proof", String(eventId), "--out", file);
  expect(await plumbline("audit", "verify", file, "--key", key.vkey)).toContain("Event 3 is in the log");
});

test("a check on the server is awaited", async () => {
  expect(await plumbline("audit", "check")).toMatch(/^All \d+ events fit/);
});

test("a refusal comes in the server's words", async () => {
  await expect(plumbline("audit", "proof", "999999")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("There is no audit event 999999"),
  });
});

test("a server that is not there is named", async () => {
  const elsewhere = { ...environment, PLUMBLINE_URL: "http://127.0.0.1:9" };
  await expect(
    run(process.execPath, [join(import.meta.dirname, "../plumbline.ts"), "audit", "check"], { env: elsewhere }),
  ).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("http://127.0.0.1:9 does not answer") });
});

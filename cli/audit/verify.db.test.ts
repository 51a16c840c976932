import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { signCheckpoint } from "#lib/audit/checkpoints.ts";
import { exportLog } from "#lib/audit/export.ts";
import { portableProofOf } from "#lib/audit/proofs.ts";
import { sequenceAll } from "#lib/audit/sequencer.ts";
import { anActor, appendMany } from "#lib/audit/testing/events.ts";
import { leafHash } from "#lib/kernel/merkle.ts";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { database } from "#lib/platform/db.ts";

const db = database();
const key = generateNoteKey("plumbline/test");
const folder = mkdtempSync(join(tmpdir(), "plumbline-cli-"));
const file = (name: string) => join(folder, name);
const run = promisify(execFile);

/** Runs the command line as people do; answers its exit code and what it said. */
async function plumbline(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const program = join(import.meta.dirname, "../plumbline.ts");
  try {
    const { stdout } = await run(process.execPath, [program, ...args], { env: { NODE_ENV: "production" } });
    return { code: 0, said: stdout };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("stderr" in error)) throw error;
    return { code: Number(error.code), said: String(error.stderr) };
  }
}

async function exported(from: number): Promise<readonly string[]> {
  const { body } = await exportLog(anActor(), { from });
  return (await new Response(body).text()).trimEnd().split("\n");
}

function save(name: string, lines: readonly string[]): string {
  writeFileSync(file(name), `${lines.join("\n")}\n`);
  return file(name);
}

/** Line numbers in the export from 0: one head, then the events, the checkpoint of 100 after the hundredth. */
let lines: readonly string[] = [];

beforeAll(async () => {
  for (const seconds of [0, 20]) {
    await appendMany(db, 100);
    await sequenceAll(db);
    const signed = await signCheckpoint(db, key.skey, new Date(Date.parse("2026-03-02T00:00:00Z") + seconds * 1_000));
    writeFileSync(file(`checkpoint-${signed?.size}.txt`), signed?.note ?? "");
  }
  lines = await exported(0);
  const { eventId } = await db.auditLeaf.findUniqueOrThrow({ where: { leafIndex: 150n } });
  writeFileSync(file("event.tlog-proof"), await portableProofOf(db, eventId));
});

test("a whole export fits, alone, in a folder, and against an older checkpoint", async () => {
  const path = save("audit-log.ndjson", lines);
  expect(await plumbline("audit", "verify", path, "--key", key.vkey)).toMatchObject({ code: 0 });
  const { code, said } = await plumbline(
    "audit",
    "verify",
    folder,
    "--key",
    key.vkey,
    "--since",
    file("checkpoint-100.txt"),
  );
  expect(said).toContain(
    "200 events (index 0 to 199) under 2 checkpoints fit, and continue your older checkpoint of 100",
  );
  expect(code).toBe(0);
});

test("an export of what is new fits to the older checkpoint", async () => {
  const path = save("later.ndjson", await exported(100));
  const { code, said } = await plumbline(
    "audit",
    "verify",
    path,
    "--key",
    key.vkey,
    "--since",
    file("checkpoint-100.txt"),
  );
  expect(said).toContain("100 events (index 100 to 199)");
  expect(code).toBe(0);
});

test("a portable proof of one event fits", async () => {
  const { code, said } = await plumbline("audit", "verify", file("event.tlog-proof"), "--key", key.vkey);
  expect({ code, said }).toMatchObject({
    code: 0,
    said: expect.stringContaining("Event 150 is in the log plumbline/test"),
  });
});

function withLine(at: number, change: (line: string) => string): readonly string[] {
  return lines.map((line, i) => (i === at ? change(line) : line));
}

/** The first events with the checkpoint of 100, and a head that says there never were more. */
function cutTo(events: number): readonly string[] {
  const checkpoints = events < 100 ? 0 : 1;
  return withLine(0, (head) => JSON.stringify({ ...JSON.parse(head), size: events })).slice(
    0,
    1 + events + checkpoints,
  );
}

/** Changes the event and its hash, as someone careful would. */
function rewrite(line: string): string {
  const { index, event } = JSON.parse(line);
  const lie = event.replace("created", "deleted");
  return JSON.stringify({ index, hash: leafHash(lie).toString("hex"), event: lie });
}

test.each<readonly [string, () => readonly string[], string]>([
  ["an edited event", () => withLine(42, (line) => line.replace("created", "deleted")), "Index 41: the event is not"],
  ["an event edited with its hash", () => withLine(42, rewrite), "Index 0: between here and 99"],
  ["a removed event", () => lines.toSpliced(42, 1), "Index 41: the event is missing"],
  [
    "two events swapped",
    () => lines.with(10, lines[11] ?? "").with(11, lines[10] ?? ""),
    "Index 9: the event is missing",
  ],
  [
    "an event added",
    () => lines.toSpliced(42, 0, lines[41] ?? ""),
    "Index 41: the event is missing; the next one in the file is 40",
  ],
  ["an end cut off", () => lines.slice(0, -10), "Index 191: the file ends here and says itself that there are 200"],
  ["an end that nobody signed", () => cutTo(150), "Index 100: no checkpoint covers"],
  [
    "a checkpoint with another size",
    () => withLine(101, (line) => line.replace("\\n100\\n", "\\n101\\n")),
    "Index 99: the checkpoint after it is not genuine",
  ],
  ["an unreadable line", () => withLine(5, () => "{"), "Index 4: this line"],
])("%s does not fit", async (_, tampered, said) => {
  const result = await plumbline("audit", "verify", save("tampered.ndjson", tampered()), "--key", key.vkey);
  expect(result.said).toContain(said);
  expect(result.code).toBe(1);
});

test("a log cut back to an older checkpoint does not fit the newer one", async () => {
  const path = save("short.ndjson", cutTo(100));
  expect(await plumbline("audit", "verify", path, "--key", key.vkey)).toMatchObject({ code: 0 });
  const result = await plumbline("audit", "verify", path, "--key", key.vkey, "--since", file("checkpoint-200.txt"));
  expect(result).toMatchObject({
    code: 1,
    said: expect.stringContaining("Index 100: your older checkpoint covers 200"),
  });
});

test("another key vouches for nothing", async () => {
  const other = generateNoteKey("plumbline/test").vkey;
  expect(await plumbline("audit", "verify", folder, "--key", other)).toMatchObject({ code: 1 });
  expect(await plumbline("audit", "verify", file("event.tlog-proof"), "--key", other)).toMatchObject({ code: 1 });
});

test("where the log's key was changed, both keys vouch for it and neither alone", async () => {
  const later = generateNoteKey("plumbline/test");
  await appendMany(db, 10);
  await sequenceAll(db);
  await signCheckpoint(db, later.skey, new Date("2026-03-03T00:00:00Z"));
  const path = save("rotated.ndjson", await exported(0));
  const verify = (...keys: readonly string[]) =>
    plumbline("audit", "verify", path, ...keys.flatMap((one) => ["--key", one]));
  expect(await verify(key.vkey, later.vkey)).toMatchObject({
    code: 0,
    said: expect.stringContaining("under 3 checkpoints fit"),
  });
  expect(await verify(key.vkey)).toMatchObject({
    code: 1,
    said: expect.stringContaining("the checkpoint after it is not genuine"),
  });
  expect(await verify(later.vkey)).toMatchObject({
    code: 1,
    said: expect.stringContaining("Index 99: the checkpoint"),
  });
});

test.each([
  ["no key", ["audit", "verify", folder]],
  ["a key that is none", ["audit", "verify", folder, "--key", "plumbline"]],
  ["no such file", ["audit", "verify", file("none"), "--key", key.vkey]],
  ["no such checkpoint", ["audit", "verify", folder, "--key", key.vkey, "--since", file("none")]],
  ["an unknown option", ["audit", "verify", folder, "--key", key.vkey, "--fast"]],
  ["an unknown command", ["audit", "erase"]],
  ["no token", ["audit", "export", "--out", folder]],
])("%s is misuse", async (_, args) => {
  expect((await plumbline(...args)).code).toBe(2);
});

test("verifying needs nothing but the kernel", () => {
  const source = readFileSync(join(import.meta.dirname, "verify.ts"), "utf8");
  const imports = [...source.matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
  expect(imports.filter((from) => !from?.startsWith("node:") && !from?.startsWith("#lib/kernel/"))).toEqual([]);
});

import { expect, test, vi } from "vitest";
import { revokeToken } from "#lib/accounts/commands/tokens.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { newId } from "#lib/kernel/id.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { auditInsert } from "#lib/platform/testing/rows.ts";
import { aDatabaseLink } from "./testing/database-link.ts";
import {
  aRuntimeServer,
  aServedPlace,
  aShortPatch,
  aToken,
  deploy,
  listenTo,
  type RuntimeServer,
  type ServedPlace,
} from "./testing/runtime-server.ts";

const path = "/runtime/v1/stream";
const soon = { timeout: 5_000, interval: 5 };

function open(server: RuntimeServer, token: string, headers: Readonly<Record<string, string>> = {}) {
  return listenTo(`${server.url}${path}`, { authorization: `Bearer ${token}`, ...headers });
}

/** Asks the runtimes of a place to restore what is declared, as a remediation does. */
async function askForRestore({ house }: ServedPlace): Promise<string> {
  const { environmentId, bundleId } = await database().deployment.findFirstOrThrow({
    where: { systemId: house.systemId, isCurrent: true },
  });
  const id = newId(new Date());
  await withSql(testDatabase().adminUrl, async (sql) => {
    await sql.query("BEGIN");
    await sql.query(auditInsert);
    await sql.query(
      `INSERT INTO remediation (id, system_id, environment_id, bundle_id, target, trigger, state, expected_digests,
         target_digest, pointers, attempts, reason, started_by, started_at)
       VALUES ($1, $2, $3, $4, 'declared', 'person', 'acting', $5, $6, '{}', 1, 'r', 'p', now())`,
      [id, house.systemId, environmentId, bundleId, ["sha256:seen"], "sha256:wanted"],
    );
    await sql.query("COMMIT");
  });
  return id;
}

test("a stream says at once what is served, and again within moments of a change, in every process", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const listeners = await Promise.all(
    [await aRuntimeServer(), await aRuntimeServer()].map((server) => open(server, token)),
  );
  for (const listener of listeners) {
    await vi.waitFor(() => expect(listener.frames).toHaveLength(1), soon);
    expect(listener.status).toBe(200);
    expect(listener.last("configuration")).toEqual({
      digest: digestOf({ temperature: 0.4 }),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      snapshot: expect.any(Number),
      hotPatches: [],
      validUntil: null,
    });
    expect(listener.frames[0]).toContain(`id: ${digestOf({ temperature: 0.4 })}\n`);
  }
  await deploy(house, "temperature: 0.5\n");
  for (const listener of listeners) {
    await vi.waitFor(
      () => expect(listener.last("configuration")).toMatchObject({ digest: digestOf({ temperature: 0.5 }) }),
      { timeout: 500, interval: 5 },
    );
    expect(listener.frames).toHaveLength(2);
  }
});

test("a hot-patch and its end are told, the end by the clock alone", async () => {
  const place = await aServedPlace({ base: "temperature: 0.4\n" });
  const listener = await open(await aRuntimeServer(), place.token);
  const { number, expiresAt } = await aShortPatch(place, { pointer: "/temperature", value: 0, lasts: 1_200 });
  await vi.waitFor(
    () =>
      expect(listener.last("configuration")).toMatchObject({
        digest: digestOf({ temperature: 0 }),
        hotPatches: [number],
        validUntil: expiresAt.toISOString(),
      }),
    soon,
  );
  await vi.waitFor(
    () =>
      expect(listener.last("configuration")).toMatchObject({ digest: digestOf({ temperature: 0.4 }), hotPatches: [] }),
    soon,
  );
  expect(Date.now() - expiresAt.getTime()).toBeLessThan(500);
  expect(await database().hotPatch.findUniqueOrThrow({ where: { number } })).toMatchObject({ state: "active" });
});

test("who comes again with what it has is told nothing, and who has something else is told", async () => {
  const { token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const known = await open(server, token, { "last-event-id": digestOf({ temperature: 0.4 }) });
  const older = await open(server, token, { "last-event-id": digestOf({ temperature: 0.3 }) });
  await vi.waitFor(() => expect(older.frames).toHaveLength(1), soon);
  expect(known.frames).toEqual([]);
});

test("a restore that runtimes are asked for is told, also to those who come later", async () => {
  const place = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const early = await open(server, place.token);
  const id = await askForRestore(place);
  await vi.waitFor(() => expect(early.last("restore")).toBeDefined(), soon);
  expect(early.last("restore")).toEqual({ id, expected: ["sha256:seen"], target: "sha256:wanted" });
  expect(early.frames).toHaveLength(2);
  const late = await open(server, place.token);
  await vi.waitFor(() => expect(late.last("restore")).toEqual(early.last("restore")), soon);
});

test("the stream of a token that is revoked or expires ends; others go on", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const mine = await aToken(house, {});
  let now = new Date();
  const server = await aRuntimeServer({ clock: () => now });
  const [stays, goes] = [await open(server, token), await open(server, mine.secret)];
  await revokeToken(house.boss, { tokenId: mine.id });
  await vi.waitFor(() => expect(goes.isOver()).toBe(true), { timeout: 500, interval: 5 });
  expect(stays.isOver()).toBe(false);
  now = new Date(now.getTime() + 30 * 86_400_000);
  await vi.waitFor(() => expect(stays.isOver()).toBe(true), soon);
});

test("streams end when the process stops", async () => {
  const { token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const listener = await open(server, token);
  await server.stop();
  await vi.waitFor(() => expect(listener.isOver()).toBe(true), soon);
});

test("six hundred streams hear of a change", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const all = await Promise.all(Array.from({ length: 600 }, () => open(server, token)));
  await deploy(house, "temperature: 0.5\n");
  const digest = digestOf({ temperature: 0.5 });
  await vi.waitFor(() => expect(all.filter((one) => one.frames.at(-1)?.includes(digest))).toHaveLength(600), {
    timeout: 10_000,
    interval: 20,
  });
});

test("with the database away everything known is served on, and its return is noticed", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const stranger = await aToken(house, {});
  const link = await aDatabaseLink();
  const server = await aRuntimeServer();
  const listener = await open(server, token);
  await vi.waitFor(() => expect(listener.frames).toHaveLength(1), soon);
  await link.cut();
  const unknown = await server.get("/runtime/v1/configuration", stranger.secret);
  expect([unknown.status, unknown.headers.get("retry-after")]).toEqual([503, "2"]);
  await deploy(house, "temperature: 0.6\n");
  for (let again = 0; again < 20; again++) expect(await temperatureAt(server, token)).toBe(0.4);
  expect(listener.isOver()).toBe(false);
  await link.mend();
  await vi.waitFor(async () => expect(await temperatureAt(server, token)).toBe(0.6), { timeout: 10_000, interval: 20 });
  expect(listener.last("configuration")).toMatchObject({ digest: digestOf({ temperature: 0.6 }) });
  expect((await server.get("/runtime/v1/configuration", stranger.secret)).status).toBe(200);
});

test("a hot-patch ends while the database is away", async () => {
  const place = await aServedPlace({ base: "temperature: 0.4\n" });
  const link = await aDatabaseLink();
  const server = await aRuntimeServer();
  const listener = await open(server, place.token);
  await aShortPatch(place, { pointer: "/temperature", value: 0, lasts: 1_500 });
  await vi.waitFor(async () => expect(await temperatureAt(server, place.token)).toBe(0), soon);
  await link.cut();
  await vi.waitFor(async () => expect(await temperatureAt(server, place.token)).toBe(0.4), soon);
  await vi.waitFor(() => expect(listener.last("configuration")).toMatchObject({ hotPatches: [] }), soon);
});

async function temperatureAt(server: RuntimeServer, token: string): Promise<number> {
  const answer = await server.get("/runtime/v1/configuration", token);
  return ((await answer.json()) as { temperature: number }).temperature;
}

import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digestOf } from "./canonical.ts";
import { type Client, type ConnectOptions, connect, type JsonObject } from "./client.ts";
import { aFarEnd, answering, connected, type FakeFarEnd, serving } from "./testing/fake.ts";

const first: JsonObject = { sampling: { temperature: 0.2, stop: ["x"] }, prompts: { system: "Be kind" }, on: true };
const second: JsonObject = { sampling: { temperature: 0.4 } };

let far: FakeFarEnd;
let clients: Client[];

beforeEach(async () => {
  far = await aFarEnd(first);
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await far.close();
});

async function start(options: Partial<ConnectOptions> = {}) {
  const made = await connected(far.url, { transport: "poll", ...options });
  clients.push(made.client);
  return made;
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

describe("a connected client", () => {
  test("has the configuration and its names", async () => {
    far.configuration = serving(first, {
      "Plumbline-Version": "1.2.0",
      "Plumbline-Snapshot": "7",
      "Plumbline-Hot-Patch": "3, 4",
      "Plumbline-Valid-Until": "2026-12-01T10:00:00.000Z",
    });
    const { client, troubles } = await start({ token: () => "plb_secret\n", now: () => new Date(5) });
    expect(client.current()).toEqual({
      document: first,
      digest: digestOf(first),
      bundle: "assistant",
      version: "1.2.0",
      snapshot: 7,
      hotPatches: [3, 4],
      validUntil: new Date("2026-12-01T10:00:00Z"),
      source: "network",
      since: new Date(5),
    });
    expect(far.asked[0]).toMatchObject({ path: "/runtime/v1/configuration", token: "Bearer plb_secret" });
    expect(troubles).toEqual([]);
  });

  test("gives values by pointer and refuses the wrong type clearly, once", async () => {
    const { client, troubles } = await start();
    expect(client.getNumber("/sampling/temperature", 1)).toBe(0.2);
    expect(client.getString("/prompts/system", "")).toBe("Be kind");
    expect(client.getBoolean("/on", false)).toBe(true);
    expect(client.getObject("/sampling", {})).toEqual({ temperature: 0.2, stop: ["x"] });
    expect(client.getList("/sampling/stop", [])).toEqual(["x"]);
    expect(client.getNumber("/not/there", 7)).toBe(7);
    expect(troubles).toEqual([]);
    for (const _ of [1, 2]) expect(client.getNumber("/prompts/system", 8)).toBe(8);
    client.getObject("/sampling/stop", {});
    expect(troubles.map(({ message }) => message)).toEqual([
      "/prompts/system is a string, not a number; the fallback is used",
      "/sampling/stop is a list, not an object; the fallback is used",
    ]);
  });

  test("asks with what it has, and takes another one into use", async () => {
    const seen: [string | null, string | null][] = [];
    const { client } = await start({ onChange: (now, before) => seen.push([before.digest, now.digest]) });
    await client.refresh();
    expect(far.asked.filter(({ path }) => path.endsWith("configuration"))[1]?.etag).toBe(`"${digestOf(first)}"`);
    expect(seen).toEqual([]);
    far.configuration = serving(second);
    expect((await client.refresh()).document).toEqual(second);
    expect(seen).toEqual([[digestOf(first), digestOf(second)]]);
  });

  test("gives a document that nobody can change", async () => {
    const { client } = await start();
    expect(() => Object.assign(client.getObject("/sampling", {}), { temperature: 1 })).toThrow(TypeError);
  });

  test("survives what its host's callbacks throw", async () => {
    const fail = () => {
      throw new Error("The host's fault");
    };
    const { client, troubles } = await start({ onChange: fail });
    far.configuration = serving(second);
    expect((await client.refresh()).document).toEqual(second);
    expect(troubles.map(({ place }) => place)).toEqual(["callback"]);
    const other = await start({ onError: fail, bundle: "another" });
    expect(other.client.current().source).toBe("none");
  });

  test("a hot-patch's end changes nothing until Plumbline says so", async () => {
    far.configuration = serving(first, { "Plumbline-Version": "1", "Plumbline-Valid-Until": "2020-01-01T00:00:00Z" });
    const { client } = await start();
    await client.refresh();
    expect(client.current()).toMatchObject({ document: first, validUntil: new Date("2020-01-01T00:00:00Z") });
  });
});

test.each<[string, Partial<ConnectOptions>]>([
  ["url", { url: "plumbline" }],
  ["url", { url: "ftp://plumbline" }],
  ["url", { url: "https://ada:password@plumbline.example.org" }],
  ["token", { token: "" }],
  ["intervalSeconds", { intervalSeconds: 0 }],
  ["timeoutMs", { timeoutMs: Number.NaN }],
  ["instance", { instance: "" }],
])("options that make no sense are refused by name: %s", async (name, options) => {
  await expect(connect({ url: "http://localhost:1", token: "x", ...options })).rejects.toThrow(
    new RegExp(`^${name} is`),
  );
});

test("a proxy that weakens the ETag does no harm", async () => {
  far.configuration = serving(second, { ETag: `W/"${digestOf(second)}"` });
  expect((await start()).client.current().document).toEqual(second);
});

test("a token that cannot be sent is complained about without quoting it", async () => {
  const { troubles } = await start({ token: () => "plb_geheim\u0000ü" });
  expect(troubles[0]?.message).toMatch(/^The token is empty, or holds/);
  expect(JSON.stringify(troubles)).not.toContain("geheim");
});

test("a token that is replaced meanwhile is used from the next request on", async () => {
  let token = "plb_old";
  const { client } = await start({ token: async () => token });
  token = "plb_new";
  await client.refresh();
  expect(far.asked.filter(({ path }) => path.endsWith("configuration")).map((one) => one.token)).toEqual([
    "Bearer plb_old",
    "Bearer plb_new",
  ]);
});

test("Retry-After is waited for, by everything the client does", async () => {
  const { client } = await start();
  await eventually(() => expect(far.reported).toHaveLength(1));
  far.configuration = answering(429, "", { "Retry-After": "1" });
  await client.refresh();
  far.configuration = serving(second);
  const before = far.asked.length;
  await client.refresh();
  await client.report({ health: "ok" });
  expect(far.asked).toHaveLength(before);
  expect(client.current().document).toEqual(first);
  await eventually(() => expect(client.current().document).toEqual(second));
});

test("trouble is told once while it lasts, and again when it comes back", async () => {
  const { client, troubles } = await start();
  for (const _ of [1, 2]) {
    far.configuration = answering(500, "");
    for (const _ of [1, 2, 3]) await client.refresh();
    far.configuration = serving(first);
    await client.refresh();
  }
  expect(troubles).toHaveLength(2);
});

test.each([-1, 1])("a clock that jumps by years stops nothing (%i)", async (direction) => {
  let now = new Date("2026-07-01T00:00:00Z");
  const { client } = await start({ now: () => now, intervalSeconds: 1 });
  now = new Date(now.getTime() + direction * 5 * 365 * 86_400_000);
  far.configuration = serving(second);
  await eventually(() => expect(client.current()).toMatchObject({ document: second, since: now }));
  await eventually(() => expect(far.reported.at(-1)?.digest).toBe(digestOf(second)));
});

describe("closing", () => {
  test("says goodbye once, and then nothing more", async () => {
    const { client } = await start();
    await eventually(() => expect(far.reported).toHaveLength(1));
    await Promise.all([client.close(), client.close()]);
    expect(far.reported.at(-1)).toMatchObject({ stopping: true, digest: digestOf(first) });
    const count = far.asked.length;
    await client.report({ health: "ok" });
    await client.refresh();
    await pause(50);
    expect(far.asked).toHaveLength(count);
  });

  test("does not wait for a Plumbline that hangs", async () => {
    const { client, troubles } = await start({ timeoutMs: 600 });
    await eventually(() => expect(far.reported).toHaveLength(1));
    far.reports = () => () => undefined;
    const began = performance.now();
    await client.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(troubles).toEqual([]);
  });
});

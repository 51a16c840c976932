import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { digestOf } from "./canonical.ts";
import type { Client, ConnectOptions, JsonObject } from "./client.ts";
import { aFarEnd, answering, connected, type FakeFarEnd, serving } from "./testing/fake.ts";

const first: JsonObject = { temperature: 0.2 };
const second: JsonObject = { temperature: 0.4 };
const receipt = { accepted: true, wantsDocument: false, digest: null, restore: null };

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

test("who it is and what it runs is reported at once, and with every heartbeat", async () => {
  await start({ fleet: "eu-west", build: "b-12", intervalSeconds: 1 });
  await eventually(() => expect(far.reported).toHaveLength(2));
  expect(far.reported[1]).toEqual({
    instance: "one",
    fleet: "eu-west",
    bundle: "assistant",
    build: "b-12",
    client: "plumbline-sdk/0.1.0",
    digest: digestOf(first),
    intervalSeconds: 5,
  });
});

test("the digest comes first; the document follows when it is asked for", async () => {
  far.reports = (body) => ({ ...receipt, wantsDocument: !("document" in body) });
  await start();
  await eventually(() => expect(far.reported).toHaveLength(2));
  const { document, ...rest } = far.reported[1] ?? {};
  expect(document).toEqual(first);
  expect(rest).toEqual(far.reported[0]);
});

test("a Plumbline that asks for the document again and again is not given it again and again", async () => {
  far.reports = () => ({ ...receipt, wantsDocument: true });
  const { client } = await start();
  await client.report({ health: "ok" });
  expect(far.reported.length).toBeLessThanOrEqual(4);
});

test("what the program says of itself is reported at once, and repeated", async () => {
  const { client } = await start({ intervalSeconds: 1 });
  const models = [{ pointer: "/model", requested: "gpt-5", served: "gpt-5-2026-03-05", fingerprint: "fp_1" }];
  const origins = { "/temperature": "environment variable TEMPERATURE" };
  await client.report({ health: "degraded", healthNote: "Slow", models, origins, observed: second });
  const said = { health: "degraded", healthNote: "Slow", models, origins, digest: digestOf(second) };
  expect(far.reported.at(-1)).toMatchObject(said);
  const count = far.reported.length;
  await eventually(() => expect(far.reported.length).toBeGreaterThan(count));
  expect(far.reported.at(-1)).toMatchObject(said);
  await client.report({});
  expect(far.reported.at(-1)).toMatchObject({ digest: digestOf(first) });
  expect(far.reported.at(-1)).not.toHaveProperty("health");
});

test.each<[string, Parameters<Client["report"]>[0], RegExp]>([
  ["what could not be read", { unreadable: "config.json is not JSON" }, /^config.json is not JSON$/],
  ["a long story", { unreadable: "x".repeat(600) }, /^x{500}$/],
  ["a reason that says nothing", { unreadable: " " }, /^It does not say why$/],
  ["what is not JSON", { observed: { a: Number.NaN } }, /^What runs is not JSON: NaN/],
])("%s is reported as unreadable", async (_, report, reason) => {
  const { client } = await start();
  await client.report(report);
  expect(far.reported.at(-1)).toMatchObject({ digest: null, unreadable: expect.stringMatching(reason) });
});

test("a program without a configuration says so", async () => {
  far.configuration = answering(404, "");
  await start();
  await eventually(() =>
    expect(far.reported[0]).toMatchObject({ digest: null, unreadable: "It has no configuration yet" }),
  );
});

test("a program that says itself what it runs is not spoken for", async () => {
  const { client } = await start({ waitsForReport: true, intervalSeconds: 1 });
  far.configuration = serving(second);
  await client.refresh();
  await client.close();
  expect(far.reported).toEqual([]);
});

test("a changed configuration is reported at once", async () => {
  const { client } = await start();
  far.configuration = serving(second);
  await client.refresh();
  await eventually(() => expect(far.reported.at(-1)?.digest).toBe(digestOf(second)));
});

test("an answer that names another digest has it fetched, also without a stream", async () => {
  far.configuration = serving(first);
  const { client } = await start();
  far.configuration = serving(second);
  far.reports = () => ({ ...receipt, digest: digestOf(second) });
  await client.report({});
  await eventually(() => expect(client.current().document).toEqual(second));
});

test("an answer may ask for a restore", async () => {
  const asked: unknown[] = [];
  const restore = { id: "r1", expected: [digestOf(first)], target: digestOf(second) };
  far.reports = (body) => ({ ...receipt, restore: body.restored === "r1" ? null : restore });
  await start({
    onRestore: (one) => {
      asked.push(one);
      return true;
    },
  });
  await eventually(() => expect(far.reported.at(-1)).toMatchObject({ restored: "r1" }));
  expect(asked).toEqual([restore]);
});

test.each<[string, FakeFarEnd["reports"], RegExp]>([
  ["an error", () => answering(500, ""), /answered 500/],
  ["a refusal", () => answering(403, '{"detail":"This token may not report"}'), /403: This token may not report/],
  ["a page", () => answering(200, "<html>"), /no receipt/],
  ["a list", () => answering(200, "[]"), /no receipt/],
  ["no receipt", () => ({ ok: true }), /no receipt/],
  ["a cut", () => (response) => response.destroy(), /connection was cut/],
  ["silence", () => () => undefined, /No whole answer within 600 ms/],
])("a report that meets %s is told, and sent again", async (_, reply, message) => {
  far.reports = reply;
  const { client, troubles } = await start({ timeoutMs: 600 });
  await eventually(() => expect(troubles[0]?.message).toMatch(message));
  expect(troubles[0]?.place).toBe("report");
  expect(client.current().document).toEqual(first);
  far.reports = () => receipt;
  const count = far.reported.length;
  await eventually(() => expect(far.reported.length).toBeGreaterThan(count));
});

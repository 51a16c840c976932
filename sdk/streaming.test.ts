import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { digestOf } from "./canonical.ts";
import type { Client, ConnectOptions, JsonObject } from "./client.ts";
import {
  aFarEnd,
  answering,
  configurationEvent,
  connected,
  type FakeFarEnd,
  HASTE,
  type Reply,
  serving,
} from "./testing/fake.ts";

const first: JsonObject = { temperature: 0.2 };
const second: JsonObject = { temperature: 0.4 };

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
  const made = await connected(far.url, options);
  clients.push(made.client);
  return made;
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });
const fetches = () => far.asked.filter(({ path }) => path.startsWith("/runtime/v1/configuration")).length;

async function streaming(options: Partial<ConnectOptions> = {}) {
  const made = await start(options);
  await eventually(() => expect(far.openStreams()).toBe(1));
  return made;
}

test("a change is told and fetched at once, and what is known is not fetched again", async () => {
  const { client, troubles } = await streaming({ bundle: "assistant" });
  far.push(configurationEvent(first));
  far.configuration = serving(second);
  far.push(configurationEvent(second));
  await eventually(() => expect(client.current().document).toEqual(second));
  expect(fetches()).toBe(2);
  expect(far.asked.find(({ path }) => path.includes("stream"))?.path).toBe("/runtime/v1/stream?bundle=assistant");
  expect(troubles).toEqual([]);
});

test("the same content under another version is heard of", async () => {
  const { client } = await streaming();
  far.push(configurationEvent(first, "1.0.0"));
  far.configuration = serving(first, { "Plumbline-Version": "2.0.0" });
  far.push(configurationEvent(first, "2.0.0"));
  await eventually(() => expect(client.current()).toMatchObject({ document: first, version: "2.0.0" }));
});

test("a process that has not heard of the change yet is asked again", async () => {
  const { client } = await streaming();
  far.push(configurationEvent(second));
  await eventually(() => expect(fetches()).toBeGreaterThan(2));
  far.configuration = serving(second);
  await eventually(() => expect(client.current().document).toEqual(second));
});

test("rubbish between events is passed over", async () => {
  const { client } = await streaming();
  far.configuration = serving(second);
  far.push('event: configuration\ndata: {"digest":12}\n\nevent: configuration\ndata: {\n\nevent: party\ndata: {}\n\n');
  far.push('event: restore\ndata: {"id":1}\n\nevent: restore\ndata: null\n\n');
  far.push(configurationEvent(second));
  await eventually(() => expect(client.current().document).toEqual(second));
});

test("a stream that is cut is opened again, and what changed meanwhile is fetched", async () => {
  const { client, troubles } = await streaming();
  far.configuration = serving(second);
  far.cutStreams();
  await eventually(() => expect(client.current().document).toEqual(second));
  await eventually(() => expect(far.openStreams()).toBe(1));
  expect(troubles).toEqual([{ place: "stream", message: expect.stringContaining("polling until it is back") }]);
});

test("a stream that falls silent is opened again, and what changed meanwhile is fetched", async () => {
  const { client, troubles } = await streaming({ pace: { ...HASTE, silenceMs: 200 } });
  far.configuration = serving(second);
  await eventually(() => expect(client.current().document).toEqual(second));
  expect(troubles[0]?.message).toBe("Nothing was heard for 200 ms; polling until it is back");
  await eventually(() => expect(far.openStreams()).toBe(1));
});

test.each<[string, Reply]>([
  ["is refused", answering(500, "")],
  ["is a page", answering(200, "<html>", { "Content-Type": "text/html" })],
  ["is cut at once", (response) => response.destroy()],
  ["never begins", () => undefined],
  ["ends at once", answering(200, "", { "Content-Type": "text/event-stream" })],
  ["says nothing", (response) => response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders()],
])("while the stream %s, the client polls", async (_, reply) => {
  far.stream = reply;
  const { client } = await start({ intervalSeconds: 1, timeoutMs: 600 });
  far.configuration = serving(second);
  await eventually(() => expect(client.current().document).toEqual(second));
});

test("while the stream lives, nothing is polled", async () => {
  const { client } = await streaming({ intervalSeconds: 1 });
  await client.refresh();
  const before = fetches();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(fetches()).toBe(before);
});

test("a restore is carried out by a program that runs what it is given", async () => {
  const { client } = await streaming();
  far.configuration = serving(second);
  const restore = { id: "7b0c", expected: [digestOf(first)], target: digestOf(second) };
  far.push(`event: restore\ndata: ${JSON.stringify(restore)}\n\n`);
  await eventually(() => expect(far.reported.at(-1)).toMatchObject({ restored: "7b0c", digest: digestOf(second) }));
  expect(client.current().document).toEqual(second);
});

test("a restore that did not lead to its target is not reported as done", async () => {
  await streaming();
  const restore = { id: "7b0c", expected: [digestOf(first)], target: digestOf({ never: true }) };
  const before = fetches();
  far.push(`event: restore\ndata: ${JSON.stringify(restore)}\n\n`);
  await eventually(() => expect(fetches()).toBeGreaterThan(before));
  expect(far.reported.some((report) => "restored" in report)).toBe(false);
});

test("a host's own way to restore is asked once at a time, and what it throws is survived", async () => {
  let calls = 0;
  let release: (isDone: boolean) => void = () => undefined;
  const onRestore = () => {
    calls += 1;
    if (calls === 1) throw new Error("Not now");
    return new Promise<boolean>((resolve) => {
      release = resolve;
    });
  };
  const { troubles } = await streaming({ onRestore });
  const restore = `event: restore\ndata: ${JSON.stringify({ id: "a", expected: [], target: digestOf(first) })}\n\n`;
  far.push(restore);
  await eventually(() => expect(troubles.map(({ place }) => place)).toEqual(["callback"]));
  far.push(restore + restore);
  await eventually(() => expect(calls).toBe(2));
  release(true);
  await eventually(() => expect(far.reported.at(-1)).toMatchObject({ restored: "a" }));
  expect(calls).toBe(2);
});

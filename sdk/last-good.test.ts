import { mkdtempSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digestOf } from "./canonical.ts";
import type { Client, ConnectOptions, JsonObject } from "./client.ts";
import { aFarEnd, answering, connected, type FakeFarEnd, serving } from "./testing/fake.ts";

const first: JsonObject = { sampling: { temperature: 0.2, stop: ["x"] }, prompts: { system: "Be kind" }, on: true };

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
const aCacheFile = () => join(mkdtempSync(join(tmpdir(), "plumbline-sdk-")), "last-good.json");

describe("the last good copy", () => {
  test("is what a program starts with while Plumbline is away, until it is back", async () => {
    const cacheFile = aCacheFile();
    await (await start({ cacheFile })).client.close();
    far.configuration = (response) => response.destroy();
    const { client, troubles } = await start({ cacheFile });
    expect(client.current()).toMatchObject({ document: first, digest: digestOf(first), source: "disk" });
    expect(troubles.map(({ place }) => place)).toEqual(["configuration"]);
    far.configuration = serving(first, { "Plumbline-Version": "1.0.1" });
    await eventually(() => expect(client.current()).toMatchObject({ source: "network", version: "1.0.1" }));
  });

  test.each<[string, (text: string) => string]>([
    ["cut", (text) => text.slice(0, -20)],
    ["empty", () => ""],
    ["of another content", (text) => text.replace("Be kind", "Be rude")],
    ["of another version", (text) => text.replace('"version":null', '"version":"9.0.0"')],
    ["something else", () => '{"document":{}}'],
    ["null", () => "null"],
  ])("is ignored when it is %s", async (_, damage) => {
    const cacheFile = aCacheFile();
    await (await start({ cacheFile })).client.close();
    await writeFile(cacheFile, damage(await readFile(cacheFile, "utf8")));
    far.configuration = answering(503, "");
    const { client, troubles } = await start({ cacheFile });
    expect(client.current().source).toBe("none");
    expect(troubles.map(({ place }) => place)).toContain("disk");
  });

  test("is ignored when it is another bundle's or another server's", async () => {
    const cacheFile = aCacheFile();
    await (await start({ cacheFile })).client.close();
    far.configuration = answering(503, "");
    expect((await start({ cacheFile, bundle: "knowledge" })).client.current().source).toBe("none");
    const other = await connected("http://127.0.0.1:9", { cacheFile, transport: "poll" });
    clients.push(other.client);
    expect(other.client.current().source).toBe("none");
  });

  test("that cannot be written is told, and the client works without", async () => {
    const { client, troubles } = await start({ cacheFile: "/dev/null/not/here" });
    expect(client.current().document).toEqual(first);
    expect(troubles.every(({ place }) => place === "disk")).toBe(true);
    expect(troubles.length).toBeGreaterThan(0);
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digestOf } from "./canonical.ts";
import type { Client, ConnectOptions, JsonObject } from "./client.ts";
import { aFarEnd, answering, connected, type FakeFarEnd, type Reply, serving } from "./testing/fake.ts";

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
  const made = await connected(far.url, { transport: "poll", timeoutMs: 600, ...options });
  clients.push(made.client);
  return made;
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

const digest = digestOf(second);
const cut: Reply = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", ETag: `"${digest}"`, "Content-Length": "500" });
  response.write('{"sampling":');
  setTimeout(() => response.destroy(), 5);
};
const drip: Reply = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", ETag: `"${digest}"` });
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};
const flood: Reply = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", ETag: `"${digest}"` });
  const more = () => {
    while (response.writable && response.write(" ".repeat(65_536)));
  };
  response.on("drain", more);
  more();
};

const misbehaviours: readonly [string, Reply, RegExp][] = [
  ["an error", answering(500, "oops"), /answered 500$/],
  ["a problem that it explains", answering(404, '{"detail":"Nothing is deployed"}'), /404: Nothing is deployed/],
  [
    "words that steer a terminal",
    answering(403, JSON.stringify({ detail: "no\u001B[2J\u0007\nsecond line" })),
    /403: no \[2J second line$/,
  ],
  ["a token that is not known", answering(401, "{}"), /does not know this token/],
  ["a way to somewhere else", answering(302, "", { Location: "https://example.org/" }), /302, a way to somewhere else/],
  [
    "a page instead",
    answering(200, "<html>", { "Content-Type": "text/html", ETag: `"${digest}"` }),
    /text\/html that is no JSON/,
  ],
  ["nothing at all", answering(200, "", { ETag: `"${digest}"` }), /no JSON object, or cut off/],
  ["a list", answering(200, "[]", { ETag: `"${digestOf([])}"` }), /no JSON object/],
  ["half of the content", answering(200, '{"sampling":{"te', { ETag: `"${digest}"` }), /cut off/],
  [
    "other content than its digest says",
    answering(200, '{"sampling":{}}', { ETag: `"${digest}"` }),
    /not what its digest says/,
  ],
  ["content that nothing vouches for", answering(200, "{}"), /without a digest/],
  ["an ETag that is no digest", answering(200, "{}", { ETag: '"v2"' }), /without a digest/],
  [
    "two digests",
    serving(second, { ETag: `"${digestOf(first)}x"`, "Plumbline-Digest": digestOf(first) }),
    /not what its digest/,
  ],
  ["letters that are none", answering(200, '{"a":"\\ud800"}', { ETag: `"${digest}"` }), /no I-JSON/],
  [
    "another bundle's configuration",
    serving(second, { "Plumbline-Bundle": "knowledge" }),
    /bundle "knowledge" instead of "assistant"/,
  ],
  ["304 for something else", answering(304, "", { ETag: `"${digest}"` }), /answered 304 for/],
  ["a connection that is cut at once", (response) => response.destroy(), /connection was cut/],
  ["a connection that is cut half-way", cut, /connection was cut|terminated|other side closed/],
  ["silence", () => undefined, /No whole answer within 600 ms/],
  ["one byte now and then", drip, /No whole answer within 600 ms/],
  ["no end", flood, /more than 8388608 bytes|No whole answer/],
];

describe("a far end that answers with", () => {
  test.each(misbehaviours)("%s", async (_, reply, message) => {
    const { client, troubles } = await start();
    far.configuration = reply;
    expect(await client.refresh()).toMatchObject({ document: first, source: "network" });
    expect(troubles.map(({ place }) => place)).toEqual(["configuration"]);
    expect(troubles[0]?.message).toMatch(message);
    far.configuration = serving(second);
    await eventually(() => expect(client.current().document).toEqual(second));
  });

  test.each(misbehaviours)("%s at the start: there is nothing, until it behaves", async (name, reply) => {
    far.configuration = reply;
    const { client, troubles } = await start({ bundle: "assistant" });
    expect(client.current(), name).toMatchObject({ document: null, source: "none" });
    expect(client.getNumber("/sampling/temperature", 0.7)).toBe(0.7);
    expect(troubles).toHaveLength(1);
    far.configuration = serving(second);
    await eventually(() => expect(client.current()).toMatchObject({ document: second, source: "network" }));
  });
});

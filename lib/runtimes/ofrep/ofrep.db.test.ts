import { expect, test, vi } from "vitest";
import { revokeToken } from "#lib/accounts/commands/tokens.ts";
import { aBundle } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import {
  aRuntimeServer,
  aServedPlace,
  aShortPatch,
  aToken,
  deploy,
  type Listening,
  listenTo,
  type RuntimeServer,
} from "../delivery/testing/runtime-server.ts";

const rules = {
  parameters: [aRule({ pattern: "/flags/*", kind: "flag" }), aRule({ pattern: "/experiments/*", kind: "experiment" })],
};
const base = `
temperature: 0.4
flags:
  photos: { enabled: true, owner: search, expires: "2099-01-01", description: Photographs }
experiments:
  answers: { enabled: true, variants: { a: { value: 1 }, b: { value: 2 } } }
`;
const bulkPath = "/ofrep/v1/evaluate/flags";
const soon = { timeout: 5_000, interval: 5 };

type Asking = {
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

function post(server: RuntimeServer, path: string, token: string, { body, raw, headers }: Asking = {}) {
  return fetch(server.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    ...((raw ?? body) !== undefined && { body: raw ?? JSON.stringify(body) }),
  });
}

const asks = (targetingKey: string) => ({ body: { context: { targetingKey } } });

type Bulk = {
  readonly flags: readonly Readonly<Record<string, unknown>>[];
  readonly metadata: unknown;
  readonly eventStreams: readonly { readonly type: string; readonly endpoint: { readonly requestUri: string } }[];
};

async function bulkOf(server: RuntimeServer, token: string, asking: Asking = asks("ada")) {
  const answer = await post(server, bulkPath, token, asking);
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as Bulk;
  const streamUrl = `${server.url}${body.eventStreams[0]?.endpoint.requestUri}`;
  return { ...body, etag: answer.headers.get("etag") ?? "", streamUrl };
}

test("one flag: the statuses, codes and bodies of the protocol", async () => {
  const { token } = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  const one = (key: string, asking?: Asking) =>
    post(server, `${bulkPath}/${encodeURIComponent(key)}`, token, asking).then(async (answer) => [
      answer.status,
      (await answer.json()) as unknown,
    ]);
  const metadata = expect.objectContaining({ bundle: "assistant", digest: expect.stringMatching(/^sha256:/) });
  expect(await one("temperature", asks("ada"))).toEqual([
    200,
    { key: "temperature", value: 0.4, reason: "STATIC", metadata },
  ]);
  expect(await one("/flags/photos", asks("ada"))).toEqual([
    200,
    { key: "/flags/photos", value: true, reason: "STATIC", metadata },
  ]);
  expect(await one("answers", asks("ada"))).toEqual([
    200,
    { key: "answers", value: expect.any(Number), variant: expect.stringMatching(/^[ab]$/), reason: "SPLIT", metadata },
  ]);
  const withoutContext: readonly Asking[] = [{}, { body: {} }, { body: { context: {} } }, { body: { context: null } }];
  for (const asking of withoutContext) {
    expect(await one("temperature", asking)).toMatchObject([200, { value: 0.4 }]);
    expect(await one("answers", asking)).toMatchObject([400, { key: "answers", errorCode: "TARGETING_KEY_MISSING" }]);
  }
  expect(await one("nothing", asks("ada"))).toMatchObject([404, { key: "nothing", errorCode: "FLAG_NOT_FOUND" }]);
  expect(await one("temperature", { raw: "{" })).toMatchObject([400, { key: "temperature", errorCode: "PARSE_ERROR" }]);
  for (const body of [[], "x", { context: [] }, { context: "x" }, { context: { targetingKey: 1 } }]) {
    expect(await one("temperature", { body })).toMatchObject([
      400,
      { key: "temperature", errorCode: "INVALID_CONTEXT" },
    ]);
  }
  const unreadable = await post(server, `${bulkPath}/%E0%A4%A`, token, asks("ada"));
  expect([unreadable.status, await unreadable.json()]).toMatchObject([400, { errorCode: "PARSE_ERROR" }]);
});

test("all flags: what there is, with a tag that holds while nothing changes for this context", async () => {
  const { house, token } = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  const first = await bulkOf(server, token);
  expect(first.flags.map(({ key }) => key).sort()).toEqual(
    ["answers", "experiments.answers", "flags.photos", "photos", "temperature"].sort(),
  );
  expect(first.metadata).toMatchObject({
    bundle: "assistant",
    environment: "development",
    version: expect.any(String),
  });
  expect(first.eventStreams).toEqual([
    {
      type: "sse",
      inactivityDelaySec: 120,
      endpoint: { requestUri: expect.stringMatching(/^\/ofrep\/v1\/streams\//) },
    },
  ]);
  const again = (etag: string, asking = asks("ada")) =>
    post(server, bulkPath, token, { ...asking, headers: { "if-none-match": etag } });
  const same = await again(first.etag);
  expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([304, "", first.etag]);
  expect((await again('"other"')).status).toBe(200);
  // A tag is of one context.
  const people = Array.from({ length: 20 }, (_, index) => asks(`person-${index}`));
  const statuses = await Promise.all(people.map(async (asking) => (await again(first.etag, asking)).status));
  expect(statuses).toContain(200);

  await deploy(house, base.replace("0.4", "0.5"));
  await vi.waitFor(async () => expect((await again(first.etag)).status).toBe(200), soon);
  const changed = await bulkOf(server, token);
  expect(changed.etag).not.toBe(first.etag);
  expect(changed.flags).toContainEqual(expect.objectContaining({ key: "temperature", value: 0.5 }));
  expect(changed.streamUrl).toBe(first.streamUrl);

  const missing = await bulkOf(server, token, {});
  expect(missing.flags).toContainEqual(expect.objectContaining({ key: "answers", errorCode: "TARGETING_KEY_MISSING" }));
  expect(missing.flags).toContainEqual(expect.objectContaining({ key: "temperature", value: 0.5 }));
  const wrong = await post(server, bulkPath, token, { raw: "[" });
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    { errorCode: "PARSE_ERROR", errorDetails: expect.any(String) },
  ]);
});

test("an answer is compressed for whoever takes it so, and for nobody else", async () => {
  const { token } = await aServedPlace({ base: `prompt: ${"kind ".repeat(1_500)}\n` });
  const server = await aRuntimeServer();
  const encodingFor = async (accepted: string) =>
    (await post(server, bulkPath, token, { headers: { "accept-encoding": accepted } })).headers.get("content-encoding");
  expect(await encodingFor("br, gzip")).toBe("gzip");
  expect(await encodingFor("identity, gzip;q=0")).toBeNull();
});

test("a value under a hot-patch says so and until when, and changes the tag when it ends", async () => {
  const place = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  const before = await bulkOf(server, place.token);
  const { number, expiresAt } = await aShortPatch(place, { pointer: "/temperature", value: 0, lasts: 1_500 });
  await vi.waitFor(async () => {
    const { flags, metadata } = await bulkOf(server, place.token);
    expect(flags).toContainEqual(
      expect.objectContaining({
        key: "temperature",
        value: 0,
        metadata: expect.objectContaining({ hotPatch: number, hotPatchExpires: expiresAt.toISOString() }),
      }),
    );
    expect(metadata).toMatchObject({ hotPatches: String(number), validUntil: expiresAt.toISOString() });
  }, soon);
  await vi.waitFor(async () => expect((await bulkOf(server, place.token)).etag).toBe(before.etag), soon);
});

test("the event stream tells that flags have changed, lets in nobody with a wrong or old address, and ends with the token", async () => {
  const { house, token } = await aServedPlace({ base, rules });
  let now = new Date();
  const [server, another] = [await aRuntimeServer({ clock: () => now }), await aRuntimeServer()];
  const { streamUrl } = await bulkOf(server, token);
  const listener = await listenTo(streamUrl);
  await vi.waitFor(() => expect(listener.frames).toHaveLength(1), soon);
  const told = listener.last("message");
  expect(told).toEqual({
    type: "refetchEvaluation",
    etag: expect.stringMatching(/^"sha256:/),
    lastModified: expect.any(Number),
  });
  const id = /^id: (.*)$/m.exec(listener.frames[0] ?? "")?.[1] ?? "";
  // Another process knows the address too, and whoever has heard of it is not told again.
  const elsewhere = await listenTo(streamUrl.replace(server.url, another.url), { "last-event-id": id });
  await deploy(house, base.replace("0.4", "0.5"));
  await vi.waitFor(() => expect(listener.frames).toHaveLength(2), soon);
  const etagOf = (one: Listening) => (one.last("message") as { readonly etag: string }).etag;
  await vi.waitFor(() => expect(elsewhere.frames).toHaveLength(1), soon);
  expect(etagOf(elsewhere)).toBe(etagOf(listener));

  for (const address of [`${streamUrl}x`, streamUrl.replace(/\.[^.]*$/, ""), `${server.url}/ofrep/v1/streams/`]) {
    const refused = await fetch(address);
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
  }
  const start = now;
  now = new Date(start.getTime() + 2 * 3_600_000);
  expect((await fetch(streamUrl)).status).toBe(401);
  await vi.waitFor(() => expect(listener.isOver()).toBe(true), soon);
  const renewed = await bulkOf(server, token);
  expect(renewed.streamUrl).not.toBe(streamUrl);
  now = start;

  const last = await listenTo(streamUrl);
  const { id: tokenId } = await database().apiToken.findFirstOrThrow({ orderBy: { id: "desc" } });
  await revokeToken(house.boss, { tokenId });
  await vi.waitFor(() => expect(last.isOver()).toBe(true), soon);
  expect((await fetch(streamUrl)).status).toBe(401);
});

test("a client that hears of a change before this process does is not answered with what was before", async () => {
  const { house, token } = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  const { etag } = await bulkOf(server, token);
  const ask = (query: string) =>
    post(server, bulkPath + query, token, { ...asks("ada"), headers: { "if-none-match": etag } });
  await withSql(testDatabase().ownerUrl, async (sql) => {
    await sql.query("ALTER TABLE deployment DISABLE TRIGGER tell_delivery");
    await deploy(house, base.replace("0.4", "0.5"));
    await sql.query("ALTER TABLE deployment ENABLE ALWAYS TRIGGER tell_delivery");
  });
  expect((await ask("")).status).toBe(304);
  expect((await ask(`?flagConfigEtag=${encodeURIComponent('"sha256:newer"')}`)).status).toBe(200);
});

test("browsers may ask from anywhere, with a token; refusals are readable there as well", async () => {
  const { token } = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  for (const path of [bulkPath, `${bulkPath}/temperature`, "/ofrep/v1/streams/x"]) {
    const preflight = await fetch(server.url + path, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    for (const name of ["Authorization", "X-API-Key", "Content-Type", "If-None-Match"]) {
      expect(preflight.headers.get("access-control-allow-headers")).toContain(name);
    }
  }
  const answers = [
    await post(server, bulkPath, token, asks("ada")),
    await post(server, bulkPath, token, { raw: "{" }),
    await post(server, `${bulkPath}/nothing`, token),
    await post(server, bulkPath, "plb_wrong"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 404, 401]);
  for (const answer of answers) {
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toBe("ETag, Retry-After");
  }
});

test("who may not ask gets what every path says, and bundles are chosen by name", async () => {
  const { house, token } = await aServedPlace({ base, rules });
  const server = await aRuntimeServer();
  const plain = await (await server.get("/runtime/v1/configuration")).text();
  for (const path of [bulkPath, `${bulkPath}/temperature`]) {
    const refused = await post(server, path, "plb_wrong");
    expect([refused.status, await refused.text()]).toEqual([401, plain]);
  }
  const reader = (await aToken(house, { role: "viewer" })).secret;
  expect((await post(server, bulkPath, reader)).status).toBe(403);

  await aBundle(house, "search");
  await deploy(house, "temperature: 0.9\ntop_k: 5\n", "search");
  await vi.waitFor(async () => {
    const { flags } = await bulkOf(server, token);
    expect(flags).toContainEqual(expect.objectContaining({ key: "top_k", value: 5 }));
    expect(flags).toContainEqual(expect.objectContaining({ key: "temperature", value: 0.4 }));
    expect(flags).toContainEqual(expect.objectContaining({ key: "search:temperature", value: 0.9 }));
  }, soon);
  const own = await post(server, `${bulkPath}/temperature?bundle=search`, token);
  expect(await own.json()).toMatchObject({
    value: 0.9,
    metadata: { bundle: "search", digest: digestOf({ temperature: 0.9, top_k: 5 }) },
  });
  const unknown = await post(server, `${bulkPath}?bundle=other`, token);
  expect([unknown.status, await unknown.json()]).toEqual([
    400,
    { errorCode: "GENERAL", errorDetails: "There is no bundle other; there are assistant, search" },
  ]);
  const wrongMethod = await server.get(bulkPath, token);
  expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "POST"]);
});

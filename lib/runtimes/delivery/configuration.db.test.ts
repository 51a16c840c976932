import { get as request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { revokeRole } from "#lib/accounts/commands/grants.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { createToken, revokeToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aBundle } from "#lib/gates/testing/house.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { aRuntimeServer, aServedPlace, aShortPatch, aToken, deploy } from "./testing/runtime-server.ts";

const path = "/runtime/v1/configuration";

test("a runtime gets the canonical configuration with all that names it, and 304 while it has it", async () => {
  const { token } = await aServedPlace({ base: "temperature: 0.4\nmodel: m-1\n" });
  const server = await aRuntimeServer();
  const answer = await server.get(path, token);
  const configuration = { temperature: 0.4, model: "m-1" };
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(canonicalJson(configuration));
  const etag = `"${digestOf(configuration)}"`;
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    etag,
    "content-type": "application/json",
    "cache-control": "private, no-cache",
    vary: "Accept-Encoding",
    "plumbline-bundle": "assistant",
    "plumbline-version": expect.stringMatching(/^\d+\.\d+\.\d+$/),
    "plumbline-snapshot": expect.stringMatching(/^\d+$/),
    "plumbline-digest": digestOf(configuration),
  });
  expect(answer.headers.has("plumbline-hot-patch")).toBe(false);
  for (const header of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await server.get(path, token, { "if-none-match": header });
    expect([header, again.status, await again.text()]).toEqual([header, 304, ""]);
    expect(again.headers.get("etag")).toBe(etag);
  }
  const other = await server.get(path, undefined, { "x-api-key": token, "if-none-match": '"sha256:0"' });
  expect(other.status).toBe(200);
});

test("a large configuration is sent compressed to whoever can read that, and is the same", async () => {
  const prompt = "Answer in the language of the question. ".repeat(400);
  const { token } = await aServedPlace({ base: `prompt: "${prompt}"\n` });
  const server = await aRuntimeServer();
  const bytesAs = (encoding: string) =>
    new Promise<{ readonly encoding: string | undefined; readonly body: Buffer }>((resolve) => {
      const headers = { authorization: `Bearer ${token}`, "accept-encoding": encoding };
      request(`${server.url}${path}`, { headers }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ encoding: response.headers["content-encoding"], body });
      });
    });
  const plain = await bytesAs("identity");
  expect(JSON.parse(plain.body.toString())).toEqual({ prompt });
  const read = { gzip: gunzipSync, br: brotliDecompressSync };
  for (const encoding of ["gzip", "br"] as const) {
    await vi.waitFor(async () => expect((await bytesAs(encoding)).encoding).toBe(encoding));
    const { body } = await bytesAs(`${encoding}, deflate;q=0.5`);
    expect(body.length).toBeLessThan(plain.body.length / 10);
    expect(read[encoding](body)).toEqual(plain.body);
  }
  expect((await bytesAs("gzip;q=0")).encoding).toBeUndefined();
});

test("whatever is wrong with a token, the answer is the same", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const past = new Date(Date.now() - 31 * 86_400_000);
  const expired = await aToken(house, { now: past });
  const revoked = await aToken(house, {});
  await revokeToken(house.boss, { tokenId: revoked.id });
  const owner = await aPerson({ name: "Grace", roles: ["administrator"] });
  const orphan = await createToken(owner, {
    name: "Pods",
    role: "runtime",
    system: house.system,
    environment: "development",
    days: 30,
  });
  const leaver = await aPerson({ name: "Ada", roles: ["administrator"] });
  const left = await createToken(leaver, {
    name: "Pods",
    role: "runtime",
    system: house.system,
    environment: "development",
    days: 30,
  });
  const grant = await database().roleGrant.findFirstOrThrow({ where: { personId: owner.id } });
  await revokeRole(house.boss, { grantId: grant.id });
  const { revision } = await database().person.findUniqueOrThrow({ where: { id: leaver.id } });
  await deactivatePerson(house.boss, { personId: leaver.id, revision, reason: "Has left" });
  const bad: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["no token", {}],
    ["no scheme", { authorization: token }],
    ["another scheme", { authorization: `Basic ${token}` }],
    ["something else", { authorization: "Bearer hello" }],
    ["a token nobody made", { authorization: `Bearer plb_${"a".repeat(43)}` }],
    ["one letter changed", { authorization: `Bearer ${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}` }],
    ["an expired one", { authorization: `Bearer ${expired.secret}` }],
    ["a revoked one", { authorization: `Bearer ${revoked.secret}` }],
    ["one whose owner lost the right", { authorization: `Bearer ${orphan.secret}` }],
    ["one whose owner left", { authorization: `Bearer ${left.secret}` }],
    ["a wrong key", { "x-api-key": "plb_" }],
    ["a bad token beside a good key", { authorization: "Bearer hello", "x-api-key": token }],
  ];
  const bodies = new Set<string>();
  for (const [name, headers] of bad) {
    for (const address of [path, `${path}?bundle=nothing`, `${path}?environment=nowhere`, "/runtime/v1/stream"]) {
      const answer = await server.get(address, undefined, headers);
      expect([name, address, answer.status]).toEqual([name, address, 401]);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="Plumbline"');
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      bodies.add(await answer.text());
    }
  }
  expect(bodies.size).toBe(1);
});

test("a token reaches its own environment and nothing else", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const other = await aServedPlace({ base: "temperature: 0.9\n" });
  const server = await aRuntimeServer();
  const refused = await Promise.all(
    ["staging", "nowhere", "production"].map(async (name) => {
      const answer = await server.get(`${path}?environment=${name}`, token);
      const { requestId: _, ...problem } = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, problem };
    }),
  );
  // Whether an environment exists makes no difference.
  expect(new Set(refused.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(refused[0]).toMatchObject({ status: 403, problem: { detail: "This token is for development alone" } });

  const wide = (await aToken(house, { role: "author", environment: null })).secret;
  expect((await server.get(path, wide)).status).toBe(422);
  expect((await server.get(`${path}?environment=nowhere`, wide)).status).toBe(404);
  expect((await server.get(`${path}?environment=staging`, wide)).status).toBe(404);
  const named = await server.get(`${path}?environment=development`, wide);
  expect(await named.json()).toEqual({ temperature: 0.4 });
  expect(await (await server.get(path, other.token)).json()).toEqual({ temperature: 0.9 });

  const reader = (await aToken(house, { role: "viewer" })).secret;
  expect((await server.get(path, reader)).status).toBe(403);
});

test("nothing deployed, no such bundle and several of them are said", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  await aBundle(house, "search");
  const server = await aRuntimeServer();
  const detailOf = async (address: string) => {
    const answer = await server.get(address, token);
    return [answer.status, ((await answer.json()) as { detail: string }).detail];
  };
  expect(await detailOf(path)).toEqual([
    422,
    "Say which bundle is meant, as in ?bundle=assistant; there are assistant, search",
  ]);
  expect(await detailOf(`${path}?bundle=search`)).toEqual([404, "Nothing of search is deployed in development yet"]);
  expect(await detailOf(`${path}?bundle=other`)).toEqual([
    404,
    "There is no bundle other; there are assistant, search",
  ]);
  expect(await detailOf("/runtime/v1/nothing")).toEqual([
    404,
    "There is nothing at /runtime/v1/nothing; see docs/runtimes.md",
  ]);
  expect((await server.get(`${path}?bundle=assistant`, token)).status).toBe(200);
  const post = await fetch(`${server.url}${path}`, { method: "POST" });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  const head = await fetch(`${server.url}${path}?bundle=assistant`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${token}` },
  });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("what is deployed is served by every process within moments", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const servers = [await aRuntimeServer(), await aRuntimeServer()];
  for (const server of servers) expect(await (await server.get(path, token)).json()).toEqual({ temperature: 0.4 });
  await deploy(house, "temperature: 0.5\n");
  for (const server of servers) {
    await vi.waitFor(async () => expect(await (await server.get(path, token)).json()).toEqual({ temperature: 0.5 }));
  }
});

test("a hot-patch is served until it ends, and not a moment longer although nobody takes it back", async () => {
  const place = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  expect(await (await server.get(path, place.token)).json()).toEqual({ temperature: 0.4 });
  const { number, expiresAt } = await aShortPatch(place, { pointer: "/temperature", value: 0, lasts: 1_500 });
  await vi.waitFor(async () => {
    const patched = await server.get(path, place.token);
    expect(await patched.json()).toEqual({ temperature: 0 });
    expect(patched.headers.get("plumbline-hot-patch")).toBe(String(number));
    expect(patched.headers.get("plumbline-valid-until")).toBe(expiresAt.toISOString());
  });
  let servedUntil = 0;
  for (let value = 0; value === 0; ) {
    const asked = Date.now();
    const answer = await server.get(path, place.token);
    value = ((await answer.json()) as { temperature: number }).temperature;
    if (value === 0) servedUntil = asked;
    else expect(answer.headers.has("plumbline-hot-patch")).toBe(false);
  }
  expect(servedUntil).toBeLessThan(expiresAt.getTime());
  expect(await database().hotPatch.findUniqueOrThrow({ where: { number } })).toMatchObject({ state: "active" });
});

test("a token that is revoked, or whose owner loses the right, is out with the next request", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const owner = await aPerson({ name: "Grace", roles: ["administrator"] });
  const mine = await createToken(owner, {
    name: "Pods",
    role: "runtime",
    system: house.system,
    environment: "development",
    days: 30,
  });
  const server = await aRuntimeServer();
  for (const secret of [token, mine.secret]) expect((await server.get(path, secret)).status).toBe(200);
  const { id } = await database().apiToken.findFirstOrThrow({ where: { ownerId: house.boss.id } });
  await revokeToken(house.boss, { tokenId: id });
  await vi.waitFor(async () => expect((await server.get(path, token)).status).toBe(401), {
    timeout: 500,
    interval: 10,
  });
  const grant = await database().roleGrant.findFirstOrThrow({ where: { personId: owner.id } });
  await revokeRole(house.boss, { grantId: grant.id });
  await vi.waitFor(async () => expect((await server.get(path, mine.secret)).status).toBe(401), {
    timeout: 500,
    interval: 10,
  });
});

test("a token ends by the clock", async () => {
  const { token } = await aServedPlace({ base: "temperature: 0.4\n" });
  let now = new Date();
  const server = await aRuntimeServer({ clock: () => now });
  expect((await server.get(path, token)).status).toBe(200);
  const { expiresAt } = await database().apiToken.findFirstOrThrow({ orderBy: { id: "desc" } });
  now = new Date(expiresAt.getTime() - 1);
  expect((await server.get(path, token)).status).toBe(200);
  now = expiresAt;
  expect((await server.get(path, token)).status).toBe(401);
});

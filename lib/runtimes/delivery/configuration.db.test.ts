import { gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { revokeRole } from "#lib/accounts/commands/grants.ts";
import { revokeToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aBundle } from "#lib/gates/testing/house.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { aRuntimeServer, aServedPlace, aToken, deploy } from "./testing/runtime-server.ts";

const path = "/runtime/v1/configuration";
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

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

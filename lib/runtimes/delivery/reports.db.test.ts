import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { aRuntimeServer, aServedPlace, aToken, type RuntimeServer } from "./testing/runtime-server.ts";

const digest = digestOf({ temperature: 0.4 });

function report(server: RuntimeServer, token: string | null, body: string, type = "application/json") {
  const headers = { "content-type": type, ...(token !== null && { authorization: `Bearer ${token}` }) };
  return fetch(`${server.url}/runtime/v1/reports`, { method: "POST", headers, body });
}

function compressed(server: RuntimeServer, token: string, body: string) {
  const coding = { "content-type": "application/json", "content-encoding": "gzip" };
  const headers = { ...coding, authorization: `Bearer ${token}` };
  return fetch(`${server.url}/runtime/v1/reports`, { method: "POST", headers, body: gzipSync(body) });
}

test("a report is answered once it is kept, with what its runtime is served", async () => {
  const { token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const server = await aRuntimeServer();
  const answer = await report(server, token, JSON.stringify({ instance: "pod-1", digest }));
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await answer.json()).toEqual({ accepted: true, wantsDocument: false, digest, restore: null });
  expect(await database().runtime.findFirstOrThrow({ where: { digest } })).toMatchObject({ instance: "pod-1" });
});

test("a report that cannot be taken says what was wrong, and where", async () => {
  const { house, token } = await aServedPlace({ base: "temperature: 0.4\n" });
  const reader = (await aToken(house, { role: "author" })).secret;
  const server = await aRuntimeServer();
  const tooLong = JSON.stringify({ instance: "pod-1", digest, document: { text: "x".repeat(1.5 * 1024 * 1024) } });
  const good = JSON.stringify({ instance: "pod-1", digest });
  const refused: readonly (readonly [string, Response, number, RegExp])[] = [
    ["no token", await report(server, null, good), 401, /token that holds/],
    ["a token that may not report", await report(server, reader, good), 403, /may not report/],
    ["half a body", await report(server, token, '{"instance": "po'), 400, /not JSON in UTF-8: .*position/],
    ["text", await report(server, token, good, "text/plain"), 415, /application\/json/],
    ["what is compressed", await compressed(server, token, good), 415, /without a Content-Encoding/],
    ["more than 1.5 MiB", await report(server, token, tooLong), 413, /at most 1.5 MiB/],
    ["nothing", await report(server, token, ""), 422, /./],
    ["no digest", await report(server, token, '{"instance": "pod-1"}'), 422, /digest/],
    ["another bundle", await report(server, token, good.replace("{", '{"bundle":"other",')), 404, /no bundle other/],
  ];
  for (const [name, answer, status, detail] of refused) {
    const problem = (await answer.json()) as { detail: string };
    expect([name, answer.status, answer.headers.get("content-type")]).toEqual([
      name,
      status,
      "application/problem+json",
    ]);
    expect(problem.detail).toMatch(detail);
  }
  expect(await database().runtime.count({ where: { systemId: house.systemId } })).toBe(0);
});

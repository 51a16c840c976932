import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature as Server } from "@openfeature/server-sdk";
import { ProviderEvents, OpenFeature as Web } from "@openfeature/web-sdk";
import { EventSource } from "eventsource";
import { OFREPApi, OFREPApiUnauthorizedError } from "ofrep-core-2";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { aRuntimeServer, aServedPlace, aShortPatch, deploy } from "../delivery/testing/runtime-server.ts";

const rules = {
  parameters: [
    aRule({ pattern: "/flags/*", kind: "flag" }),
    aRule({ pattern: "/experiments/*", kind: "experiment" }),
    aRule({ pattern: "/retry", kind: "retry" }),
  ],
};
const base = `
temperature: 0.4
zero: 0
model: m-1
nothing: ""
stream: false
stop: [a, b]
retry: { max_attempts: 3 }
flags:
  photos: { enabled: true, owner: search, expires: "2099-01-01", description: Photographs }
  welsh: { enabled: false, owner: search, expires: "2099-01-01", description: Welsh answers }
experiments:
  answers: { enabled: true, variants: { a: { value: short }, b: { value: long } } }
`;
const soon = { timeout: 5_000, interval: 10 };

// Only browsers have it.
beforeEach(() => {
  vi.stubGlobal("EventSource", EventSource);
});
afterEach(async () => {
  await Promise.all([Web.clearProviders(), Server.clearProviders()]);
  vi.unstubAllGlobals();
});

const headersOf = (token: string): [string, string][] => [["Authorization", `Bearer ${token}`]];

test("the core client reads one flag, all flags, and that nothing changed", async () => {
  const { token } = await aServedPlace({ base, rules });
  const { url } = await aRuntimeServer();
  const api = new OFREPApi({ baseUrl: url, headers: headersOf(token) });
  const context = { targetingKey: "ada" };
  expect(await api.postEvaluateFlag("/temperature", { context })).toMatchObject({
    httpStatus: 200,
    value: { value: 0.4 },
  });
  expect(await api.postEvaluateFlag("nowhere", { context })).toMatchObject({
    httpStatus: 404,
    value: { key: "nowhere", errorCode: "FLAG_NOT_FOUND" },
  });
  expect(await api.postEvaluateFlag("answers")).toMatchObject({
    httpStatus: 400,
    value: { key: "answers", errorCode: "TARGETING_KEY_MISSING" },
  });
  const all = await api.postBulkEvaluateFlags({ context });
  expect(all.httpStatus).toBe(200);
  const etag = all.httpResponse?.headers.get("etag") ?? "";
  expect(await api.postBulkEvaluateFlags({ context }, etag)).toMatchObject({ httpStatus: 304 });
  const stranger = new OFREPApi({ baseUrl: url, headers: headersOf("plb_wrong") });
  await expect(stranger.postBulkEvaluateFlags({ context })).rejects.toBeInstanceOf(OFREPApiUnauthorizedError);
});

test("a program on a server reads every type, falls back where it should, and is told what it ran on", async () => {
  const place = await aServedPlace({ base, rules });
  const { url } = await aRuntimeServer();
  const provider = new OFREPProvider({ baseUrl: url, headers: headersOf(place.token) });
  await Server.setProviderAndWait(provider);
  const client = Server.getClient();
  const ada = { targetingKey: "ada" };
  expect(await client.getNumberValue("temperature", 1, ada)).toBe(0.4);
  expect(await client.getNumberValue("zero", 1, ada)).toBe(0);
  expect(await client.getStringValue("model", "other", ada)).toBe("m-1");
  expect(await client.getStringValue("nothing", "other", ada)).toBe("");
  expect(await client.getBooleanValue("stream", true, ada)).toBe(false);
  expect(await client.getObjectValue("stop", [], ada)).toEqual(["a", "b"]);
  expect(await client.getObjectValue("/retry", {}, ada)).toEqual({ max_attempts: 3 });
  expect(await client.getBooleanValue("photos", false, ada)).toBe(true);
  expect(await client.getBooleanValue("welsh", true, ada)).toBe(true);
  expect(await client.getNumberDetails("model", 7, ada)).toMatchObject({ value: 7, errorCode: "TYPE_MISMATCH" });
  expect(await client.getNumberDetails("nowhere", 7, ada)).toMatchObject({ value: 7, errorCode: "FLAG_NOT_FOUND" });
  expect(await client.getStringDetails("answers", "x")).toMatchObject({
    value: "x",
    errorCode: "TARGETING_KEY_MISSING",
  });
  const assigned = await client.getStringDetails("answers", "x", ada);
  expect(assigned).toMatchObject({ reason: "SPLIT", variant: assigned.value === "short" ? "a" : "b" });

  const { number, expiresAt } = await aShortPatch(place, { pointer: "/temperature", value: 0.1, lasts: 30_000 });
  await vi.waitFor(async () => {
    expect(await client.getNumberDetails("temperature", 1, ada)).toMatchObject({
      value: 0.1,
      reason: "STATIC",
      flagMetadata: { bundle: "assistant", hotPatch: number, hotPatchExpires: expiresAt.toISOString() },
    });
  }, soon);
});

test("a page in a browser reads its flags once, and hears of changes without asking", async () => {
  const { house, token } = await aServedPlace({ base, rules });
  const { url } = await aRuntimeServer();
  const asked: string[] = [];
  const provider = new OFREPWebProvider({
    baseUrl: url,
    headers: headersOf(token),
    cacheMode: "disabled",
    fetchImplementation: (input, init) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return fetch(input, init);
    },
  });
  const changes: unknown[] = [];
  await Web.setContext({ targetingKey: "ada" });
  await Web.setProviderAndWait(provider);
  Web.addHandler(ProviderEvents.ConfigurationChanged, (event) => changes.push(event?.flagsChanged));
  const client = Web.getClient();
  expect(client.getNumberValue("temperature", 1)).toBe(0.4);
  expect(client.getObjectValue("retry", {})).toEqual({ max_attempts: 3 });
  expect(client.getNumberValue("retry.max_attempts", 0)).toBe(3);
  expect(client.getBooleanValue("photos", false)).toBe(true);
  expect(client.getBooleanDetails("welsh", true)).toMatchObject({ value: true, reason: "DISABLED" });
  expect(client.getNumberDetails("nowhere", 7)).toMatchObject({
    value: 7,
    errorCode: "FLAG_NOT_FOUND",
    flagMetadata: { bundle: "assistant", environment: "development" },
  });
  expect(client.getStringDetails("answers", "x")).toMatchObject({
    reason: "SPLIT",
    variant: expect.stringMatching(/^[ab]$/),
  });
  // The stream's first word: nothing that it does not have.
  await vi.waitFor(() => expect(asked).toHaveLength(2), soon);
  expect(changes).toEqual([]);

  await deploy(house, base.replace("0.4", "0.5"));
  await vi.waitFor(() => expect(client.getNumberValue("temperature", 1)).toBe(0.5), soon);
  expect(changes).toHaveLength(1);
  expect(asked.at(-1)).toContain("flagConfigEtag=%22sha256%3A");
});

test("a token that does not hold is fatal to a page", async () => {
  const { url } = await aRuntimeServer();
  const provider = new OFREPWebProvider({ baseUrl: url, headers: headersOf("plb_wrong"), cacheMode: "disabled" });
  await expect(Web.setProviderAndWait(provider)).rejects.toThrow();
  expect(Web.getClient().providerStatus).toBe("FATAL");
});

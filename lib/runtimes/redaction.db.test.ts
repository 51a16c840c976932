import { expect, test } from "vitest";
import { aHouse } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { withoutSecrets } from "./redaction.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";
import { aReport, observationsOf, runtimesOf } from "./testing/observing.ts";

const now = new Date("2027-01-04T09:00:00Z");
// Put together here, so that nothing in this file looks like a key to whoever scans it.
const key = ["sk", "proj", "Ab3dEf6hIj9kLm2nOp5qRs8t"].join("-");
const other = ["sk", "proj", "Zz3dEf6hIj9kLm2nOp5qRs8t"].join("-");
const fingerprint = { $redacted: expect.stringMatching(/^hmac-sha256:[0-9a-f]{32}$/) };

test.each([
  ["a value", { provider: { api_key: key } }, { provider: { api_key: fingerprint } }],
  ["one in a list", { keys: ["a", key] }, { keys: ["a", fingerprint] }],
  ["one inside a text", { prompt: `Use ${key} to call` }, { prompt: fingerprint }],
  ["a reference that is the secret itself", { auth: { $secret: key } }, { auth: fingerprint }],
  ["a proper reference stays", { auth: { $secret: "vault://a/b#c" } }, { auth: { $secret: "vault://a/b#c" } }],
  ["what is no key stays", { temperature: 0.7, note: "sk-" }, { temperature: 0.7, note: "sk-" }],
])("of a document with %s only the fingerprint is kept", (_, document, kept) => {
  expect(withoutSecrets(document)).toEqual(kept);
});

test("a key as the name of a member goes with all that stands under it", () => {
  const kept = withoutSecrets({ quotas: { [key]: { limit: 5 }, plain: 1 } });
  expect(JSON.stringify(kept)).not.toContain(key);
  expect(kept).toMatchObject({ quotas: { plain: 1 } });
  expect(Object.keys(kept.quotas as object)).toHaveLength(2);
});

test("the same key has the same fingerprint, another one another", () => {
  const [a, b, c] = [key, key, other].map((one) => withoutSecrets({ some: one }).some);
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
});

test("what a runtime reports is never kept with a key in it, and keeps its digest", async () => {
  const caller = await aCaller((await aHouse()).systemId);
  const document = { provider: { api_key: key }, temperature: 0.4 };
  const report = aReport(document, {
    document,
    origins: { "/provider/api_key": `env OPENAI=${key}` },
    health: "failing",
    healthNote: `401 for ${key}`,
  });
  await receiveReport(caller, report, now);
  await receiveReport(caller, { instance: "pod-2", unreadable: `line 3: ${key}` }, now);
  // Where the text is cut there would be half of it left.
  await receiveReport(caller, { instance: "pod-3", unreadable: `${"x ".repeat(240)}${key}` }, now);
  const kept = { runtimes: await runtimesOf(caller), observations: await observationsOf(caller) };
  expect(JSON.stringify(kept)).not.toContain(key.slice(0, 18));
  expect(kept.observations).toMatchObject([
    { digest: digestOf(document), document: { provider: { api_key: fingerprint }, temperature: 0.4 } },
  ]);
  expect(kept.runtimes[0]?.healthNote).toBe("(withheld, because it holds what looks like a secret: OpenAI key)");
  expect((await receiveReport(caller, aReport(document), now)).wantsDocument).toBe(false);
});

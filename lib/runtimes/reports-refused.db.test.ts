import { beforeEach, expect, test } from "vitest";
import { aBundle, aHouse, type House } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { RuntimeCaller } from "./model.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";
import { aReport, runtimesOf } from "./testing/observing.ts";

const now = new Date("2027-01-04T09:00:00Z");
const running = { temperature: 0.9 };

let house: House;
let caller: RuntimeCaller;
beforeEach(async () => {
  house = await aHouse();
  caller = await aCaller(house.systemId);
});

const deep = JSON.parse(`${'{"a":'.repeat(40)}1${"}".repeat(40)}`) as object;
test.each([
  ["no instance", { digest: digestOf(running) }, /^instance: /],
  ["a long name", aReport(running, { instance: "x".repeat(201) }), /^instance: Use at most 200 characters/],
  ["no digest and no reason", { instance: "a" }, /^digest: Give the digest of what runs, or say in unreadable/],
  ["both digest and unreadable", aReport(running, { unreadable: "why" }), /^unreadable: .*not both/],
  [
    "another digest than the document's",
    aReport(running, { document: {} }),
    /^digest: This document has the digest sha256:44136fa/,
  ],
  [
    "a document without a digest",
    { instance: "a", unreadable: "x", document: {} },
    /^digest: A document comes with its digest/,
  ],
  ["a list as a document", aReport(running, { document: [1] }), /^document: Give the document as an object/],
  [
    "a document that is too deep",
    aReport(running, { document: deep }),
    /^document: The document is nested deeper than 32/,
  ],
  ["a document that is too large", aReport(running, { document: { a: "x".repeat(1_100_000) } }), /^document: .*1 MiB/],
  ["too short an interval", aReport(running, { intervalSeconds: 1 }), /^intervalSeconds: Report at most every 5/],
  [
    "too many models",
    aReport(running, { models: Array(51).fill({ pointer: "/m", requested: "m" }) }),
    /^models: .*at most 50/,
  ],
  ["an origin of no pointer", aReport(running, { origins: { temperature: "file" } }), /^origins/],
  ["a NUL character", aReport(running, { healthNote: "a\0b" }), /healthNote/],
  ["an unknown bundle", aReport(running, { bundle: "nothing" }), /^There is no bundle nothing; there are assistant/],
])("a report is refused with %s", async (_, raw, message) => {
  await expect(receiveReport(caller, raw, now)).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringMatching(message),
  });
  expect(await runtimesOf(caller)).toEqual([]);
});

test("a token that may only fetch reports nothing", async () => {
  const fetching = { ...caller, mayReport: false };
  await expect(receiveReport(fetching, aReport(running), now)).rejects.toMatchObject({ code: "forbidden" });
});

test("where there are several bundles, one has to be named, and that is enough", async () => {
  await aBundle(house, "ranker");
  await expect(receiveReport(caller, aReport(running), now)).rejects.toMatchObject({
    code: "invalid",
    message: "bundle: Say which bundle is meant: assistant, ranker",
  });
  expect(await receiveReport(caller, aReport(running, { bundle: "ranker" }), now)).toMatchObject({
    accepted: true,
  });
});

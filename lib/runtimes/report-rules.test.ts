import { expect, test } from "vitest";
import { isSilent, latestOf, noveltyOf } from "./report-rules.ts";

const start = Date.parse("2027-01-04T09:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1_000);

const state = {
  fleet: "eu-west",
  digest: "sha256:aa",
  unreadable: null,
  modelsDigest: "sha256:m",
  build: "2189",
  health: "ok" as const,
  healthNote: null,
  client: "plumbline-sdk/0.1.0",
  intervalSeconds: 30,
  restored: "r-1",
};
const known = { ...state, lastSeenAt: at(0) };
const report = { ...state, restored: null, at: at(30) };

test.each([
  ["of an instance never seen is new", null, report, "new"],
  ["that says the same again is a heartbeat", known, report, "same"],
  ["at the very same moment is no older one", known, { ...report, at: at(0) }, "same"],
  [
    "from before the last one is older, whatever it says",
    known,
    { ...report, digest: "sha256:bb", at: at(-1) },
    "older",
  ],
  ["with another digest is a change", known, { ...report, digest: "sha256:bb" }, "changed"],
  ["that can't be read any more is a change", known, { ...report, digest: null, unreadable: "gone" }, "changed"],
  ["with another health is a change", known, { ...report, health: "failing" as const }, "changed"],
  ["with another note on its health is a change", known, { ...report, healthNote: "slow" }, "changed"],
  ["with other models is a change", known, { ...report, modelsDigest: "sha256:n" }, "changed"],
  ["with another build is a change", known, { ...report, build: "2190" }, "changed"],
  ["from another fleet is a change", known, { ...report, fleet: "eu-central" }, "changed"],
  ["at another interval is a change", known, { ...report, intervalSeconds: 60 }, "changed"],
  ["of another client is a change", known, { ...report, client: null }, "changed"],
  ["of a restore that is known is a heartbeat", known, { ...report, restored: "r-1" }, "same"],
  ["of a new restore is a change", known, { ...report, restored: "r-2" }, "changed"],
  ["just within twice the interval is a heartbeat", known, { ...report, at: at(60) }, "same"],
  ["after twice the interval returns from silence", known, { ...report, at: at(60.001) }, "returned"],
])("a report %s", (_, before, after, novelty) => {
  expect(noveltyOf(before, after)).toBe(novelty);
});

test.each([
  ["within twice its interval is not silent", 60, false],
  ["after it is", 60.001, true],
])("an instance %s", (_, seconds, expected) => {
  expect(isSilent(known, at(seconds))).toBe(expected);
});

test("of each instance the latest counts; of two at once, the one that came later", () => {
  const early = { key: "1", at: at(1) };
  const late = { key: "1", at: at(2) };
  const first = { key: "2", at: at(1) };
  const second = { key: "2", at: at(1) };
  expect([...latestOf([late, early, first, second])]).toEqual([late, second]);
  expect(latestOf([first, second]).has(second)).toBe(true);
});

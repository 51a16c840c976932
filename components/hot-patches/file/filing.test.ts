import { expect, test } from "vitest";
import {
  bodyOf,
  type Filing,
  faultsIn,
  filingFrom,
  isSaid,
  keepable,
  refusedBy,
  type WantedChange,
} from "#components/hot-patches/file/filing.ts";

const change: WantedChange = {
  pointer: "/temperature",
  title: "Temperature",
  before: 0.2,
  value: 0.9,
  isTakenAway: false,
};
const filing: Filing = {
  clientKey: "3f2a9c1de0",
  system: "desk",
  environment: "production",
  bundle: "assistant",
  incident: " INC-42 ",
  level: "sev2",
  reason: "Answers time out since noon",
  changes: [change],
  minutes: null,
};
const key = `sk-proj-${"a1B2".repeat(8)}`;

test.each([
  ["another value", change, true],
  ["the value that is there", { ...change, value: 0.2 }, false],
  ["no value yet", { ...change, value: undefined }, false],
  ["that it is taken away", { ...change, value: undefined, isTakenAway: true }, true],
  ["that what is not there is taken away", { ...change, before: undefined, isTakenAway: true }, false],
])("%s", (_, one, isNew) => {
  const { before, value, ...rest } = one;
  expect(isSaid({ ...rest, ...(before !== undefined && { before }), ...(value !== undefined && { value }) })).toBe(
    isNew,
  );
});

test("what is sent names the filing, and nothing that was left open", () => {
  const removed: WantedChange = { pointer: "/seed", title: "Seed", before: 7, isTakenAway: true };
  const untouched: WantedChange = { pointer: "/top_p", title: "Top p", before: 1, isTakenAway: false };
  expect(bodyOf({ ...filing, changes: [change, removed, untouched] })).toEqual({
    bundle: "assistant",
    incident: "INC-42",
    level: "sev2",
    reason: "Answers time out since noon",
    changes: [
      { pointer: "/temperature", value: 0.9 },
      { pointer: "/seed", remove: true },
    ],
    clientKey: "3f2a9c1de0",
  });
});

test.each<[string, Partial<Filing>, string]>([
  ["no incident", { incident: " " }, "incident"],
  ["a reason of one word", { reason: "slow" }, "reason"],
  ["no parameter", { changes: [] }, "changes"],
  ["no system", { system: "", environment: "", bundle: "" }, "system"],
  ["no environment", { environment: "" }, "environment"],
  ["a key in the reason", { reason: `Rotated, use ${key} until then` }, "reason"],
])("with %s it is not sent", (_, of, field) => {
  expect(Object.keys(faultsIn({ ...filing, ...of })?.fields ?? {})).toEqual([field]);
});

test("a whole filing is sent", () => {
  expect(faultsIn(filing)).toBeNull();
});

test("a parameter that stays as it is, and one that holds a key, say so", () => {
  const same = { ...change, value: 0.2 };
  const secret: WantedChange = { pointer: "/header", title: "Header", before: "", value: key, isTakenAway: false };
  const faults = faultsIn({ ...filing, changes: [same, secret] });
  expect(faults?.parameters).toMatchObject({
    "/temperature": "Give it another value than it has now",
    "/header": expect.stringContaining("looks like a secret"),
  });
});

test("what looks like a key is never kept, whatever it stands in", () => {
  const nested: WantedChange = {
    pointer: "/provider",
    title: "Provider",
    before: {},
    value: { region: "eu", api_key: "hV4x9Qm2Lw8Zk7Tp" },
    isTakenAway: false,
  };
  const kept = keepable({ ...filing, incident: key, reason: `Use ${key} until then`, changes: [change, nested] });
  expect(JSON.stringify(kept)).not.toContain(key);
  expect(JSON.stringify(kept)).not.toContain("hV4x9Qm2Lw8Zk7Tp");
  expect(kept.changes[0]).toEqual(change);
});

test("what was kept is read back, and what is no filing is not", () => {
  expect(filingFrom(JSON.parse(JSON.stringify(filing)))).toEqual(filing);
  expect(filingFrom({ ...filing, level: "sev9" })).toBeNull();
  expect(filingFrom({ ...filing, changes: [{ pointer: 3 }] })).toBeNull();
  expect(filingFrom(null)).toBeNull();
});

test("a refusal is shown where it belongs", () => {
  const refused = refusedBy(
    {
      detail: "This hot-patch cannot be filed: must be at most 2",
      errors: [
        { pointer: "#/incident", detail: "Use at most 80 characters" },
        { pointer: "#/changes/0/value", detail: "Give a value" },
        { pointer: "#/changes", detail: "must be at most 2" },
      ],
      problems: [{ pointer: "/seed", message: "must be at most 2" }],
      conflicts: [{ pointer: "/top_p", number: 3, incident: "INC-41" }],
    },
    ["/temperature"],
  );
  expect(refused).toEqual({
    message: "This hot-patch cannot be filed: must be at most 2",
    fields: { incident: "Use at most 80 characters" },
    parameters: {
      "/seed": "must be at most 2",
      "/top_p": "HP-3 (INC-41) sets it already: end that one first",
      "/temperature": "Give a value",
    },
  });
  expect(refusedBy("not a problem", []).message).toContain("what you typed is kept");
});

import { expect, test } from "vitest";
import { DEFAULT_OPERATION } from "#lib/systems/operations.ts";
import { aConstraint, aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { keyIn, rulesChanges, takenBack, withEntry, withoutEntry } from "./rules-changes.ts";

const temperature = aRule({ pattern: "/sampling/temperature" });
const name = aRule({ pattern: "/model/name", bundle: "answer" });
const limit = aConstraint({ id: "calm", expression: "config.sampling.temperature <= 1" });
const rules = someRules({ parameters: [temperature, name], constraints: [limit] });

test("every entry has a name in its list", () => {
  expect(keyIn("parameters", temperature)).toBe("/sampling/temperature");
  expect(keyIn("parameters", name)).toBe("answer#/model/name");
  expect(keyIn("constraints", limit)).toBe("calm");
  expect(keyIn("dependencies", { from: "/a", to: "/b", reason: "because" })).toBe("/a → /b");
});

test("the same rules have no changes, however their members are ordered", () => {
  const { pattern, ...rest } = temperature;
  expect(rulesChanges(rules, { ...rules, parameters: [{ ...rest, pattern }, name] })).toEqual([]);
});

test("entries are added at the end, changed in their place, and removed", () => {
  const riskier = { ...temperature, risk: "high" as const };
  const seed = aRule({ pattern: "/sampling/seed" });
  const changed = withEntry(rules, "parameters", { key: "/sampling/temperature", entry: riskier });
  const added = withEntry(changed, "parameters", { key: null, entry: seed });
  const after = withoutEntry(added, "constraints", "calm");
  expect(after.parameters).toEqual([riskier, name, seed]);
  expect(rulesChanges(rules, after)).toEqual([
    { list: "parameters", key: "/sampling/temperature", before: temperature, after: riskier },
    { list: "parameters", key: "/sampling/seed", after: seed },
    { list: "constraints", key: "calm", before: limit },
  ]);
});

test("an entry under another name is one removed and one added", () => {
  const renamed = { ...temperature, pattern: "/sampling/heat" };
  const after = withEntry(rules, "parameters", { key: "/sampling/temperature", entry: renamed });
  expect(rulesChanges(rules, after).map(({ key, before, after: now }) => [key, Boolean(before), Boolean(now)])).toEqual(
    [
      ["/sampling/heat", false, true],
      ["/sampling/temperature", true, false],
    ],
  );
});

test("every change can be taken back alone, and all of them together", () => {
  const after = withoutEntry(
    withEntry(rules, "parameters", { key: null, entry: aRule({ pattern: "/sampling/seed" }) }),
    "constraints",
    "calm",
  );
  const changes = rulesChanges(rules, after);
  for (const change of changes) expect(rulesChanges(rules, takenBack(after, change))).toHaveLength(changes.length - 1);
  expect(rulesChanges(rules, changes.reduce(takenBack, after))).toEqual([]);
});

test("how an environment is operated is an entry like any other", () => {
  const operation = { ...DEFAULT_OPERATION, id: "calm", environments: ["production"] };
  const after = withEntry(rules, "operations", { key: null, entry: operation });
  const changes = rulesChanges(rules, after);
  expect(changes).toEqual([{ list: "operations", key: "calm", after: operation }]);
  expect(rulesChanges(rules, changes.reduce(takenBack, after))).toEqual([]);
});

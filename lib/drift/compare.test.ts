import { describe, expect, test } from "vitest";
import type { PatchInEffect } from "#lib/hot-patches/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Origins } from "#lib/runtimes/model.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import type { IgnoreRuleFacts } from "./ignore.ts";
import { aRule, differencesOf, isDrifted, now, rulesWith } from "./testing/question.ts";

describe("severity", () => {
  const severity = (rule: Partial<ParameterRule>, declared: JsonObject, observed: JsonObject) =>
    differencesOf({ rules: rulesWith([aRule({ pattern: "/x", ...rule })]), declared, observed })[0]?.severity;
  test.each([
    ["is the risk of the parameter", { risk: "high" }, { x: 1 }, { x: 2 }, "high"],
    [
      "is critical for a guardrail that is off",
      { risk: "low", kind: "guardrail" },
      { x: true },
      { x: false },
      "critical",
    ],
    [
      "is at least high for a relaxed threshold",
      { risk: "low", strictness: "lower_is_stricter" },
      { x: 1 },
      { x: 2 },
      "high",
    ],
    [
      "stays critical for a relaxed threshold of critical risk",
      { risk: "critical", strictness: "lower_is_stricter" },
      { x: 1 },
      { x: 2 },
      "critical",
    ],
    ["is at least high for another model", { risk: "low", kind: "model" }, { x: "a" }, { x: "b" }, "high"],
    ["is at least medium for what is missing", { risk: "low" }, { x: 1 }, {}, "medium"],
  ] as const)("%s", (_, rule, declared, observed, expected) => {
    expect(severity(rule, declared, observed)).toBe(expected);
  });

  test("puts the worst first", () => {
    const rules = rulesWith([aRule({ pattern: "/a", risk: "low" }), aRule({ pattern: "/b", kind: "guardrail" })]);
    const found = differencesOf({ rules, declared: { a: 1, b: true }, observed: { a: 2, b: false } });
    expect(found.map(({ pointer }) => pointer)).toEqual(["/b", "/a"]);
  });
});

describe("parameters that nobody declared", () => {
  const rules = rulesWith([aRule({ pattern: "/known", risk: "high" })]);
  const found = (undeclared: "ignore" | "warn" | "strict") =>
    differencesOf({ rules, declared: {}, observed: { known: 1, other: 1 }, undeclared }).map(
      ({ pointer, severity }) => `${pointer} ${severity}`,
    );
  test("are findings like any other where policy is strict", () => {
    expect(found("strict")).toEqual(["/known high", "/other medium"]);
  });
  test("are of low severity where it warns, unless the catalogue describes them", () => {
    expect(found("warn")).toEqual(["/known high", "/other low"]);
  });
  test("are left out where it ignores them, unless the catalogue describes them", () => {
    expect(found("ignore")).toEqual(["/known high"]);
  });
});

describe("sentences", () => {
  const rules = rulesWith([
    aRule({ pattern: "/guardrails/*/threshold", title: "Threshold", strictness: "lower_is_stricter" }),
    aRule({ pattern: "/timeout", title: "Timeout", unit: "ms" }),
  ]);
  const sentence = (declared: JsonObject, observed: JsonObject, origins: Origins = {}) =>
    differencesOf({ rules, declared, observed, origins })[0]?.summary;
  test.each([
    [
      { guardrails: { toxicity: { threshold: 0.7 } } },
      { guardrails: { toxicity: { threshold: 0.9 } } },
      "Threshold (toxicity) is 0.9 instead of 0.7: relaxed by 0.2",
    ],
    [{ timeout: 100 }, { timeout: "100" }, "Timeout is text, “100”, instead of a number, 100 ms"],
    [{ timeout: 100 }, {}, "Timeout is not there, though 100 ms is declared"],
    [{}, { a: 1 }, "/a is 1 and nobody declared it"],
    [
      { api_key: "x" },
      { api_key: "sk-proj-abcdefghijklmnopqrstuvwx1234" },
      "/api_key is text that looks like a secret instead of “x”",
    ],
  ])("%j and %j", (declared, observed, expected) => {
    expect(sentence(declared, observed)).toBe(expected);
  });
  test("say where the value came from", () => {
    expect(sentence({ timeout: 100 }, { timeout: 200 }, { "/timeout": "env T" })).toBe(
      "Timeout is 200 ms instead of 100 ms, set by env T",
    );
  });
});

describe("hot-patches", () => {
  const rules = rulesWith([aRule({ pattern: "/x", title: "X" })]);
  const snapshotEffective = { x: 1, y: 1 };
  const aPatch = (expiresAt: string): PatchInEffect => ({
    id: "patch",
    number: 3,
    incident: "INC-7",
    changes: [{ pointer: "/x", before: 1, after: 2 }],
    state: "active",
    activatedAt: new Date("2026-11-22T08:00:00Z"),
    expiresAt: new Date(expiresAt),
    revertsAtExpiry: false,
  });
  const inForce = [aPatch("2026-11-22T14:00:00Z")];
  const over = [aPatch("2026-11-22T11:00:00Z")];
  const patched = { x: 2, y: 1 };

  test("what a patch in force sets is authorised and no drift", () => {
    const found = differencesOf({ rules, declared: patched, observed: patched, snapshotEffective, patches: inForce });
    expect(found).toEqual([
      {
        kind: "hot_patched",
        severity: "low",
        pointer: "/x",
        declared: 1,
        observed: 2,
        hotPatchId: "patch",
        summary: "X is 2 instead of 1: authorised by hot-patch HP-3 for INC-7 until 2026-11-22 14:00 UTC",
      },
    ]);
    expect(isDrifted(found)).toBe(false);
  });
  test("what has not taken it yet is drift, and says so", () => {
    const found = differencesOf({
      rules,
      declared: patched,
      observed: snapshotEffective,
      snapshotEffective,
      patches: inForce,
    });
    expect(found.map(({ kind, summary }) => `${kind}: ${summary}`)).toEqual([
      "value_changed: X is 1 instead of 2; it has not taken the hot-patch yet",
    ]);
    expect(isDrifted(found)).toBe(true);
  });
  test("beside a patch everything else still drifts", () => {
    const found = differencesOf({
      rules,
      declared: patched,
      observed: { x: 2, y: 5 },
      snapshotEffective,
      patches: inForce,
    });
    expect(found.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual(["value_changed /y", "hot_patched /x"]);
    expect(isDrifted(found)).toBe(true);
  });
  test("what a patch left behind when it ended is an expired one", () => {
    const found = differencesOf({ rules, declared: snapshotEffective, observed: patched, patches: over });
    expect(found.map(({ kind, severity, hotPatchId }) => [kind, severity, hotPatchId])).toEqual([
      ["expired_hot_patch", "high", "patch"],
    ]);
    expect(isDrifted(found)).toBe(true);
  });
  test("another value than the patch set is not explained by it", () => {
    const found = differencesOf({ rules, declared: snapshotEffective, observed: { x: 7, y: 1 }, patches: over });
    expect(found.map(({ kind }) => kind)).toEqual(["value_changed"]);
  });
  test("a parameter that a patch took away is authorised to be gone", () => {
    const gone = { y: 1 };
    const patches = inForce.map((patch) => ({ ...patch, changes: [{ pointer: "/x", before: 1 }] }));
    const found = differencesOf({ rules, declared: gone, observed: gone, snapshotEffective, patches });
    expect(found.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual(["hot_patched /x"]);
  });
});

describe("ignore rules", () => {
  const rule: IgnoreRuleFacts = {
    id: "rule",
    pattern: "/telemetry/*",
    kinds: [],
    environments: [],
    bundle: null,
    expiresAt: new Date("2026-12-01T00:00:00Z"),
    endedAt: null,
  };
  test.each([
    ["hides what its pattern matches", {}, "rule"],
    ["hides only its kinds", { kinds: ["value_changed"] }, "rule"],
    ["does not hide other kinds", { kinds: ["type_changed"] }, undefined],
    ["hides in its environments", { environments: ["production"] }, "rule"],
    ["does not hide in others", { environments: ["staging"] }, undefined],
    ["hides in its bundle", { bundle: "assistant" }, "rule"],
    ["does not hide in another", { bundle: "other" }, undefined],
    ["hides nothing elsewhere in the document", { pattern: "/logging/*" }, undefined],
    ["hides nothing from the moment that it expires", { expiresAt: now }, undefined],
    ["hides nothing once it was ended", { endedAt: new Date("2026-11-01T00:00:00Z") }, undefined],
  ] as const)("a rule %s", (_, difference, ignoredBy) => {
    const found = differencesOf({
      rules: rulesWith([]),
      declared: { telemetry: { rate: 0.1 } },
      observed: { telemetry: { rate: 0.5 } },
      ignoreRules: [{ ...rule, ...difference }],
    });
    expect(found.map((each) => each.ignoredBy)).toEqual([ignoredBy]);
    expect(isDrifted(found)).toBe(ignoredBy === undefined);
  });
});

import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { ServedModel } from "#lib/runtimes/model.ts";
import { crossEnvironmentDifferences, providerModelChanges, staleFlags } from "./beside.ts";
import { aRule, now, rulesWith } from "./testing/question.ts";

const where = { bundle: "assistant", environment: "production", ignoreRules: [], now };

describe("what a provider served", () => {
  const rules = rulesWith([aRule({ pattern: "/model/name", title: "Model release", kind: "model" })]);
  const model = (requested: string, served?: string, fingerprint?: string): ServedModel => ({
    pointer: "/model/name",
    requested,
    ...(served !== undefined && { served }),
    ...(fingerprint !== undefined && { fingerprint }),
  });
  const pinned = "gpt-5.4-2026-03-05";
  test.each([
    ["the pinned release", model(pinned, pinned), [], []],
    ["it under the provider's prefix", model(pinned, `openai/${pinned}`), [], []],
    ["a pinned name spelled out with its date", model("claude-opus-4-6", "claude-opus-4-6-20260205"), [], []],
    [
      "another release",
      model(pinned, "gpt-5.5-2026-09-01"),
      [],
      ["Model release: the provider serves “gpt-5.5-2026-09-01” where “gpt-5.4-2026-03-05” was asked for"],
    ],
    [
      "a smaller sibling, whose name begins alike",
      model("claude-opus-4-6", "claude-opus-4-6-mini"),
      [],
      ["Model release: the provider serves “claude-opus-4-6-mini” where “claude-opus-4-6” was asked for"],
    ],
    ["what an alias stood for before", model("gpt-latest", "gpt-a"), [model("gpt-latest", "gpt-a")], []],
    [
      "something else than an alias stood for",
      model("gpt-latest", "gpt-b"),
      [model("gpt-latest", "gpt-a")],
      ["Model release: “gpt-latest” is “gpt-b” now, it was “gpt-a”: the provider moved it"],
    ],
    [
      "the same name from another system",
      model(pinned, pinned, "fp_2"),
      [model(pinned, pinned, "fp_1")],
      [
        "Model release: the provider's fingerprint of “gpt-5.4-2026-03-05” is fp_2, it was fp_1: what serves it changed",
      ],
    ],
    ["nothing that it told", model(pinned), [], []],
  ] as const)("is %s", (_, reported, before, expected) => {
    const found = providerModelChanges({ ...where, rules, models: [reported], before });
    expect(found.map((one) => one.summary)).toEqual(expected);
    expect(found.every((one) => one.kind === "provider_model_changed")).toBe(true);
  });
});

describe("flags", () => {
  const rules = rulesWith([aRule({ pattern: "/flags/*", title: "Flag", kind: "flag" })]);
  const document: JsonObject = {
    flags: {
      past: { enabled: true, owner: "team-search", expires: "2026-11-21" },
      today: { enabled: true, owner: "team-search", expires: "2026-11-22" },
      never: { enabled: true },
    },
  };
  test("are stale from the day after their last", () => {
    const found = staleFlags({ ...where, rules, document });
    expect(found.map((one) => one.summary)).toEqual([
      "Flag (past) expired on 2026-11-21 and is still set; team-search removes it or decides on a later day",
    ]);
  });
  test("are hidden by the one evaluator of ignore rules", () => {
    const rule = { id: "i", pattern: "/flags/*", kinds: [], environments: [], bundle: null, endedAt: null } as const;
    const ignoreRules = [{ ...rule, expiresAt: new Date("2026-12-01T00:00:00Z") }];
    const found = staleFlags({ ...where, rules, document, ignoreRules });
    expect(found.map((one) => one.ignoredBy)).toEqual(["i"]);
  });
});

describe("between environments", () => {
  const rules = rulesWith([
    aRule({ pattern: "/top_p", title: "Top p", environmentPolicy: "same" }),
    aRule({ pattern: "/rate", title: "Rate" }),
  ]);
  const side = (declared: JsonObject, observed: JsonObject, origins = {}) => ({ declared, observed, origins });
  const found = (here: ReturnType<typeof side>, staging: ReturnType<typeof side>) =>
    crossEnvironmentDifferences({ ...where, rules, here, others: [{ ...staging, environment: "staging" }] }).map(
      (one) => one.summary,
    );
  const declared = { top_p: 1, rate: 1 };
  const sentence = "Top p is 0.9 here and 1 in staging; it must be the same in every environment";
  test.each([
    ["what runs as declared in both is in order", side(declared, declared), side(declared, declared), []],
    ["what must be the same and is not", side(declared, { top_p: 0.9, rate: 1 }), side(declared, declared), [sentence]],
    [
      "what differs there is found there, not here",
      side(declared, declared),
      side(declared, { top_p: 0.9, rate: 1 }),
      [],
    ],
    ["what may differ", side(declared, { top_p: 1, rate: 9 }), side(declared, declared), []],
    [
      "another version on its way",
      side({ top_p: 0.9, rate: 1 }, { top_p: 0.9, rate: 1 }),
      side(declared, declared),
      [],
    ],
    [
      "what an environment variable spells otherwise",
      side(declared, { top_p: "1.0", rate: 1 }, { "/top_p": "env TOP_P" }),
      side(declared, declared),
      [],
    ],
  ])("%s", (_, here, staging, expected) => {
    expect(found(here, staging)).toEqual(expected);
  });
});

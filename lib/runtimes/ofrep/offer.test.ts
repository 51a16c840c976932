import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Rules } from "#lib/systems/model.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { representationsOf } from "../delivery/representations.ts";
import type { Served, ServedBundle, ServedEnvironment } from "../delivery/served.ts";
import { evaluateKey, evaluateSplits, offerOf } from "./offer.ts";

const rules = someRules({
  parameters: [
    aRule({ pattern: "/flags/*", kind: "flag" }),
    aRule({ pattern: "/experiments/*/enabled", kind: "experiment" }),
    aRule({ pattern: "/experiments/*/traffic_share", kind: "experiment" }),
    aRule({ pattern: "/experiments/*/variants/*", kind: "experiment" }),
    aRule({ pattern: "/guardrails/*", kind: "guardrail" }),
  ],
});
const started = new Date("2027-01-04T09:00:00Z");
const ends = new Date("2027-01-04T13:00:00Z");
const flag = (more: JsonObject) => ({ owner: "search", expires: "2027-03-01", description: "Something", ...more });

function aServed(value: JsonObject, patched: readonly string[] = [], of: Rules = rules): Served {
  const digest = digestOf(value);
  const patches = patched.map((pointer, index) => ({
    id: `patch-${index}`,
    number: index + 7,
    incident: "INC-1",
    changes: [{ pointer, after: 0 }],
    state: "active" as const,
    activatedAt: started,
    expiresAt: ends,
    revertsAtExpiry: true,
  }));
  const state = {
    bundleId: "b",
    environmentId: "e",
    systemId: "s",
    deployment: { id: "d", number: 3, since: started },
    snapshot: {
      id: "n",
      number: 12,
      versionId: "v",
      rulesVersionId: "r",
      effective: value,
      effectiveDigest: digest,
      underHotPatch: false,
    },
    patches,
    declared: value,
    declaredDigest: digest,
    served: value,
    servedDigest: digest,
    validUntil: patches.length > 0 ? ends : null,
  };
  const representations = representationsOf({ slug: "assistant", version: "1.4.0", state }, null);
  return { version: "1.4.0", rules: of, state, representations, frame: "" };
}

function anEnvironment(...bundles: readonly Partial<ServedBundle>[]): ServedEnvironment {
  return {
    environmentId: "e",
    systemId: "s",
    environment: "production",
    bundles: bundles.map((bundle) => ({
      slug: "assistant",
      isArchived: false,
      served: null,
      restore: null,
      stamp: "",
      ...bundle,
    })),
    etag: '"sha256:all"',
    changedAt: started,
    validUntil: bundles.some(({ served }) => served?.state.validUntil) ? ends : null,
  };
}

const offered = (value: JsonObject, patched: readonly string[] = []) =>
  offerOf(anEnvironment({ served: aServed(value, patched) }), null);

/** Key → what it is, without the metadata. */
function bulk(value: JsonObject, targetingKey: string | null = "ada"): Readonly<Record<string, unknown>> {
  const offer = offered(value);
  const all: readonly Readonly<Record<string, unknown>>[] = [
    ...(JSON.parse(`[${offer.fixed}]`) as Record<string, unknown>[]),
    ...evaluateSplits(offer, targetingKey).map((one) => ({ ...one })),
  ];
  return Object.fromEntries(
    all.map(({ key, metadata: _, errorDetails: __, ...rest }) => [key as string, rest as unknown]),
  );
}

describe("a bulk evaluation lists", () => {
  test.each<[string, JsonObject, Readonly<Record<string, unknown>>]>([
    [
      "every parameter by its dotted key, as the type that it has",
      { sampling: { temperature: 0.2, seed: 0 }, stream: false, name: "", stop: ["a"], none: {} },
      {
        "sampling.temperature": { reason: "STATIC", value: 0.2 },
        "sampling.seed": { reason: "STATIC", value: 0 },
        stream: { reason: "STATIC", value: false },
        name: { reason: "STATIC", value: "" },
        stop: { reason: "STATIC", value: ["a"] },
        none: { reason: "STATIC", value: {} },
      },
    ],
    [
      "a parameter that is a mapping, and what is set in it",
      { guardrails: { toxicity: { threshold: 0.6, action: "block" } } },
      {
        "guardrails.toxicity": { reason: "STATIC", value: { threshold: 0.6, action: "block" } },
        "guardrails.toxicity.threshold": { reason: "STATIC", value: 0.6 },
        "guardrails.toxicity.action": { reason: "STATIC", value: "block" },
      },
    ],
    ["null as no value at all: programs use their own", { limit: null }, { limit: { reason: "STATIC" } }],
    [
      "a reference to a secret as one value, and as nothing more",
      { guardrails: { key: { $secret: "vault://a#b" } } },
      { "guardrails.key": { reason: "STATIC", value: { $secret: "vault://a#b" } } },
    ],
    ["a name with a dot in it by its pointer", { "a.b": 1 }, { "/a.b": { reason: "STATIC", value: 1 } }],
    [
      "flags by their names too: switched on, with a value, switched off",
      {
        flags: { on: flag({ enabled: true }), text: flag({ value: "blue" }), off: flag({ enabled: false, value: 3 }) },
      },
      {
        on: { reason: "STATIC", value: true },
        "flags.on": { reason: "STATIC", value: true },
        text: { reason: "STATIC", value: "blue" },
        "flags.text": { reason: "STATIC", value: "blue" },
        off: { reason: "DISABLED" },
        "flags.off": { reason: "DISABLED" },
      },
    ],
    [
      "a flag under the name of a parameter only by its dotted key",
      { temperature: 0.2, flags: { temperature: flag({ enabled: true }) } },
      {
        temperature: { reason: "STATIC", value: 0.2 },
        "flags.temperature": { reason: "STATIC", value: true },
      },
    ],
    [
      "an experiment that is switched off without a value",
      { experiments: { answers: { enabled: false, variants: { a: "As it is", b: "Shorter" } } } },
      { answers: { reason: "DISABLED" }, "experiments.answers": { reason: "DISABLED" } },
    ],
  ])("%s", (_, value, expected) => {
    expect(bulk(value)).toEqual(expected);
  });
});

describe("what depends on who asks", () => {
  const experiment = { enabled: true, variants: { a: { value: 1, weight: 1 }, b: { value: 2, weight: 1 } } };
  const people = Array.from({ length: 400 }, (_, index) => `person-${index}`);

  test("an experiment gives each a variant with its value, always the same", () => {
    const offer = offered({ experiments: { answers: experiment } });
    const all = people.map((key) => evaluateKey(offer, "answers", key));
    expect(new Set(all.map((one) => ("variant" in one ? one.variant : "")))).toEqual(new Set(["a", "b"]));
    for (const [index, one] of all.entries()) {
      expect(one).toMatchObject({ reason: "SPLIT", ...("variant" in one && { value: one.variant === "a" ? 1 : 2 }) });
      expect(evaluateKey(offer, "/experiments/answers", people[index] ?? "")).toMatchObject({
        ...one,
        key: "/experiments/answers",
      });
    }
  });

  test("who takes no part uses their own value", () => {
    const offer = offered({ experiments: { answers: { ...experiment, traffic_share: 0.25 } } });
    const out = people.map((key) => evaluateKey(offer, "answers", key)).filter((one) => !("value" in one));
    expect(out.length).toBeGreaterThan(240);
    expect(out.length).toBeLessThan(360);
    expect(out[0]).toMatchObject({ reason: "DEFAULT" });
  });

  test("a flag that is rolled out in part is on for that part", () => {
    const offer = offered({ flags: { photos: flag({ enabled: true, rollout: 0.5 }) } });
    const values = people.map((key) => evaluateKey(offer, "photos", key)).map((one) => "value" in one && one.value);
    expect(values.filter((value) => value === true).length).toBeGreaterThan(140);
    expect(values.filter((value) => value === false).length).toBeGreaterThan(140);
    const none = offered({ flags: { photos: flag({ enabled: true, rollout: 0, value: "big" }) } });
    expect(evaluateKey(none, "photos", "ada")).toMatchObject({ reason: "DEFAULT" });
    expect(evaluateKey(none, "photos", "ada")).not.toHaveProperty("value");
  });

  test("without a targeting key only that is refused", () => {
    const value = { temperature: 0.2, experiments: { answers: experiment } };
    expect(evaluateKey(offered(value), "answers", null)).toMatchObject({ errorCode: "TARGETING_KEY_MISSING" });
    expect(evaluateKey(offered(value), "temperature", null)).toMatchObject({ value: 0.2 });
    expect(bulk(value, null)).toMatchObject({
      temperature: { value: 0.2 },
      answers: { errorCode: "TARGETING_KEY_MISSING" },
    });
  });
});

describe("one flag is found", () => {
  const value = { sampling: { temperature: 0.2 }, flags: { on: flag({ enabled: true }) }, "a/b": { "c~d": 1 } };
  test.each<[string, Json | undefined]>([
    ["sampling.temperature", 0.2],
    ["/sampling/temperature", 0.2],
    ["sampling", { temperature: 0.2 }],
    ["/sampling", { temperature: 0.2 }],
    ["assistant:sampling.temperature", 0.2],
    ["assistant:/sampling/temperature", 0.2],
    ["on", true],
    ["flags.on", true],
    ["/flags/on", true],
    ["/flags/on/owner", "search"],
    ["/a~1b/c~0d", 1],
    ["other:sampling.temperature", undefined],
    ["sampling.nothing", undefined],
    ["sampling.temperature.more", undefined],
    ["/a~2b", undefined],
    ["constructor", undefined],
    ["__proto__", undefined],
    ["", undefined],
  ])("%j", (key, expected) => {
    const found = evaluateKey(offered(value), key, null);
    if (expected === undefined) expect(found).toMatchObject({ key, errorCode: "FLAG_NOT_FOUND" });
    else expect(found).toMatchObject({ key, value: expected });
  });
});

test("metadata says which version, digest and snapshot, and which hot-patch a value comes from, until when", () => {
  const value = { sampling: { temperature: 0, top_p: 1 } };
  const offer = offered(value, ["/sampling/temperature", "/other"]);
  const common = { bundle: "assistant", version: "1.4.0", digest: digestOf(value), snapshot: 12 };
  expect(evaluateKey(offer, "sampling.temperature", null)).toMatchObject({
    metadata: { ...common, pointer: "/sampling/temperature", hotPatch: 7, hotPatchExpires: ends.toISOString() },
  });
  expect(evaluateKey(offer, "sampling", null)).toMatchObject({ metadata: { hotPatch: 7 } });
  expect(evaluateKey(offer, "sampling.top_p", null)).toEqual({
    key: "sampling.top_p",
    value: 1,
    reason: "STATIC",
    metadata: { ...common, pointer: "/sampling/top_p" },
  });
  expect(offer.metadata).toEqual({
    environment: "production",
    ...common,
    hotPatches: "7, 8",
    validUntil: ends.toISOString(),
  });
});

test("several bundles are told apart: the oldest has the key, the others are named before it", () => {
  const environment = anEnvironment(
    { slug: "assistant", served: aServed({ temperature: 0.2, model: "m" }) },
    { slug: "search", served: aServed({ temperature: 0.9, top_k: 5 }) },
    { slug: "old", isArchived: true, served: aServed({ gone: 1 }) },
    { slug: "new", served: null },
  );
  const offer = offerOf(environment, null);
  const keys = (JSON.parse(`[${offer.fixed}]`) as { key: string; value: Json }[]).map(({ key, value }) => [key, value]);
  expect(Object.fromEntries(keys)).toEqual({ temperature: 0.2, model: "m", "search:temperature": 0.9, top_k: 5 });
  expect(evaluateKey(offer, "search:temperature", null)).toMatchObject({ value: 0.9, metadata: { bundle: "search" } });
  expect(evaluateKey(offer, "temperature", null)).toMatchObject({ value: 0.2 });
  expect(evaluateKey(offer, "gone", null)).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
  expect(offer.metadata).toEqual({ environment: "production", bundles: "assistant, search", digest: "sha256:all" });
  expect(evaluateKey(offerOf(environment, "search"), "temperature", null)).toMatchObject({ value: 0.9 });
  expect(() => offerOf(environment, "nothing")).toThrow(Refusal);
});

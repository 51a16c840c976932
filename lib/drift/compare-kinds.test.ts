import { expect, test } from "vitest";
import { aRule, foundIn, type Triple } from "./testing/question.ts";

const number = { type: "number" } as const;

const triples: readonly Triple[] = [
  [
    "a model",
    [aRule({ pattern: "/x", kind: "model" })],
    { x: "gpt-5.4-2026-03-05" },
    { x: "gpt-5.4" },
    ["model_changed /x"],
  ],
  [
    "a guardrail switched off",
    [aRule({ pattern: "/x", kind: "guardrail", schema: { type: "boolean" } })],
    { x: true },
    { x: false },
    ["guardrail_disabled /x"],
  ],
  [
    "a guardrail that is gone",
    [aRule({ pattern: "/x", kind: "guardrail", strictness: "lower_is_stricter" })],
    { x: 0.6 },
    {},
    ["guardrail_disabled /x"],
  ],
  [
    "a message of a guardrail that is gone",
    [aRule({ pattern: "/x", kind: "guardrail" })],
    { x: "No." },
    {},
    ["missing_parameter /x"],
  ],
  [
    "a threshold relaxed upwards",
    [aRule({ pattern: "/x", strictness: "lower_is_stricter" })],
    { x: 0.6 },
    { x: 0.7 },
    ["threshold_relaxed /x"],
  ],
  [
    "a threshold relaxed downwards",
    [aRule({ pattern: "/x", strictness: "higher_is_stricter" })],
    { x: 0.6 },
    { x: 0.5 },
    ["threshold_relaxed /x"],
  ],
  [
    "a threshold tightened",
    [aRule({ pattern: "/x", strictness: "lower_is_stricter" })],
    { x: 0.6 },
    { x: 0.5 },
    ["value_changed /x"],
  ],
  [
    "a threshold relaxed by an environment variable says what it does first",
    [aRule({ pattern: "/x", strictness: "lower_is_stricter", schema: number })],
    { x: 0.6 },
    { x: "0.7" },
    ["threshold_relaxed /x"],
    { "/x": "env X" },
  ],
  ["a mapping where a value was", [], { x: 1 }, { x: { a: 1, b: 2 } }, ["type_changed /x"]],
  ["a value where a mapping was", [], { x: { a: 1, b: 2 } }, { x: 1 }, ["type_changed /x"]],
  ["an empty mapping is filled", [], { x: {} }, { x: { a: 1 } }, ["shadow_parameter /x/a"]],
  ["an empty mapping is not nothing", [], { x: {} }, {}, ["missing_parameter /x"]],
  ["unless the catalogue only describes what lies in it", [aRule({ pattern: "/x/*" })], { x: {} }, {}, []],
  [
    "an empty member that a wildcard finds is something",
    [aRule({ pattern: "/x/*/y" })],
    {},
    { x: { a: {} } },
    ["shadow_parameter /x/a"],
  ],
  [
    "a rule of a whole and one of its part tell them apart",
    [aRule({ pattern: "/m" }), aRule({ pattern: "/m/n", kind: "model" })],
    { m: { n: "a", p: "b" } },
    { m: { n: "c", p: "b" } },
    ["model_changed /m/n"],
  ],
];

test.each(triples.map((triple) => [triple[0], triple] as const))("%s", (_, triple) => {
  expect(foundIn(triple)).toEqual(triple[4]);
});

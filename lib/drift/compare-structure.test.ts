import { expect, test } from "vitest";
import type { Comparison } from "#lib/systems/model.ts";
import { aRule, comparing, foundIn, type Triple } from "./testing/question.ts";

const list = (comparison: Comparison) => comparing(comparison, { schema: { type: "array" } });
const tools = { list: { key: ["name"] } } as const;
const hidden = { $redacted: "hmac:1f" };

const triples: readonly Triple[] = [
  ["a default left out is declared all the same", [aRule({ pattern: "/x", default: 5 })], {}, { x: 5 }, []],
  ["and observed all the same", [aRule({ pattern: "/x", default: 5 })], { x: 5 }, {}, []],
  [
    "but not when it is set to something else",
    [aRule({ pattern: "/x", default: 5 })],
    {},
    { x: 6 },
    ["value_changed /x"],
  ],
  [
    "a default below a wildcard applies to each member",
    [aRule({ pattern: "/f/*/t", default: 5 })],
    { f: { a: { n: 1, t: 5 } } },
    { f: { a: { n: 1 } } },
    [],
  ],
  [
    "and is no difference of its own where the member is new",
    [aRule({ pattern: "/f/*/t", default: 5 })],
    { f: { a: { n: 1 } } },
    { f: { a: { n: 1 }, b: { n: 1 } } },
    ["shadow_parameter /f/b/n"],
  ],
  [
    "defaults of a mapping's members come from its schema",
    [aRule({ pattern: "/x", schema: { type: "object", properties: { d: { default: "" } } } })],
    { x: { e: true } },
    { x: { e: true, d: "" } },
    [],
  ],
  ["null is not absent", [], { x: null }, {}, ["missing_parameter /x"]],
  ["unless the rule says so", comparing({ absentAs: ["null"] }), { x: null }, {}, []],
  ["nor is an empty list", [], {}, { x: [] }, ["shadow_parameter /x"]],
  ["unless the rule says so", comparing({ absentAs: ["empty"] }), {}, { x: [] }, []],
  [
    "null that counts as absent stands for the default",
    comparing({ absentAs: ["null"] }, { default: 5 }),
    { x: 5 },
    { x: null },
    [],
  ],
  ["lists are ordered", [], { x: [1, 2] }, { x: [2, 1] }, ["value_changed /x"]],
  ["unless they are sets", list({ list: "set" }), { x: ["b", "a"] }, { x: ["a", "b", "a"] }, []],
  ["a set with another member differs", list({ list: "set" }), { x: ["a"] }, { x: ["a", "b"] }, ["value_changed /x"]],
  [
    "a list of mappings by key is in any order",
    list(tools),
    {
      x: [
        { name: "a", v: 1 },
        { name: "b", v: 2 },
      ],
    },
    {
      x: [
        { v: 2, name: "b" },
        { name: "a", v: 1 },
      ],
    },
    [],
  ],
  [
    "and differs where a member does",
    list(tools),
    { x: [{ name: "a", v: 1 }] },
    { x: [{ name: "a", v: 2 }] },
    ["value_changed /x"],
  ],
  [
    "what is volatile is left out on both sides",
    comparing({ isVolatile: true }),
    { x: "2026-01-01" },
    { x: "2026-02-02" },
    [],
  ],
  ["what the runtime owns never drifts", comparing({ owner: "runtime" }), { x: 1 }, { x: 900 }, []],
  ["not even when it is not there", comparing({ owner: "runtime" }), { x: 1 }, {}, []],
  [
    "what is shared may move within its bounds",
    comparing({ owner: "shared", bounds: { minimum: 1, maximum: 8 } }),
    { x: 2 },
    { x: 8 },
    [],
  ],
  [
    "and drifts outside them",
    comparing({ owner: "shared", bounds: { minimum: 1, maximum: 8 } }),
    { x: 2 },
    { x: 9 },
    ["value_changed /x"],
  ],
  [
    "line ends and one final line end do not count",
    [aRule({ pattern: "/x", kind: "prompt" })],
    { x: "a\nb\n" },
    { x: "a\r\nb" },
    [],
  ],
  [
    "white space in a prompt does",
    [aRule({ pattern: "/x", kind: "prompt" })],
    { x: "a b" },
    { x: "a b " },
    ["prompt_changed /x"],
  ],
  [
    "and so does a second final line end",
    [aRule({ pattern: "/x", kind: "prompt" })],
    { x: "a\n" },
    { x: "a\n\n" },
    ["prompt_changed /x"],
  ],
  ["unless the rule trims", comparing({ text: "trimmed" }), { x: " a " }, { x: "a" }, []],
  ["Unicode forms differ", [], { x: "é" }, { x: "e\u0301" }, ["value_changed /x"]],
  ["unless the rule folds them", comparing({ text: "nfc" }), { x: "é" }, { x: "e\u0301" }, []],
  ["one secret is the same reference", [], { k: { $secret: "vault://a#b" } }, { k: { $secret: "vault://a#b" } }, []],
  [
    "another secret is another value",
    [],
    { k: { $secret: "vault://a#b" } },
    { k: { $secret: "vault://a#c" } },
    ["value_changed /k"],
  ],
  ["a secret shown as a fingerprint can't be told apart", [], { k: { $secret: "vault://a#b" } }, { k: hidden }, []],
  [
    "a secret in a described mapping neither",
    [aRule({ pattern: "/p" })],
    { p: { k: { $secret: "vault://a#b" }, n: 1 } },
    { p: { n: 1, k: hidden } },
    [],
  ],
  ["two fingerprints are compared", [], { k: hidden }, { k: { $redacted: "hmac:2f" } }, ["value_changed /k"]],
  ["a secret that is not there is missing", [], { k: { $secret: "vault://a#b" } }, {}, ["missing_parameter /k"]],
  ["a secret where plain text was declared", [], { k: "none" }, { k: hidden }, ["type_changed /k"]],
  [
    "a prompt by reference is compared by value",
    [aRule({ pattern: "/x", kind: "prompt" })],
    { x: { $prompt: "a@1.0.0" } },
    { x: { $prompt: "a@1.1.0" } },
    ["prompt_changed /x"],
  ],
];

/** One for each thing that people complain about in tools that compare configuration. */
const complaints: readonly Triple[] = [
  [
    "a default written out is no drift",
    [aRule({ pattern: "/replicas", default: 1 })],
    { name: "a" },
    { name: "a", replicas: 1 },
    [],
  ],
  [
    "nil and the empty text are as the field says",
    comparing({ absentAs: ["null", "empty"] }),
    { x: "" },
    { x: null },
    [],
  ],
  ["a quantity spelled otherwise is no drift", comparing({ as: "quantity" }), { x: "1000m" }, { x: 1 }, []],
  [
    "an element of a list that differs is seen",
    list({ list: "set" }),
    { x: [{ a: 1 }, { b: 2 }] },
    { x: [{ b: 2 }, { a: 3 }] },
    ["value_changed /x"],
  ],
  [
    "a change of a secret's reference is never left out",
    [],
    { k: { $secret: "vault://old" } },
    { k: { $secret: "vault://new" } },
    ["value_changed /k"],
  ],
  [
    "a placeholder of another length is no drift",
    [],
    { k: { $secret: "vault://a" } },
    { k: { $redacted: "++++++++++++++++" } },
    [],
  ],
  ["a field that nobody declared is seen", [], { a: 1 }, { a: 1, b: { c: 2 } }, ["shadow_parameter /b/c"]],
  [
    "unsorted keys and re-marshalled numbers are no drift",
    [],
    { a: 1, b: { c: 2, d: 3 } },
    JSON.parse('{"b":{"d":3.0,"c":2e0},"a":1}'),
    [],
  ],
];

test.each(triples.map((triple) => [triple[0], triple] as const))("%s", (_, triple) => {
  expect(foundIn(triple)).toEqual(triple[4]);
});

test.each(complaints.map((triple) => [triple[0], triple] as const))("%s", (_, triple) => {
  expect(foundIn(triple)).toEqual(triple[4]);
});

import { expect, test } from "vitest";
import { aRule, comparing, foundIn, type Triple } from "./testing/question.ts";

const number = { type: "number" } as const;

const triples: readonly Triple[] = [
  ["the same document is in sync", [], { x: 1 }, { x: 1 }, []],
  ["1 and 1.0 are one number", [], { x: 1 }, JSON.parse('{"x":1.0}'), []],
  ["0.7 and 0.70 are one number, 7e-1 too", [], { x: 0.7, y: 0.7 }, JSON.parse('{"x":0.70,"y":7e-1}'), []],
  ["another number is another value", [], { x: 1 }, { x: 2 }, ["value_changed /x"]],
  ["text is not a number", [], { x: 0.3 }, { x: "0.3" }, ["type_changed /x"]],
  [
    "text from an environment variable is the number that the schema wants",
    [aRule({ pattern: "/x", schema: number })],
    { x: 0.3 },
    { x: "0.3" },
    [],
    { "/x": "env PLUMBLINE_X" },
  ],
  [
    "text from a file is not",
    [aRule({ pattern: "/x", schema: number })],
    { x: 0.3 },
    { x: "0.3" },
    ["type_changed /x"],
    { "/x": "file /etc/x" },
  ],
  [
    "an environment variable's text is the truth value that the schema wants",
    [aRule({ pattern: "/x", schema: { type: "boolean" } })],
    { x: true },
    { x: "TRUE" },
    [],
    { "/x": "env X" },
  ],
  [
    "an environment variable may hold a list as JSON",
    [aRule({ pattern: "/x", schema: { type: "array", items: number } })],
    { x: [1, 2] },
    { x: '[1, "2"]' },
    [],
    { "/x": "env X" },
  ],
  [
    "where nothing describes it, an environment variable's text means what is declared",
    [],
    { x: 0.3, y: false },
    { x: "0.30", y: "false" },
    [],
    { "/x": "env X", "/y": "env Y" },
  ],
  [
    "an environment variable that sets another value is an override",
    [aRule({ pattern: "/x", schema: number })],
    { x: 0.3 },
    { x: "0.9" },
    ["environment_override /x"],
    { "/x": "env X" },
  ],
  ["and so is a flag service", [], { x: 1 }, { x: 2 }, ["environment_override /x"], { "/x": "flag service" }],
  [
    "an origin said of what holds the value counts for it",
    [],
    { a: { x: 1 } },
    { a: { x: 2 } },
    ["environment_override /a/x"],
    { "/a": "env A" },
  ],
  ["text read as a number", comparing({ as: "number" }), { x: 0.3 }, { x: "0.30" }, []],
  ["text read as a truth value", comparing({ as: "boolean" }), { x: true }, { x: "on" }, []],
  ["30s is 30000 milliseconds", comparing({ as: "duration" }), { x: 30000 }, { x: "30s" }, []],
  [
    "1m30s is 90 where the unit is seconds",
    comparing({ as: "duration" }, { unit: "seconds" }),
    { x: 90 },
    { x: "1m30s" },
    [],
  ],
  ["PT30S is 30s", comparing({ as: "duration" }), { x: "PT30S" }, { x: "30s" }, []],
  ["30s is not 31s", comparing({ as: "duration" }), { x: "30s" }, { x: "31s" }, ["value_changed /x"]],
  ["512Mi is its bytes", comparing({ as: "quantity" }), { x: "512Mi" }, { x: 536870912 }, []],
  ["100m is 0.1", comparing({ as: "quantity" }), { x: "100m" }, { x: "0.1" }, []],
  ["512M is not 512Mi", comparing({ as: "quantity" }), { x: "512M" }, { x: "512Mi" }, ["value_changed /x"]],
  ["v1.2 is 1.2.0", comparing({ as: "semver" }), { x: "v1.2" }, { x: "1.2.0" }, []],
  ["1.2.0 is not 1.2.0-rc.1", comparing({ as: "semver" }), { x: "1.2.0" }, { x: "1.2.0-rc.1" }, ["value_changed /x"]],
  [
    "addresses are compared as addresses",
    comparing({ as: "url" }),
    { x: "https://API.example.com:443" },
    { x: "https://api.example.com/" },
    [],
  ],
  [
    "another path is another address",
    comparing({ as: "url" }),
    { x: "https://api.example.com/v1" },
    { x: "https://api.example.com/v2" },
    ["value_changed /x"],
  ],
  [
    "letters' case counts unless the rule says that it does not",
    comparing({ as: "case_insensitive" }),
    { x: "BLOCK" },
    { x: "block" },
    [],
  ],
  ["by default it counts", [], { x: "BLOCK" }, { x: "block" }, ["value_changed /x"]],
  ["within the tolerance is equal", comparing({ tolerance: 0.01 }), { x: 0.3 }, { x: 0.31 }, []],
  ["beyond it is not", comparing({ tolerance: 0.01 }), { x: 0.3 }, { x: 0.32 }, ["value_changed /x"]],
];

test.each(triples.map((triple) => [triple[0], triple] as const))("%s", (_, triple) => {
  expect(foundIn(triple)).toEqual(triple[4]);
});

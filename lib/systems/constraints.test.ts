import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileConstraint, pointersIn } from "./constraints.ts";

const config = {
  temperature: 0.5,
  top_k: 5,
  exact: 5.0,
  sizes: [1, 2, 3],
  stages: { rerank: { enabled: true }, "pre-filter": { limit: 3 } },
  name: "support",
  off: false,
  nothing: null,
};
const bundles = { retrieval: { chunk_size: 512 }, "answer-model": { max_tokens: 1024 } };

function verdict(expression: string) {
  const { evaluate, fault } = compileConstraint(expression);
  return fault ?? evaluate({ config, bundles });
}

test.each([
  ["an integer literal", "config.top_k <= 5"],
  ["a double literal", "config.top_k <= 5.0"],
  ["equality across spellings", "config.exact == 5 && config.top_k == 5.0"],
  ["a fraction against an integer", "config.temperature < 1"],
  ["arithmetic with an integer", "config.top_k * 2 + 1 == 11"],
  ["an integer first", "2 * config.top_k - 1 == 9"],
  ["division that is not an integer's", "config.top_k / 2 == 2.5"],
  ["remainders", "config.top_k % 2 == 1 && config.top_k % config.sizes[1] == 1"],
  ["sizes", "size(config.sizes) == config.sizes[2]"],
  ["an index that is a number", "config.sizes[config.sizes[0]] == 2"],
  ["membership", "config.top_k in [1, 5] && config.name in ['support']"],
  ["text", "config.name.startsWith('sup') && config.name.matches('^s.*t$')"],
  ["a field with a hyphen", "config.stages['pre-filter'].limit == 3"],
  ["another bundle", "bundles.retrieval.chunk_size <= bundles['answer-model'].max_tokens"],
  ["a field that may be missing", "!has(config.seed) || config.seed > 0"],
  ["a missing field that does not matter", "config.seed > 0 || true"],
  ["loops", "config.sizes.all(s, s > 0) && config.sizes.exists(s, s == 2) && config.sizes.map(s, s * 2)[2] == 6"],
  ["loops over members", "config.stages.all(name, size(name) > 3)"],
  ["null", "config.nothing == null"],
  ["no inherited member", "!has(config.constructor) && !has(config.stages.toString)"],
])("%s holds", (_, expression) => {
  expect(verdict(expression)).toEqual({ holds: true });
});

test.each([
  ["config.temperature > 1", { holds: false }],
  ["config.off", { holds: false }],
  ["config.seed > 0", { holds: "unknown", why: "“seed” is not there (ask with has(…) first)" }],
  ["config.seed.deep > 0", { holds: "unknown", why: "“seed” is not there (ask with has(…) first)" }],
  ["config.name > 3", { holds: "unknown", why: "its operands don't fit together (string, int)" }],
  ["config.top_k", { holds: "unknown", why: "its result is not true or false" }],
  ["config.sizes[9] > 1", { holds: "unknown", why: "an index is past the end of its list" }],
  ["1 / 0 > 1", { holds: "unknown", why: "it divides by zero" }],
])("%s → %o", (expression, expected) => {
  expect(verdict(expression)).toEqual(expected);
});

test.each([
  ["", "Write an expression", 1, 1],
  ["config.x <", "This is not CEL", 1, 10],
  ["config.x < 1\n  &&& true", "This is not CEL", 2, 3],
  ["'open", "This is not CEL", 1, 1],
  ["config.x < 1 &&\n  conf.y > 2", "“conf” is not known", 2, 3],
  ["config.x.frobnicate()", "There is no function “frobnicate”", 1, 9],
  ["frobnicate(config.x)", "There is no function “frobnicate”", 1, 1],
  ["Thing{a: 1} == config.x", "There is no type “Thing”", 1, 1],
  ["config.a.all(a, a.all(b, b.all(c, c.all(d, d > 1))))", "nested deeper than 3", 1, 36],
  ["@step(true)", "This is not CEL", 1, 1],
  [`${"(".repeat(50)}true${")".repeat(50)}`, "nests brackets deeper", 1, 1],
  [`true${" && true".repeat(1000)}`, "longer than 4,096", 1, 1],
])("%s is refused with its place", (expression, message, line, column) => {
  const { fault } = compileConstraint(expression);
  expect(fault?.message).toContain(message);
  expect([fault?.line, fault?.column]).toEqual([line, column]);
});

describe("work is bounded", () => {
  const list = Array.from({ length: 5_000 }, (_, index) => index);
  test.each([
    ["two loops over each other", "config.list.all(a, config.list.all(b, a + b >= 0))"],
    ["a loop that keeps everything", "size(config.list.map(a, config.list.map(b, a + b))) > 0"],
    ["loops that ignore errors", "config.list.exists(a, config.list.exists(b, config.missing))"],
  ])("%s", (_, expression) => {
    const started = performance.now();
    const found = compileConstraint(expression).evaluate?.({ config: { list }, bundles: {} });
    expect(found).toMatchObject({ holds: "unknown", why: expect.stringContaining("steps") });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  const text = "x".repeat(1_000_000);
  test.each([
    ["adding a long text to itself", `size(${Array(250).fill("config.text").join(" + ")}) > 1`],
    ["measuring a long text in a loop", "config.list.all(a, size(config.text) > 1)"],
    ["splitting a long text in a loop", "config.list.all(a, size(config.text.split('')) > 1)"],
    ["searching a long text in a loop", "config.list.all(a, !config.text.contains('y'))"],
    ["comparing everything in a loop", "config.list.all(a, config == config)"],
    ["looking into a list in a loop", "config.list.all(a, a in config.list)"],
  ])("%s", (_, expression) => {
    const started = performance.now();
    const found = compileConstraint(expression).evaluate?.({ config: { list, text }, bundles: {} });
    expect(found).toMatchObject({ holds: "unknown", why: expect.stringContaining("steps") });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("replacing in a long text takes no longer than reading it, and makes nothing longer than a document", () => {
    const judge = (expression: string) => compileConstraint(expression).evaluate?.({ config: { text }, bundles: {} });
    expect(judge("config.text.replace('x', 'y').contains('x')")).toEqual({ holds: false });
    expect(judge("config.text.replace('x', 'yyy').contains('y')")?.holds).toBe("unknown");
    expect(judge("'a-b-c'.replace('-', '+') == 'a+b+c'")).toEqual({ holds: true });
    expect(judge("'a-b-c'.replace('-', '', 1) == 'ab-c'")).toEqual({ holds: true });
  });

  test("ordinary questions about long texts and lists are answered", () => {
    const prompt = "You answer politely. ".repeat(2_000);
    const judge = (expression: string) =>
      compileConstraint(expression).evaluate?.({ config: { list, prompt }, bundles: {} });
    expect(judge("size(config.prompt) < 100000 && config.prompt.contains('politely')")).toEqual({ holds: true });
    expect(judge("config.list.all(a, a >= 0) && size(config.list.filter(a, a > 10)) > 1")).toEqual({ holds: true });
    expect(judge("config.list.exists(a, a in [1, 2, 3]) && config.list != []")).toEqual({ holds: true });
  });

  test("a small configuration is judged again after a large one", () => {
    const { evaluate } = compileConstraint("config.list.all(a, config.list.all(b, a + b >= 0))");
    expect(evaluate?.({ config: { list }, bundles: {} }).holds).toBe("unknown");
    expect(evaluate?.({ config: { list: [1, 2] }, bundles: {} }).holds).toBe(true);
  });
});

test("no text makes compiling throw", () => {
  const word = fc.constantFrom(
    "config",
    ".x",
    "(",
    ")",
    " && ",
    "!",
    "1",
    "'a'",
    "[",
    "]",
    ".all(",
    "a, ",
    "==",
    "?",
    ":",
    "{",
    "}",
    "\n",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 15 }).map((words) => words.join("")),
      ),
      (text) => {
        const { evaluate } = compileConstraint(text);
        evaluate?.({ config, bundles });
      },
    ),
    { numRuns: 1_000 },
  );
});

test("numbers compare as JSON numbers do", () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      fc.integer({ min: -1000, max: 1000 }),
      (x, y) => {
        const { evaluate } = compileConstraint(`config.x <= ${y < 0 ? `(${y})` : y}`);
        expect(evaluate?.({ config: { x }, bundles: {} })).toEqual({ holds: x <= y });
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  ["config.a.b <= config.c", ["/a/b", "/c"]],
  ["has(config.a) && config['x-y'].z == \"config.no\"", ["/a", "/x-y/z"]],
  ["config.list.all(i, i > config.min)", ["/list", "/min"]],
  ["bundles.config.x == myconfig.y", []],
])("%s is about %o", (expression, expected) => {
  expect(pointersIn(expression)).toEqual(expected);
});

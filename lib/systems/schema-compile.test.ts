import { expect, test } from "vitest";
import { compileSchema } from "./schema-compile.ts";

test("each property of a schema keeps its own pattern", () => {
  const { check } = compileSchema({
    type: "object",
    properties: { letters: { type: "string", pattern: "^[a-z]+$" }, digits: { type: "string", pattern: "^[0-9]+$" } },
  });
  expect(check?.({ letters: "abc", digits: "123" })).toEqual([]);
  expect(check?.({ letters: "123", digits: "abc" })).toHaveLength(2);
});

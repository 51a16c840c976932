import { expect, test } from "vitest";
import { parseSource, readableDocument } from "./parsed.ts";

const source = { base: "a: 1\n", overlays: { production: "a: 2\n" } };

test("layers that did not change are not read again", () => {
  const first = parseSource(source, null);
  const second = parseSource({ ...source, base: "a: 3\n" }, first);
  expect(second.layers.get("production")).toBe(first.layers.get("production"));
  expect(second.layers.get("base")).not.toBe(first.layers.get("base"));
});

test("a layer that can't be read stands as it last could", () => {
  const first = parseSource(source, null);
  const before = readableDocument(first, null);
  const broken = parseSource({ ...source, base: "a: [1\n" }, first);
  expect(broken.layers.get("base")?.value).toBeNull();
  expect(readableDocument(broken, before)).toEqual({ base: { a: 1 }, overlays: { production: { a: 2 } } });
  expect(readableDocument(broken, null)).toEqual({ base: {}, overlays: { production: { a: 2 } } });
});

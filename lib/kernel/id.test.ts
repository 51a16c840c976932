import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "./id.ts";

test("an identifier is a UUID of version 7 that carries its time", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 48 - 1), (milliseconds) => {
      const id = newId(new Date(milliseconds));
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(milliseconds);
    }),
  );
});

test("RFC 9562 Appendix A.6: the time of its example", () => {
  expect(newId(new Date("2022-02-22T19:22:22Z"))).toMatch(/^017f22e2-79b0-7/);
});

test("later identifiers sort after earlier ones, and none is given twice", () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => newId(new Date(1_700_000_000_000 + i)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => newId(new Date(0)))).size).toBe(1_000);
});

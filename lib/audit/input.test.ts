import { expect, test } from "vitest";
import { AuditFilter } from "./input.ts";

test.each(["2026-11-22", "2026-11-22T14:05:00Z", "2026-11-22T14:05", "0001-01-01", "9999-12-31"])(
  "%s is a time",
  (from) => {
    expect(AuditFilter.safeParse({ from }).success).toBe(true);
  },
);

test.each([
  "yesterday",
  "0000-01-01",
  "0001-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59-14:00",
  "+275760-09-13T00:00:00Z",
])("%s is refused, because the database would not read it", (from) => {
  expect(AuditFilter.safeParse({ from }).success).toBe(false);
});

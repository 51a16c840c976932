import { expect, test } from "vitest";
import { logTo } from "./log.ts";

test("an error of the database is logged without the row that it refused", () => {
  const lines: string[] = [];
  const log = logTo({ write: (line) => lines.push(line) }, "info");
  const detail = 'Failing row contains (7, {"system": "You are the assistant of an insurer"}).';
  const cause = { code: "23514", originalMessage: "violates check constraint", detail };
  const error = Object.assign(new Error("Database error"), { detail, meta: { driverAdapterError: { cause } } });
  log.error({ err: error, requestId: "r" }, "an API request failed");
  log.info("without an error");
  expect(lines.join()).toContain("violates check constraint");
  expect(lines.join()).not.toContain("assistant of an insurer");
  expect(lines).toHaveLength(2);
  expect(cause.detail).toBe(detail);
});

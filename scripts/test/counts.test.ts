import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countVitest, sum } from "./counts.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-counts-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const held = { status: "passed", assertionResults: [{}] };
const unloaded = { status: "failed", assertionResults: [] };

test.each([
  ["all held", { numPassedTests: 3, numFailedTests: 0, testResults: [held] }, true, { passed: 3, failed: 0 }],
  ["some failed", { numPassedTests: 3, numFailedTests: 2, testResults: [held] }, false, { passed: 3, failed: 2 }],
  [
    "a file could not be loaded",
    { numPassedTests: 3, numFailedTests: 0, testResults: [held, unloaded] },
    false,
    { passed: 3, failed: 1 },
  ],
  [
    "the runner failed after its tests",
    { numPassedTests: 3, numFailedTests: 0, testResults: [held] },
    false,
    { passed: 3, failed: 1 },
  ],
])("Vitest: %s", (_, content, hasSucceeded, expected) => {
  expect(countVitest(report(content), hasSucceeded)).toEqual(expected);
});

test.each([
  ["all held", { expected: 5, unexpected: 0, flaky: 1 }, true, { passed: 6, failed: 0 }],
  ["one failed", { expected: 5, unexpected: 1, flaky: 0 }, false, { passed: 5, failed: 1 }],
  ["the server never came up", { expected: 0, unexpected: 0, flaky: 0 }, false, { passed: 0, failed: 1 }],
])("Playwright: %s", (_, stats, hasSucceeded, expected) => {
  expect(countPlaywright(report({ stats }), hasSucceeded)).toEqual(expected);
});

test("a runner that left no report failed", () => {
  expect(countVitest(join(folder, "absent.json"), true)).toEqual({ passed: 0, failed: 1 });
});

test("counts add up", () => {
  expect(
    sum([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});

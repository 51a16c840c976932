import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** How many tests held, and how many did not. A check that is not made of tests counts as one. */
export type Counts = { readonly passed: number; readonly failed: number };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** A runner that fails without a failed test (an error outside of tests, a crash) counts as one failure more. */
function withExit(counts: Counts, hasSucceeded: boolean): Counts {
  return hasSucceeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function readReport<Report>(path: string, shape: z.ZodType<Report>): Report | undefined {
  return existsSync(path) ? shape.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}

/** Reads Vitest's JSON. A file that could not be loaded has no tests and counts as one failure. */
export function countVitest(path: string, hasSucceeded: boolean): Counts {
  const report = readReport(path, VitestReport);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return withExit({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, hasSucceeded);
}

/** Reads Playwright's JSON. A test that held only at the second attempt held. */
export function countPlaywright(path: string, hasSucceeded: boolean): Counts {
  const report = readReport(path, PlaywrightReport);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  return withExit({ passed: expected + flaky, failed: unexpected }, hasSucceeded);
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

// Every check and every test, in the order in which a failure is cheapest to learn. Ends with `N passed, N failed`.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ensureChromium } from "./chromium.ts";
import { step } from "./progress.js";
import { buildConsole, generateClient, run } from "./start/build.ts";
import { prepareHome } from "./start/home.ts";
import { type Counts, countPlaywright, countVitest, sum } from "./test/counts.ts";

const root = join(import.meta.dirname, "..");
const home = join(root, ".plumbline");
const reports = join(home, "reports");
const ending = new AbortController();
const context = { root, home, signal: ending.signal };

/** One check that is not made of tests: it holds, or it says why not. */
async function check(what: string, work: () => Promise<unknown>): Promise<Counts> {
  try {
    await work();
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`\n${what}: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function checkWith(what: string, ...args: readonly string[]): Promise<Counts> {
  return check(what, () => run(context, { what, args }));
}

/** Runs a test runner in sight. True when it ended well. */
function show(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      signal: ending.signal,
    });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

async function vitest(project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  return countVitest(report, await show(["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters]));
}

async function playwright(): Promise<Counts> {
  const report = join(reports, "browser.json");
  let executable = "";
  const found = await check("browser", () =>
    step("Finding a browser", async () => {
      executable = ensureChromium(root);
    }),
  );
  if (found.failed > 0) return found;
  const env = { PLUMBLINE_CHROMIUM: executable, PLUMBLINE_E2E_REPORT: report };
  return countPlaywright(report, await show(["node_modules/@playwright/test/cli.js", "test"], env));
}

const next = "node_modules/next/dist/bin/next";
// What an earlier run remembered can hide routes that are new since.
const strictly = ["--noEmit", "--incremental", "false", "-p", "."];
let isBuilt = false;

const stages: Readonly<Record<string, () => Promise<Counts>>> = {
  lint: () => checkWith("lint", "node_modules/@biomejs/biome/bin/biome", "ci", "."),
  types: async () => {
    const routes = await checkWith("types", next, "typegen");
    return routes.failed > 0 ? routes : checkWith("types", "node_modules/typescript/bin/tsc", ...strictly);
  },
  unused: () => checkWith("unused", "node_modules/knip/bin/knip.js"),
  unit: () => vitest("unit"),
  database: () => vitest("database"),
  build: async () => {
    const counts = await check("build", () => buildConsole(context));
    isBuilt = counts.failed === 0;
    return counts;
  },
  browser: async () => {
    if (!isBuilt && (await check("build", () => buildConsole(context))).failed > 0) return { passed: 0, failed: 1 };
    return playwright();
  },
};

function chosen(): readonly string[] {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in stages));
  if (unknown)
    throw new Refusal("invalid", `There is no stage "${unknown}". Stages: ${Object.keys(stages).join(", ")}.`);
  return names.length > 0 ? names : Object.keys(stages);
}

async function main(): Promise<number> {
  const names = chosen();
  prepareHome(home);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  await generateClient(context);
  const results: { readonly name: string; readonly counts: Counts; readonly seconds: number }[] = [];
  for (const name of names) {
    console.log(`\n── ${name}`);
    const since = Date.now();
    const counts = (await stages[name]?.()) ?? { passed: 0, failed: 0 };
    results.push({ name, counts, seconds: (Date.now() - since) / 1000 });
    if (ending.signal.aborted) return 1;
  }
  console.log("\nStage       passed  failed  seconds");
  for (const { name, counts, seconds } of results) {
    const figures = [
      String(counts.passed).padStart(6),
      String(counts.failed).padStart(7),
      seconds.toFixed(1).padStart(8),
    ];
    console.log(`${name.padEnd(11)} ${figures.join(" ")}`);
  }
  const { passed, failed } = sum(results.map(({ counts }) => counts));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ending.abort());
process.on("disconnect", () => ending.abort());

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Refusal ? `\n${error.message}` : error);
  process.exitCode = 1;
}
process.disconnect?.();

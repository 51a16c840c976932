// Runs the benchmarks, bench/*.ts, one after the other: `npm run bench`, or some: `npm run bench -- audit`.
// `--write` then puts the figures into bench/README.md.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../bench");
const asked = process.argv.slice(2).filter((argument) => argument !== "--write");
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .sort();
const names = all.filter((name) => asked.length === 0 || asked.some((part) => name.startsWith(part)));
if (names.length === 0) {
  const known = all.map((name) => name.replace(/\.ts$/, "")).join(", ");
  console.error(`No benchmark starts with ${asked.join(" or ")}; there are ${known}`);
  process.exit(2);
}

/** @param {string} path */
function succeeds(path) {
  return spawnSync(process.execPath, [path], { stdio: "inherit" }).status === 0;
}

const failed = names.filter((name) => {
  console.log(`\n== ${name.replace(/\.ts$/, "")}`);
  return !succeeds(join(folder, name));
});
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`);
const isWritten = !process.argv.includes("--write") || succeeds(join(import.meta.dirname, "write-figures.ts"));
process.exitCode = failed.length > 0 || !isWritten ? 1 : 0;

// Runs the benchmarks, bench/*.ts, one after the other: `npm run bench`, or some: `npm run bench -- audit`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../bench");
const asked = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && (asked.length === 0 || asked.some((part) => name.startsWith(part))))
  .sort();
if (names.length === 0) {
  console.error(`No benchmark starts with ${asked.join(" or ")}; there are ${readdirSync(folder).join(", ")}`);
  process.exit(2);
}
const failed = names.filter((name) => {
  console.log(`\n== ${name.replace(/\.ts$/, "")}`);
  return spawnSync(process.execPath, [join(folder, name)], { stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;

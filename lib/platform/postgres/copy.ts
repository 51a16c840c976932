import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Copies PostgreSQL's binaries to where its account can reach them; a copy of this version that is there already stays.
 * Returns the folder that holds `bin`, `lib` and `share`.
 */
export function copyBinaries(binaries: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(join(binaries, "../package.json"), "utf8"));
  const copy = join(folder, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(binaries, fresh, { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  renameSync(fresh, copy);
  return copy;
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

function filesBelow(path: string, skip: RegExp): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return skip.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name), skip));
}

/** SHA-256, in hex, over names and contents of the files at and below those paths, in order; `skip` matches full paths. */
export function fingerprint(root: string, paths: readonly string[], skip: RegExp = /^$/): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesBelow(join(root, path), skip))) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

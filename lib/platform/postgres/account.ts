import { spawnSync } from "node:child_process";

/** The operating system's account that PostgreSQL runs as when we are root, because PostgreSQL refuses root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

function idOf(flag: "-u" | "-g", name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
  return status === 0 ? Number(stdout.trim()) : undefined;
}

function lookUp(name: string): Account | undefined {
  const uid = idOf("-u", name);
  const gid = idOf("-g", name);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
}

function create(name: string): Account | undefined {
  const found = lookUp(name);
  if (found) return found;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]);
  return lookUp(name);
}

/**
 * Who PostgreSQL runs as: undefined for an ordinary user (as ourselves); for root the account `postgres` where there
 * is one, else a system account `plumbline`, made if it can be, else `nobody`.
 */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp("postgres") ?? create("plumbline") ?? lookUp("nobody");
}

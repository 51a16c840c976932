import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Account } from "./account.ts";

/** One data folder and what runs it. `account` is set when we are root and PostgreSQL must not be. */
export type Cluster = {
  readonly binaries: string;
  readonly folder: string;
  readonly account: Account | undefined;
  /** Of the superuser `postgres`, over TCP on the loopback address. */
  readonly password: string;
};

/** All that the database's processes get to know of ours: no secrets, and one language for their messages. */
export const bareEnvironment: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: "C", NODE_ENV: "production" };

/** The data folder itself, below the cluster's own folder. */
export function dataOf(cluster: Cluster): string {
  return join(cluster.folder, "data");
}

/** The identity that `spawn` gives the database's processes: ours, or the unprivileged account's. */
export function identityOf({ account }: Cluster): { readonly uid?: number; readonly gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * Makes the data folder unless it is there. It is made beside its place and moved, so that an interrupted attempt
 * leaves nothing that looks finished. Throws a Refusal with the words of `initdb` when that fails.
 */
export function initialise(cluster: Cluster): void {
  const data = dataOf(cluster);
  if (existsSync(join(data, "PG_VERSION"))) return;
  const { account, folder, binaries, password } = cluster;
  const fresh = `${data}.new`;
  const secret = join(folder, "password.new");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(secret, password, { mode: 0o600 });
  if (account) {
    chownSync(folder, account.uid, account.gid);
    chownSync(secret, account.uid, account.gid);
  }
  const options = ["--username=postgres", `--pwfile=${secret}`, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const { status, stderr, error } = spawnSync(join(binaries, "bin/initdb"), ["-D", fresh, ...options, ...locale], {
    encoding: "utf8",
    cwd: folder,
    env: bareEnvironment,
    ...identityOf(cluster),
  });
  rmSync(secret, { force: true });
  if (status !== 0) {
    throw new Refusal(
      "blocked",
      `PostgreSQL could not make its data folder ${data}: ${error?.message ?? stderr.trim()}`,
    );
  }
  renameSync(fresh, data);
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "#lib/kernel/refusal.ts";
import { freePort } from "../port.ts";
import { type Cluster, dataOf, identityOf } from "./cluster.ts";

/** A PostgreSQL that answers. */
export type PostgresServer = {
  readonly port: number;
  readonly pid: number;
  /** As the superuser `postgres`. */
  readonly adminUrl: (database: string) => string;
  /** Settles when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed is kept. */
  readonly stop: () => Promise<void>;
};

export type PostgresOptions = {
  /** Server settings, for example `{ fsync: "off" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A file descriptor that takes the server's log; without it the log is thrown away. */
  readonly log?: number;
};

const startLimit = 60_000;
const attempts = 20;

/**
 * Ends PostgreSQL when this process is gone, however it went: the shell waits for the end of a pipe that only this
 * process holds open.
 */
function watchOver(pid: number, identity: { readonly uid?: number; readonly gid?: number }): ChildProcess {
  return spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$1"', "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    ...identity,
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function launch(cluster: Cluster, port: number, options: PostgresOptions): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(port),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = options.log ?? "ignore";
  return spawn(join(cluster.binaries, "bin/postgres"), ["-D", dataOf(cluster), ...flags], {
    stdio: ["ignore", log, log],
    // Its own process group: Ctrl-C in the terminal reaches us alone, and we stop it last.
    detached: true,
    cwd: cluster.folder,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    ...identityOf(cluster),
  });
}

async function untilReady(child: ChildProcess, url: string): Promise<boolean> {
  const limit = Date.now() + startLimit;
  while (child.exitCode === null && child.signalCode === null && Date.now() < limit) {
    if (await answers(url)) return true;
    await pause(20);
  }
  return false;
}

/**
 * Starts PostgreSQL on a free port of the loopback address and waits until it answers. It tries again for some
 * seconds, because the backends of a killed server take a moment to notice. Throws a Refusal when it will not start.
 */
export async function startPostgres(cluster: Cluster, options: PostgresOptions = {}): Promise<PostgresServer> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = await freePort();
    const child = launch(cluster, port, options);
    const ended = once(child, "exit").then(
      () => undefined,
      () => undefined,
    );
    const adminUrl = (database: string) => `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
    const ready = await untilReady(child, adminUrl("postgres"));
    if (ready && child.pid !== undefined) return serve(cluster, { child, port, adminUrl, ended }, child.pid);
    child.kill("SIGQUIT");
    await pause(500);
  }
  throw new Refusal("blocked", `PostgreSQL does not start on ${dataOf(cluster)}; its log says why.`);
}

type Started = Pick<PostgresServer, "port" | "adminUrl" | "ended"> & { readonly child: ChildProcess };

function serve(cluster: Cluster, { child, port, adminUrl, ended }: Started, pid: number): PostgresServer {
  const watcher = watchOver(pid, identityOf(cluster));
  const unwatch = ended.then(() => {
    watcher.kill("SIGKILL");
  });
  return {
    port,
    pid,
    adminUrl,
    ended: unwatch,
    stop: async () => {
      child.kill("SIGINT");
      await unwatch;
    },
  };
}

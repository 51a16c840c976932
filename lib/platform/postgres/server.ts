import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "#lib/kernel/refusal.ts";
import { freePort } from "../port.ts";
import { bareEnvironment, type Cluster, dataOf, identityOf } from "./cluster.ts";

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
  /** Where it listened before, so that connection strings stay true; without it any free port. */
  readonly port?: number;
  /** A file descriptor that takes the server's log; without it the log is thrown away. */
  readonly log?: number;
};

/** Long enough to replay what a power cut left. */
const startLimit = 300_000;
const attempts = 20;

/**
 * Ends PostgreSQL when this process is gone, however it went: a shell waits for the end of a pipe that only this
 * process holds open.
 */
function watchOver(pid: number, ended: Promise<void>, cluster: Cluster): void {
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$1"', "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    ...identityOf(cluster),
  });
  void ended.then(() => watcher.kill("SIGKILL"));
}

const wrongPassword = "28P01";

/** Whether the server takes connections. Throws a Refusal when it does and the password is not the one it was made with. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === wrongPassword) {
      throw new Refusal("blocked", "The database was made with another password than the one that is kept for it.");
    }
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
    env: bareEnvironment,
    ...identityOf(cluster),
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** False: it ended by itself. */
async function untilReady(child: ChildProcess, url: string): Promise<boolean> {
  const limit = Date.now() + startLimit;
  while (isRunning(child)) {
    if (await answers(url)) return true;
    if (Date.now() > limit) throw new Refusal("blocked", "PostgreSQL started and does not answer; its log says why.");
    await pause(20);
  }
  return false;
}

/**
 * Starts PostgreSQL on the loopback address and waits until it answers. It tries again for some seconds, because the
 * backends of a killed server take a moment to notice. Throws a Refusal when it will not start.
 */
export async function startPostgres(cluster: Cluster, options: PostgresOptions = {}): Promise<PostgresServer> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = options.port ?? (await freePort());
    const adminUrl = (database: string) => `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
    const child = launch(cluster, port, options);
    const ended = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
    const { pid } = child;
    if (pid !== undefined) watchOver(pid, ended, cluster);
    try {
      if ((await untilReady(child, adminUrl("postgres"))) && pid !== undefined) {
        const stop = async () => {
          child.kill("SIGINT");
          await ended;
        };
        return { port, pid, adminUrl, ended, stop };
      }
    } catch (error) {
      child.kill("SIGINT");
      throw error;
    }
    await pause(500);
  }
  throw new Refusal("blocked", `PostgreSQL does not start on ${dataOf(cluster)}; its log says why.`);
}

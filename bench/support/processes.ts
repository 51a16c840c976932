import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { migrate } from "#lib/platform/migrations.ts";
import { freePort } from "#lib/platform/port.ts";
import { databaseAccount } from "#lib/platform/postgres/account.ts";
import { canReach, findBinaries } from "#lib/platform/postgres/binaries.ts";
import { type Cluster, initialise } from "#lib/platform/postgres/cluster.ts";
import { copyBinaries } from "#lib/platform/postgres/copy.ts";
import { ensureDatabase } from "#lib/platform/postgres/owner.ts";
import { startPostgres } from "#lib/platform/postgres/server.ts";
import { appUrlOf } from "#lib/platform/roles.ts";

const root = join(import.meta.dirname, "../..");

export type Part = "web" | "worker" | "database";

/** Web, worker and database as three processes, each of which can be killed and comes back. */
export type Processes = {
  readonly url: string;
  readonly appUrl: string;
  /** kill -9, and the same process again. Settles once it answers. */
  readonly killAndRestart: (part: Part) => Promise<void>;
  /** Bytes of memory that the web process holds. */
  readonly webPid: () => number;
  readonly stop: () => Promise<void>;
};

/** Starts all three on a new, durable database; the console must have been built. */
export async function startProcesses(): Promise<Processes> {
  const base = mkdtempSync(join(tmpdir(), "plumbline-bench-"));
  chmodSync(base, 0o711);
  const account = databaseAccount();
  const installed = findBinaries();
  const binaries = account && !canReach(account, installed, base) ? copyBinaries(installed, base) : installed;
  const cluster: Cluster = {
    binaries,
    folder: join(base, "postgres"),
    account,
    password: randomBytes(16).toString("hex"),
  };
  initialise(cluster);
  const options = { port: await freePort(), settings: { shared_buffers: "256MB", max_connections: "100" } };
  let postgres = await startPostgres(cluster, options);
  const ownerUrl = await ensureDatabase(postgres.adminUrl("postgres"), "bench", cluster.password);
  await migrate(ownerUrl);
  const appUrl = appUrlOf(ownerUrl);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { DATABASE_URL: _ownersOnly, ...inherited } = process.env;
  const env = {
    ...inherited,
    PLUMBLINE_DATABASE_URL: appUrl,
    PLUMBLINE_LOG_KEY: generateNoteKey("plumbline-bench").skey,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    NEXTAUTH_URL: url,
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    PORT: String(port),
  } as const;
  process.env.PLUMBLINE_DATABASE_URL = appUrl;
  const launch = (worker: "off" | "only") =>
    spawn(process.execPath, [join(root, "server.ts")], {
      cwd: root,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...env, PLUMBLINE_WORKER: worker },
    });
  let web = launch("off");
  let worker = launch("only");
  await Promise.all([ready(web), ready(worker)]);
  return {
    url,
    appUrl,
    webPid: () => web.pid ?? 0,
    killAndRestart: async (part) => {
      switch (part) {
        case "web":
          await kill(web);
          web = launch("off");
          return ready(web);
        case "worker":
          await kill(worker);
          worker = launch("only");
          return ready(worker);
        case "database":
          process.kill(postgres.pid, "SIGKILL");
          await postgres.ended;
          postgres = await startPostgres(cluster, options);
      }
    },
    stop: async () => {
      await Promise.all([kill(web), kill(worker)]);
      await postgres.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Server processes say that they listen, or that they work. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`The process ended with ${code} before it was ready`)));
  });
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

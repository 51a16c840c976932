import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Account, databaseAccount } from "#lib/platform/postgres/account.ts";
import { canReach, findBinaries } from "#lib/platform/postgres/binaries.ts";
import { type Cluster, dataOf, initialise } from "#lib/platform/postgres/cluster.ts";
import { copyBinaries } from "#lib/platform/postgres/copy.ts";
import { stopOrphan } from "#lib/platform/postgres/orphan.ts";
import { type PostgresServer, startPostgres } from "#lib/platform/postgres/server.ts";
import { say } from "../progress.js";

/** The checkout's own PostgreSQL, kept running until it is stopped. */
export type EmbeddedDatabase = {
  readonly adminUrl: (database: string) => string;
  readonly stop: () => Promise<void>;
};

/** Below /var/lib because every account may enter it. */
const reachableFolder = "/var/lib/plumbline";
const mostLog = 20 * 1024 * 1024;

function ownerOf(path: string): Account | undefined {
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { name: `user ${uid}`, uid, gid };
}

/** As root: where PostgreSQL's account can work, which is the checkout unless a closed folder lies above it. */
function placeForRoot(home: string, binaries: string, password: string): Cluster {
  const own = join(home, "postgres");
  // Data that an ordinary user made stays theirs: PostgreSQL runs as they do.
  const account = existsSync(join(own, "data")) ? ownerOf(join(own, "data")) : databaseAccount();
  if (!account) {
    throw new Refusal(
      "blocked",
      "PostgreSQL refuses to run as root, and this machine has no account to run it as: make one (useradd --system plumbline), or run npm start as an ordinary user, or set DATABASE_URL.",
    );
  }
  if (canReach(account, binaries, home)) return { binaries, folder: own, account, password };
  if (existsSync(join(own, "data"))) {
    throw new Refusal(
      "blocked",
      `The database in ${own} belongs to ${account.name}, who cannot reach it there. Move the checkout to where every account may enter, as it was when the database was made.`,
    );
  }
  const folder = join(reachableFolder, createHash("sha256").update(home).digest("hex").slice(0, 12));
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const copy = copyBinaries(binaries, folder);
  if (!canReach(account, copy, folder)) {
    throw new Refusal(
      "blocked",
      `The account "${account.name}", which PostgreSQL runs as, can reach neither this checkout nor ${folder}. Move the checkout out of the closed folder, or set DATABASE_URL.`,
    );
  }
  say(`  PostgreSQL runs as "${account.name}", which cannot reach this checkout: its data is in ${folder}`);
  return { binaries: copy, folder: join(folder, "postgres"), account, password };
}

/** One old log is kept, so that the folder does not grow for ever. */
function keepShort(path: string): void {
  if (existsSync(path) && statSync(path).size > mostLog) renameSync(path, `${path}.1`);
}

function locate(home: string, password: string): Cluster {
  const binaries = findBinaries();
  if (process.getuid?.() === 0) return placeForRoot(home, binaries, password);
  return { binaries, folder: join(home, "postgres"), account: undefined, password };
}

/** Starts the database of the checkout, making it on the first run, and starts it again whenever it dies. */
export async function startEmbedded(home: string, password: string): Promise<EmbeddedDatabase> {
  const cluster = locate(home, password);
  await stopOrphan(cluster);
  initialise(cluster);
  const logPath = join(home, "postgres.log");
  let isStopping = false;
  let server: PostgresServer;

  async function start(port?: number): Promise<PostgresServer> {
    keepShort(logPath);
    const log = openSync(logPath, "a", 0o600);
    try {
      return await startPostgres(cluster, { port, log });
    } finally {
      closeSync(log);
    }
  }

  async function keepRunning(): Promise<void> {
    for (;;) {
      await server.ended;
      if (isStopping) return;
      say("PostgreSQL ended by itself; starting it again");
      await pause(200);
      await stopOrphan(cluster);
      server = await start(server.port);
      say("PostgreSQL is back");
    }
  }

  server = await start().catch((error: unknown) => {
    if (error instanceof Refusal) throw new Refusal("blocked", `${error.message} (${logPath}, ${dataOf(cluster)})`);
    throw error;
  });
  const kept = keepRunning();
  return {
    adminUrl: server.adminUrl,
    stop: async () => {
      isStopping = true;
      await server.stop();
      await kept;
    },
  };
}

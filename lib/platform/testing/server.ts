import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseAccount } from "#lib/platform/postgres/account.ts";
import { canReach, findBinaries } from "#lib/platform/postgres/binaries.ts";
import { type Cluster, initialise } from "#lib/platform/postgres/cluster.ts";
import { copyBinaries } from "#lib/platform/postgres/copy.ts";
import { startPostgres } from "#lib/platform/postgres/server.ts";

/** A PostgreSQL of one test run: in a folder of its own, on a port of its own, gone with the run. */
export type TestServer = {
  readonly adminUrl: (database: string) => string;
  readonly password: string;
  readonly pid: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

/** Nothing here must survive a power cut, so nothing waits for the disk. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_connections: "300",
};

export async function startTestServer(): Promise<TestServer> {
  const base = mkdtempSync(join(tmpdir(), "plumbline-test-"));
  chmodSync(base, 0o711);
  const account = databaseAccount();
  const installed = findBinaries();
  const binaries = account && !canReach(account, installed, base) ? copyBinaries(installed, base) : installed;
  const password = randomBytes(16).toString("hex");
  const cluster: Cluster = { binaries, folder: join(base, "postgres"), account, password };
  initialise(cluster);
  const server = await startPostgres(cluster, { settings });
  return {
    adminUrl: server.adminUrl,
    password,
    pid: server.pid,
    folder: base,
    stop: async () => {
      await server.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

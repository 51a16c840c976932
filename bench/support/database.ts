import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#lib/platform/migrations.ts";
import { databaseAccount } from "#lib/platform/postgres/account.ts";
import { canReach, findBinaries } from "#lib/platform/postgres/binaries.ts";
import { type Cluster, initialise } from "#lib/platform/postgres/cluster.ts";
import { copyBinaries } from "#lib/platform/postgres/copy.ts";
import { ensureDatabase } from "#lib/platform/postgres/owner.ts";
import { startPostgres } from "#lib/platform/postgres/server.ts";
import { appUrlOf } from "#lib/platform/roles.ts";

export type BenchDatabase = {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
};

/** What `npm start` gives its own server is what is measured: durable, nothing switched off. */
const settings = { shared_buffers: "512MB", max_connections: "200" };

/** A migrated database on a server of its own, which the process's environment then leads to. Gone with `stop`. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const base = mkdtempSync(join(tmpdir(), "plumbline-bench-"));
  chmodSync(base, 0o711);
  const account = databaseAccount();
  const installed = findBinaries();
  const binaries = account && !canReach(account, installed, base) ? copyBinaries(installed, base) : installed;
  const password = randomBytes(16).toString("hex");
  const cluster: Cluster = { binaries, folder: join(base, "postgres"), account, password };
  initialise(cluster);
  const server = await startPostgres(cluster, { settings });
  const ownerUrl = await ensureDatabase(server.adminUrl("postgres"), "bench", password);
  await migrate(ownerUrl);
  const appUrl = appUrlOf(ownerUrl);
  process.env.DATABASE_URL = ownerUrl;
  process.env.PLUMBLINE_DATABASE_URL = appUrl;
  return {
    appUrl,
    ownerUrl,
    adminUrl: server.adminUrl("bench"),
    stop: async () => {
      await server.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

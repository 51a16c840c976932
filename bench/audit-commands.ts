// Commands a second with audit, beside plain inserts of the same row; and how long an event waits for the tree.
import pg from "pg";
import type { Actor } from "#lib/access/actor.ts";
import { createGroup } from "#lib/accounts/commands/groups.ts";
import { checkLog } from "#lib/audit/fsck.ts";
import { hasPending, largestBatch, sequenceBatch } from "#lib/audit/sequencer.ts";
import { treeHead } from "#lib/audit/tiles.ts";
import { newId } from "#lib/kernel/id.ts";
import { createDb, database } from "#lib/platform/db.ts";
import { startBenchDatabase } from "./support/database.ts";
import { type Figure, percentile, report, rounded, underLoad } from "./support/report.ts";

const duration = 4_000;
const server = await startBenchDatabase();
const actor: Actor = {
  kind: "person",
  id: newId(),
  name: "Bench",
  grants: [{ role: "administrator", systemId: null, environment: null }],
  groups: [],
  channel: "api",
  address: "192.0.2.1",
  requestId: "bench",
};

const owner = new pg.Client({ connectionString: server.ownerUrl });
await owner.connect();
await owner.query("CREATE TABLE plain (LIKE people_group INCLUDING ALL)");
await owner.query("GRANT INSERT ON plain TO plumbline_app");
await owner.end();
const pool = new pg.Pool({ connectionString: server.appUrl, max: 10 });
const prisma = createDb(server.appUrl);

let count = 0;
const next = () => `g-${(++count).toString(36)}`;
const insert = "INSERT INTO plain (id, slug, name, revision, created_at) VALUES ($1, $2, $3, 1, $4)";
const kinds = {
  "plain insert, pg": () => pool.query(insert, [newId(), next(), "A group", new Date()]),
  "plain insert, Prisma": () => prisma.$executeRawUnsafe(insert, newId(), next(), "A group", new Date()),
  "command with audit": () => createGroup(actor, { slug: next(), name: "A group" }),
} as const;

const throughput: Figure[] = [];
for (const clients of [1, 16, 64]) {
  for (const [kind, work] of Object.entries(kinds)) {
    await underLoad(clients, 500, work);
    const { perSecond, p50, p99 } = await underLoad(clients, duration, work);
    throughput.push({ name: `${kind}, ${clients} clients`, "per second": perSecond, "p50 ms": p50, "p99 ms": p99 });
  }
}

/** The k-th event to commit is sequenced once the tree has k leaves: compare both clocks. */
async function delays(clients: number): Promise<Figure> {
  const db = database();
  while (await hasPending(db)) await sequenceBatch(db);
  const { size } = await treeHead(db);
  const committed: number[] = [];
  const waited: number[] = [];
  let isWriting = true;
  const sequencer = (async () => {
    while (isWriting || (await hasPending(prisma))) {
      let taken = largestBatch;
      while (taken === largestBatch) taken = await sequenceBatch(prisma);
      const now = performance.now();
      const done = (await treeHead(prisma)).size - size;
      while (waited.length < Math.min(done, committed.length)) waited.push(now - (committed[waited.length] ?? now));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const load = await underLoad(clients, duration, async () => {
    await kinds["command with audit"]();
    committed.push(performance.now());
  });
  isWriting = false;
  await sequencer;
  return {
    name: `${clients} clients`,
    "commands per second": load.perSecond,
    "p50 ms": rounded(percentile(waited, 0.5)),
    "p99 ms": rounded(percentile(waited, 0.99)),
  };
}

const delay: Figure[] = [];
for (const clients of [1, 16, 64]) delay.push(await delays(clients));

/** Every event against its columns, hash, tile and root. */
async function wholeLog(): Promise<Figure> {
  const start = performance.now();
  let checked = 0;
  for await (const progress of checkLog([])) {
    if (progress.misfit) throw new Error(progress.misfit.problem);
    checked = progress.checked;
  }
  const seconds = (performance.now() - start) / 1_000;
  return { name: `${checked} events`, seconds: rounded(seconds), "events per second": Math.round(checked / seconds) };
}

report("audit-commands", {
  "Commands a second": throughput,
  "Committed until in the Merkle tree": delay,
  "Check of the whole log": [await wholeLog()],
});

await Promise.all([pool.end(), prisma.$disconnect(), database().$disconnect()]);
await server.stop();

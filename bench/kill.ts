// kill -9 of the web process, the worker and the database in turn, twenty times, under load: is anything that was accepted lost, or applied twice?
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { publicKeys } from "#lib/audit/checkpoints.ts";
import { checkLog } from "#lib/audit/fsck.ts";
import { database } from "#lib/platform/db.ts";
import { buildConsole, generateClient } from "../scripts/start/build.ts";
import { prepareHome } from "../scripts/start/home.ts";
import { type Accepted, nothingYet, patchOn, reportOn } from "./support/load.ts";
import { aLoadHouse } from "./support/load-house.ts";
import { type Part, startProcesses } from "./support/processes.ts";
import { type Figure, report, rounded } from "./support/report.ts";

const times = 20;
const parts: readonly Part[] = ["web", "worker", "database"];
const root = new URL("..", import.meta.url).pathname;
const context = { root, home: `${root}.plumbline`, signal: new AbortController().signal };
prepareHome(context.home);
await generateClient(context);
await buildConsole(context);

const processes = await startProcesses();
const load = await aLoadHouse(processes.url);
await database().$disconnect();
const accepted = nothingYet();
const ending = new AbortController();
const loading = { url: processes.url, load, accepted, signal: ending.signal };
const filers = 4;
const running = [
  ...Array.from({ length: 16 }, (_, at) => reportOn(`instance-${at}`, loading)),
  ...Array.from({ length: filers }, (_, at) => patchOn(at, filers, loading)),
];

const recoveries = new Map<Part, number[]>(parts.map((part) => [part, []]));
for (let time = 0; time < times; time++) {
  const part = parts[time % parts.length] ?? "web";
  await pause(1_000 + Math.random() * 2_000);
  const began = performance.now();
  await processes.killAndRestart(part);
  recoveries.get(part)?.push(performance.now() - began);
}
await pause(2_000);
ending.abort();
await Promise.all(running);
// Whatever is still on its way: the queue of the audit log, ends of patches, comparisons.
await pause(8_000);

const sql = new pg.Client({ connectionString: processes.appUrl });
await sql.connect();

async function count(text: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await sql.query<{ n: string }>(text, [...values]);
  return Number(rows[0]?.n ?? 0);
}

async function misses({ reports, doubtful, patches, decisions }: Accepted): Promise<readonly Figure[]> {
  let lostReports = 0;
  let sent = 0;
  for (const [instance, taken] of reports) {
    sent += taken.length;
    const { rows } = await sql.query<{ digest: string }>("SELECT digest FROM runtime WHERE instance = $1", [instance]);
    const last = rows[0]?.digest ?? "";
    if (last !== taken.at(-1) && !doubtful.get(instance)?.has(last)) lostReports += 1;
    const known = await count("SELECT count(DISTINCT digest) AS n FROM observation WHERE digest = ANY($1)", [taken]);
    lostReports += new Set(taken).size - known;
  }
  let lostPatches = 0;
  let doubledPatches = 0;
  for (const clientKey of patches.keys()) {
    const rows = await count("SELECT count(*) AS n FROM hot_patch WHERE client_key = $1", [clientKey]);
    if (rows === 0) lostPatches += 1;
    const events = await count(
      "SELECT count(*) AS n FROM hot_patch_event e JOIN hot_patch p ON p.id = e.hot_patch_id WHERE client_key = $1 AND e.kind = 'activated'",
      [clientKey],
    );
    if (events > 1) doubledPatches += 1;
  }
  let lostDecisions = 0;
  let doubledDecisions = 0;
  for (const number of decisions) {
    const made = await count(
      "SELECT count(*) AS n FROM hot_patch_event e JOIN hot_patch p ON p.id = e.hot_patch_id WHERE p.number = $1 AND e.kind = 'decided'",
      [number],
    );
    if (made === 0) lostDecisions += 1;
    if (made > 1) doubledDecisions += 1;
  }
  const doubledFindings = await count(
    `SELECT count(*) AS n FROM drift_finding f
     WHERE (SELECT count(*) FROM finding_event e WHERE e.finding_id = f.id AND e.kind IN ('opened', 'reopened')) <> f.reopenings + 1`,
    [],
  );
  const findings = await count("SELECT count(*) AS n FROM drift_finding", []);
  // Background work writes events still: what counts is that the queue runs empty.
  let pending = 1;
  for (let tries = 0; pending > 0 && tries < 200; tries++) {
    pending = await count("SELECT count(*) AS n FROM audit_pending", []);
    await pause(100);
  }
  const events = await count("SELECT count(*) AS n FROM audit_event", []);
  const unsound = await unsoundEvents();
  return [
    { name: "reports", accepted: sent, lost: lostReports, "applied twice": 0 },
    { name: "hot-patches", accepted: patches.size, lost: lostPatches, "applied twice": doubledPatches },
    { name: "decisions", accepted: decisions.size, lost: lostDecisions, "applied twice": doubledDecisions },
    { name: "findings", accepted: findings, lost: 0, "applied twice": doubledFindings },
    { name: "audit events", accepted: events, lost: pending + unsound, "applied twice": 0 },
  ];
}

/** Events, leaves, tiles and checkpoints that do not fit together. */
async function unsoundEvents(): Promise<number> {
  let misfits = 0;
  for await (const { misfit } of checkLog(await publicKeys(database()))) if (misfit) misfits += 1;
  await database().$disconnect();
  return misfits;
}

const figures = await misses(accepted);
await sql.end();
await processes.stop();
const recovery: readonly Figure[] = [...recoveries].map(([name, samples]) => ({
  name,
  kills: samples.length,
  "seconds until it answers, longest": rounded(Math.max(...samples) / 1_000),
}));
report("kill", { "After twenty times kill -9": figures, Recovery: recovery });
if (figures.some((figure) => Number(figure.lost) + Number(figure["applied twice"]) > 0)) process.exitCode = 1;
process.exit();

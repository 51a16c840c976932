// Comparing everything that 10,000 runtimes report with what is declared, and how soon a report is seen on the board.
import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { comparePlace } from "#lib/drift/compare-place.ts";
import { compareDue, comparing } from "#lib/drift/jobs.ts";
import { aFleet, type Fleet } from "#lib/drift/testing/fleet.ts";
import { aHouse } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { isJsonObject, type JsonObject } from "#lib/kernel/json.ts";
import { leavesOf, setAt } from "#lib/kernel/pointer.ts";
import { createDb, database } from "#lib/platform/db.ts";
import { listen } from "#lib/platform/listen.ts";
import { startLoop } from "#lib/platform/loop.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { startBenchDatabase } from "./support/database.ts";
import { configurationOf } from "./support/document.ts";
import { type Figure, percentile, report, rounded } from "./support/report.ts";

const runtimes = 10_000;
const parameters = 1_000;
const server = await startBenchDatabase();
const pool = new pg.Pool({ connectionString: server.appUrl, max: 4 });

const made = configurationOf(parameters);
const declared: JsonObject = isJsonObject(made) ? made : {};
const [first = "", second = ""] = leavesOf(declared)
  .filter(({ value }) => typeof value === "number")
  .map(({ pointer }) => pointer);
/** A catalogue that says something of every parameter: numbers that are as good as equal, and text. */
const rules = {
  parameters: [
    aRule({ pattern: "/*/*/*" }),
    ...leavesOf(declared)
      .filter((_, at) => at % 4 === 0)
      .map(({ pointer, value }) =>
        aRule({
          pattern: pointer,
          ...(typeof value === "number" && { schema: { type: "number" }, comparison: { tolerance: 0.001 } }),
        }),
      ),
  ],
};

async function aPlace(): Promise<Fleet> {
  const house = await aHouse(rules);
  const fleet = await aFleet({ house, base: JSON.stringify(declared) });
  await compareDue(new Date());
  return fleet;
}

/** This many instances over so many documents, each of which differs from the declared one in two parameters. */
async function populate({ place, house }: Fleet, documents: number): Promise<void> {
  const ids = [house.systemId, place.environmentId, place.bundleId];
  const path = (pointer: string) => pointer.slice(1).split("/");
  await pool.query(
    `INSERT INTO observation (environment_id, bundle_id, digest, document, reported_by, first_seen_at, last_seen_at)
     SELECT $1, $2, 'sha256:' || i, jsonb_set(jsonb_set($3::jsonb, $4, to_jsonb(1000 + i % 100)), $5, to_jsonb(2000 + i / 100)),
       'made', now(), now() FROM generate_series(1, $6::int) i`,
    [place.environmentId, place.bundleId, JSON.stringify(declared), path(first), path(second), documents],
  );
  await pool.query(
    `INSERT INTO runtime (id, system_id, environment_id, bundle_id, fleet, instance, digest, models_digest, health,
       interval_seconds, first_seen_at, last_seen_at, changed_at)
     SELECT gen_random_uuid(), $1, $2, $3, 'fleet-' || i % 8, 'pod-' || i, 'sha256:' || (i % $4 + 1), $5, 'ok', 3600,
       now(), now(), now() FROM generate_series(1, $6::int) i`,
    [...ids, documents, digestOf([]), runtimes],
  );
  await pool.query("ANALYZE runtime");
}

async function inSeconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return rounded((performance.now() - began) / 1_000);
}

/** Every document read and walked once beside the declared one: what no comparison can do without. */
async function readAll({ place }: Fleet): Promise<void> {
  for (let from = 0; ; from += 100) {
    const { rows } = await pool.query<{ document: JsonObject }>(
      "SELECT document FROM observation WHERE environment_id = $1 ORDER BY digest OFFSET $2 LIMIT 100",
      [place.environmentId, from],
    );
    for (const row of rows) isDeepStrictEqual(row.document, declared);
    if (rows.length < 100) return;
  }
}

async function sweep(documents: number): Promise<Figure> {
  const fleet = await aPlace();
  await populate(fleet, documents);
  const floor = await inSeconds(() => readAll(fleet));
  const before = process.memoryUsage().rss;
  const once = await inSeconds(() => comparePlace(fleet.place, new Date()));
  const again = await inSeconds(() => comparePlace(fleet.place, new Date()));
  const { sync, differing } = await fleet.verdict();
  if (sync !== "drifted" || differing !== runtimes) throw new Error(`The sweep found ${differing} of them ${sync}`);
  return {
    name: `${documents.toLocaleString("en")} different documents`,
    seconds: once,
    "floor s": floor,
    "again s": again,
    findings: (await fleet.findings()).length,
    "more MB": Math.round((process.memoryUsage().rss - before) / 2 ** 20),
  };
}

/** From the call that reports to the notice that the board shows something else. */
async function delays(turns: number): Promise<Figure> {
  const fleet = await aPlace();
  const drifted = setAt(declared, first, 4_711);
  const documents = [declared, isJsonObject(drifted) ? drifted : {}];
  for (const document of documents) await fleet.report({ document });
  let told: () => void = () => undefined;
  const stopListening = listen(["plumbline_board"], () => told());
  const stopLoop = startLoop(comparing);
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const sync = turn % 2 === 0 ? "in_sync" : "drifted";
    const shown = Promise.withResolvers<void>();
    told = () => {
      void fleet.verdict().then((verdict) => {
        if (verdict.sync === sync) shown.resolve();
      });
    };
    const began = performance.now();
    await fleet.report({ document: documents[turn % 2] ?? declared });
    told();
    await shown.promise;
    if (turn >= 10) times.push(performance.now() - began);
  }
  await stopLoop();
  await stopListening();
  return {
    name: "report to verdict",
    "p50 ms": rounded(percentile(times, 0.5)),
    "p99 ms": rounded(percentile(times, 0.99)),
  };
}

/** From an update to hearing of it: what any way of being told costs. */
async function notices(turns: number): Promise<Figure> {
  const db = createDb(server.appUrl);
  let told: () => void = () => undefined;
  const stop = listen(["bench"], () => told());
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const heard = Promise.withResolvers<void>();
    told = heard.resolve;
    const began = performance.now();
    await db.$executeRaw`SELECT pg_notify('bench', '')`;
    await heard.promise;
    if (turn >= 10) times.push(performance.now() - began);
  }
  await stop();
  await db.$disconnect();
  return {
    name: "floor: a notice alone",
    "p50 ms": rounded(percentile(times, 0.5)),
    "p99 ms": rounded(percentile(times, 0.99)),
  };
}

const sweeps: Figure[] = [];
for (const documents of [3, 100, runtimes]) sweeps.push(await sweep(documents));
report("sweep", {
  [`A sweep of ${runtimes.toLocaleString("en")} runtimes × ${parameters.toLocaleString("en")} parameters (floor: reading each document and walking it once)`]:
    sweeps,
  "From a report to what the board shows": [await delays(210), await notices(210)],
});

await Promise.all([pool.end(), database().$disconnect()]);
await server.stop();

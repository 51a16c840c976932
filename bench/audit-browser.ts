// The audit browser on a million events: the first page, a page 900,000 deep, each filter, beside a bare keyset query.
import pg from "pg";
import type { Actor } from "#lib/access/actor.ts";
import { encodePlace } from "#lib/audit/browse.ts";
import { countAuditEvents, listAuditEvents, listAuditFacets } from "#lib/audit/queries.ts";
import { database } from "#lib/platform/db.ts";
import { startBenchDatabase } from "./support/database.ts";
import { made, makeEvents } from "./support/events.ts";
import { type Figure, percentile, report, rounded, timeEach } from "./support/report.ts";

const count = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const deep = Math.floor(count * 0.9);
const runs = 200;
const server = await startBenchDatabase();
const began = performance.now();
await makeEvents(server.adminUrl, count);
console.log(`Made ${count.toLocaleString("en")} events in ${Math.round((performance.now() - began) / 1_000)} s`);

const auditor: Actor = {
  kind: "person",
  id: "auditor",
  name: "Auditor",
  grants: [{ role: "auditor", systemId: null, environment: null }],
  groups: [],
  channel: "browser",
  address: null,
  requestId: "bench",
};
const client = new pg.Client({ connectionString: server.appUrl });
await client.connect();
const { rows } = await client.query<{ occurred_at: Date; id: string }>(
  "SELECT occurred_at, id FROM audit_event ORDER BY occurred_at DESC, id DESC OFFSET $1 LIMIT 1",
  [deep],
);
const row = rows[0];
if (!row) throw new Error("There are fewer events than that");
const older = encodePlace({ occurredAt: row.occurred_at, id: row.id });

const bare = `SELECT * FROM audit_event WHERE (occurred_at, id) < ($1, $2) ORDER BY occurred_at DESC, id DESC LIMIT 51`;
const page = (filter: Readonly<Record<string, string | number>>) => () => listAuditEvents(auditor, filter);
const pages: readonly (readonly [string, () => Promise<unknown>])[] = [
  ["bare keyset query, pg, first page", () => client.query(bare, ["infinity", "1"])],
  ["bare keyset query, pg, deep", () => client.query(bare, [row.occurred_at, row.id])],
  ["first page", page({})],
  [`a page ${deep.toLocaleString("en")} deep`, page({ after: older })],
  ["by actor", page({ actor: made.actor })],
  ["by a rare actor", page({ actor: made.rareActor })],
  ["by action", page({ action: made.action })],
  ["by every action of a noun", page({ action: made.noun })],
  ["by subject", page({ subject: made.subject })],
  ["by system", page({ system: made.system })],
  ["by environment", page({ environment: made.environment })],
  ["by change request", page({ change: made.change })],
  ["by time range", page({ from: "2026-10-10", to: "2026-10-12" })],
  ["by a common word", page({ text: made.commonWord })],
  ["by a rare word", page({ text: made.rareWord })],
  ["by actor, action and system", page({ actor: made.actor, action: made.action, system: made.system })],
  ["by actor and word, deep", page({ actor: made.actor, text: made.commonWord, after: older })],
  ["count, unfiltered, to 10,000", () => countAuditEvents(auditor, {})],
  ["count by actor", () => countAuditEvents(auditor, { actor: made.actor })],
  ["count by a common word", () => countAuditEvents(auditor, { text: made.commonWord })],
  ["values to filter by", () => listAuditFacets(auditor, {})],
];
const figures: Figure[] = [];
for (const [name, work] of pages) {
  const times = await timeEach(runs, work);
  figures.push({ name, "p50 ms": rounded(percentile(times, 0.5)), "p95 ms": rounded(percentile(times, 0.95)) });
}
report("audit-browser", { [`Audit browser, ${count.toLocaleString("en")} events, 50 a page`]: figures });

await client.end();
await database().$disconnect();
await server.stop();

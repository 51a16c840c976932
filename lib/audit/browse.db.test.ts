import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { timelineOf } from "#lib/audit/browse.ts";
import { exportEvents } from "#lib/audit/export.ts";
import type { EventRow } from "#lib/audit/model.ts";
import { countAuditEvents, listAuditEvents, listAuditFacets, showAuditEvent } from "#lib/audit/queries.ts";
import { aLine, anActor, append } from "#lib/audit/testing/events.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

const db = database();
const auditor = anActor();
const start = Date.parse("2026-03-01T10:00:00.000Z");
const systems = [
  { id: "01936d5e-7c00-7000-8000-0000000000a1", slug: "support-assistant" },
  { id: "01936d5e-7c00-7000-8000-0000000000a2", slug: "code-review" },
] as const;
const change = "01936d5e-7c00-7000-8000-0000000000c1";
const people = ["Ada Moreau", "Grace Lindqvist", "Chidi Eze"] as const;
const actions = ["change.opened", "change.approved", "bundle.created", "session.started"] as const;
const environments = [undefined, "staging", "production"] as const;

const incidents = ["INC-2318", undefined, "INC-23", undefined, "INC-2319"] as const;

/** 240 events, several to each moment, with everything that can be filtered by. */
beforeAll(async () => {
  await withSql(testDatabase().ownerUrl, async (sql) => {
    await sql.query("BEGIN");
    for (const { id, slug } of systems) {
      await sql.query(
        `INSERT INTO system (id, slug, name, description, owning_team, risk_tier, template, created_at)
         VALUES ($1, $2, $2, '', 'team', 'low', 'empty', now())`,
        [id, slug],
      );
    }
    await sql.query(
      `INSERT INTO change_request (id, number, system_id, kind, title, reason, state, author_id, author_name,
         content_revision, content_digest, created_at, updated_at)
       VALUES ($1, 184, $2, 'version', 'Raise the threshold', 'r', 'open', 'p', 'P', 1, 'd', now(), now())`,
      [change, systems[0].id],
    );
    await sql.query(
      `INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, command, action, subject_type,
         subject_id, summary, detail, canonical, leaf_hash)
       VALUES ('2026-01-01', 'job', 'set-up', 'Set-up', 'script', 'system.create', 'system.created', 'system', 's',
         'Set up', '{}', '', '')`,
    );
    await sql.query("COMMIT");
  });
  for (let i = 0; i < 240; i++) {
    const system = systems[i % 2 === 0 ? 0 : 1];
    const isChange = i % 6 === 0;
    await append(db, {
      actor: anActor({ id: `person-${i % 3}`, name: people[i % 3] ?? "" }),
      now: new Date(start + Math.floor(i / 4) * 60_000),
      lines: [
        aLine({
          action: actions[i % 4] ?? "",
          subject: { type: i % 4 < 2 ? "change" : "bundle", id: String(i % 10) },
          summary: i === 77 ? "The quokka threshold was raised" : `Event ${i} happened`,
          reason: i % 5 === 0 ? "Because of the incident review" : undefined,
          systemId: system?.id,
          environment: environments[i % 3],
          incident: incidents[i % 7],
          changeRequestId: isChange ? change : undefined,
          detail: i === 10 ? { changes: [{ pointer: "/prompt", after: noise(20_000) }] } : undefined,
        }),
      ],
    });
  }
});

/** Text that does not compress. */
function noise(length: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * i * 31 + i * 7) % 90))).join("");
}

async function all(filter: Readonly<Record<string, string>>, limit = 200): Promise<readonly EventRow[]> {
  const events: EventRow[] = [];
  let older: string | undefined;
  do {
    const page = await listAuditEvents(auditor, { ...filter, limit, after: older });
    events.push(...page.events);
    older = page.older ?? undefined;
  } while (older !== undefined);
  return events;
}

test.each<readonly [string, Readonly<Record<string, string>>, (event: EventRow) => boolean]>([
  ["actor", { actor: "person-1" }, (e) => e.actor.id === "person-1"],
  ["action", { action: "change.approved" }, (e) => e.action === "change.approved"],
  ["every action of a noun", { action: "change.*" }, (e) => e.action.startsWith("change.")],
  ["subject", { subject: "bundle:3" }, (e) => e.subject.type === "bundle" && e.subject.id === "3"],
  ["system", { system: "code-review" }, (e) => e.system?.slug === "code-review"],
  ["environment", { environment: "production" }, (e) => e.environment === "production"],
  ["change request", { change: "184" }, (e) => e.change?.number === 184],
  ["incident, whole and not by its beginning", { incident: "INC-23" }, (e) => e.incident === "INC-23"],
  ["from", { from: "2026-03-01T10:30:00Z" }, (e) => e.occurredAt.getTime() >= start + 30 * 60_000],
  ["to", { to: "2026-03-01T10:30:00Z" }, (e) => e.occurredAt.getTime() < start + 30 * 60_000],
  ["a rare word", { text: "quokka" }, (e) => e.summary.includes("quokka")],
  ["words of the reason", { text: "incident review" }, (e) => e.reason !== null],
  [
    "a phrase and a word to be without",
    { text: '"incident review" -ada' },
    (e) => e.reason !== null && e.actor.name !== "Ada Moreau",
  ],
  ["the actor's name as a word", { text: "grace" }, (e) => e.actor.name === "Grace Lindqvist"],
  [
    "everything at once",
    {
      actor: "person-0",
      action: "change.*",
      system: "support-assistant",
      text: "happened",
      from: "2026-03-01",
      to: "2026-03-02",
    },
    (e) => e.actor.id === "person-0" && e.action.startsWith("change.") && e.system?.slug === "support-assistant",
  ],
])("filtering by %s gives exactly those events", async (_, filter, fits) => {
  const everything = await all({});
  const found = await all(filter);
  expect(everything).toHaveLength(241);
  expect(found.length).toBeGreaterThan(0);
  expect(found.map((e) => e.id)).toEqual(everything.filter(fits).map((e) => e.id));
  expect(await countAuditEvents(auditor, filter)).toEqual({ count: found.length, isCapped: false });
});

test("pages are complete and in order, whatever their size and direction", async () => {
  const everything = (await all({})).map((e) => e.id);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100 }), fc.boolean(), async (limit, isFiltered) => {
      const filter: Readonly<Record<string, string>> = isFiltered ? { environment: "staging" } : {};
      const expected = isFiltered ? (await all(filter)).map((e) => e.id) : everything;
      const forth: string[][] = [];
      let page = await listAuditEvents(auditor, { ...filter, limit });
      expect(page.newer).toBeNull();
      forth.push(page.events.map((e) => e.id));
      while (page.older !== null) {
        page = await listAuditEvents(auditor, { ...filter, limit, after: page.older });
        forth.push(page.events.map((e) => e.id));
      }
      expect(forth.flat()).toEqual(expected);
      // And back again from the last page.
      const back: string[][] = [];
      while (page.newer !== null) {
        page = await listAuditEvents(auditor, { ...filter, limit, before: page.newer });
        back.unshift(page.events.map((e) => e.id));
      }
      expect(back.flat()).toEqual(forth.slice(0, -1).flat());
    }),
    { numRuns: 15 },
  );
});

test.each([
  ["an action that is none", { action: "everything" }],
  ["a subject without a type", { subject: "184" }],
  ["a time that is none", { from: "yesterday" }],
  ["a place that cannot be read", { after: "bm9uc2Vuc2U" }],
  ["a place with a wrong time", { after: btoa('["x","1"]').replaceAll("=", "") }],
])("%s is refused", async (_, filter) => {
  await expect(listAuditEvents(auditor, filter)).rejects.toMatchObject({ code: "invalid" });
});

test("a system that is not there is said to be none", async () => {
  await expect(listAuditEvents(auditor, { system: "nope" })).rejects.toMatchObject({ code: "not_found" });
});

test("text with quotes and operators is only ever text", async () => {
  const { events } = await listAuditEvents(auditor, { text: `'; DROP TABLE audit_event; -- \\ & | ! <-> :*` });
  expect(events).toEqual([]);
  expect(await db.auditEvent.count()).toBe(241);
});

test("a large detail is left to the event's own page", async () => {
  const [event] = (await all({ subject: "bundle:0", text: '"event 10"' })).slice(0, 1);
  expect(event?.detail).toBeNull();
  const view = await showAuditEvent(auditor, { id: event?.id });
  expect(JSON.stringify(view.event.detail).length).toBeGreaterThan(20_000);
});

test("an event's page knows its neighbours under the filter", async () => {
  const filter = { actor: "person-2" };
  const events = await all(filter);
  const view = await showAuditEvent(auditor, { ...filter, id: events[5]?.id });
  expect({ newer: view.newer, older: view.older }).toEqual({ newer: events[4]?.id, older: events[6]?.id });
  expect(view.checkpoint).toBeNull();
});

test("a grant for one system or environment reads no further", async () => {
  const systemId = systems[1].id;
  const ofSystem = anActor({ grants: [{ role: "auditor", systemId, environment: null }] });
  const ofStaging = anActor({ grants: [{ role: "auditor", systemId, environment: "staging" }] });
  const seen = await listAuditEvents(ofSystem, { limit: 200 });
  expect(seen.events).toHaveLength(120);
  expect(new Set(seen.events.map((e) => e.system?.slug))).toEqual(new Set(["code-review"]));
  const staging = await listAuditEvents(ofStaging, { limit: 200 });
  expect(new Set(staging.events.map((e) => e.environment))).toEqual(new Set(["staging"]));
  expect((await listAuditFacets(ofSystem, {})).systems).toEqual([{ slug: "code-review", name: "code-review" }]);
  const elsewhere = (await all({ system: "support-assistant" }))[0]?.id;
  await expect(showAuditEvent(ofSystem, { id: elsewhere })).rejects.toMatchObject({ code: "not_found" });
});

test("a viewer browses no log, but reads the events of a change request in reach", async () => {
  const viewer = anActor({ role: "viewer" });
  await expect(listAuditEvents(viewer, {})).rejects.toMatchObject({ code: "forbidden" });
  const [ofChange] = await all({ change: "184" });
  const [other] = await all({ action: "session.started" });
  expect((await showAuditEvent(viewer, { id: ofChange?.id })).event.id).toBe(ofChange?.id);
  await expect(showAuditEvent(viewer, { id: other?.id })).rejects.toMatchObject({ code: "not_found" });
});

test("a request's timeline tells everything as it happened", async () => {
  const first = await timelineOf(db, change, { limit: 25 });
  const rest = await timelineOf(db, change, { limit: 25, cursor: first.next ?? undefined });
  expect([...first.events, ...rest.events].map((e) => e.id)).toEqual(
    (await all({ change: "184" })).map((e) => e.id).toReversed(),
  );
  expect(rest.next).toBeNull();
});

test("facets name what occurs", async () => {
  const facets = await listAuditFacets(auditor, {});
  expect(facets.actions).toEqual(expect.arrayContaining(["bundle.created", "change.approved", "change.opened"]));
  expect(facets.actors).toContainEqual({ id: "person-0", name: "Ada Moreau" });
  expect(facets.incidents).toEqual(["INC-2319", "INC-2318", "INC-23"]);
  expect(facets.environments).toEqual(["production", "staging"]);
});

test("jobs of one name are told apart where one chooses an actor", async () => {
  for (const id of ["comparing", "clock"]) {
    await append(db, { actor: anActor({ kind: "job", id, name: "Plumbline" }), now: new Date("2026-02-01T10:00:00Z") });
  }
  const { actors } = await listAuditFacets(auditor, {});
  expect(actors).toContainEqual({ id: "comparing", name: "Plumbline (comparing)" });
  expect(actors).toContainEqual({ id: "clock", name: "Plumbline (clock)" });
  expect(actors).toContainEqual({ id: "set-up", name: "Set-up" });
});

async function exported(format: string, filter: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { body } = await exportEvents(auditor, { ...filter, format });
  return (await new Response(body).text()).trimEnd().split(/\r?\n/);
}

test("an export holds exactly the filtered events, and is itself on record", async () => {
  const filter = { environment: "staging" };
  const expected = await all(filter);
  const csv = await exported("csv", filter);
  expect(csv[0]).toMatch(/^time,event,leaf_index,/);
  expect(csv.slice(1).map((line) => line.split(",")[1])).toEqual(expected.map((e) => e.id));
  const ndjson = (await exported("ndjson", filter)).map((line) => JSON.parse(line));
  expect(ndjson.map((one) => one.id)).toEqual(expected.map((e) => e.id));
  expect(ndjson[0].event).toMatchObject({ version: 1, environment: "staging" });
  const ocsf = (await exported("ocsf", filter)).map((line) => JSON.parse(line));
  expect(ocsf[0]).toMatchObject({ class_uid: 3004, category_uid: 3, metadata: { uid: expected[0]?.id } });
  for (const one of ocsf) expect(one.type_uid).toBe(one.class_uid * 100 + one.activity_id);
  const ofIncident = (await exported("ndjson", { incident: "INC-2318" })).map((line) => JSON.parse(line).id);
  expect(ofIncident).toEqual((await all({ incident: "INC-2318" })).map((e) => e.id));
  const records = await db.auditEvent.findMany({ where: { action: "audit.exported" }, orderBy: { id: "asc" } });
  expect(records.map((one) => one.detail)).toEqual([
    ...["csv", "ndjson", "ocsf"].map((format) => ({ format, filter: { environment: "staging" } })),
    { format: "ndjson", filter: { incident: "INC-2318" } },
  ]);
});

test("an export that is given up ends its reading", async () => {
  const { body } = await exportEvents(auditor, { format: "ndjson" });
  const reader = body.getReader();
  await reader.read();
  await reader.cancel();
  const { rows } = await withSql(testDatabase().adminUrl, (sql) =>
    sql.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'plumbline reading' AND state = 'active'",
    ),
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test("whoever may not export is refused, and the attempt is on record", async () => {
  await expect(exportEvents(anActor({ role: "viewer" }), { format: "csv" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await db.auditEvent.count({ where: { action: "access.denied" } })).toBe(1);
});

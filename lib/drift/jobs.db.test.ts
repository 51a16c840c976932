import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { setRules } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { startLoop } from "#lib/platform/loop.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { acknowledgeFinding } from "./commands/triage-finding.ts";
import { comparePlace } from "./compare-place.ts";
import { compareDue, comparing, markEverything, markSilence } from "./jobs.ts";
import { aFleet, type Fleet } from "./testing/fleet.ts";

const { adminUrl } = testDatabase();
const base = "temperature: 0.4\n";
const declared = { temperature: 0.4 };
const drifted = { temperature: 0.9 };
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

/** From now on this table takes no such change. */
async function breakTable(table: string, event: "INSERT" | "UPDATE", when = "true"): Promise<void> {
  await withSql(adminUrl, (sql) =>
    sql.query(`
      CREATE OR REPLACE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the process died here'; END $$;
      CREATE TRIGGER break_it BEFORE ${event} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION break_it()`),
  );
}

const breakable = ["audit_event", "deployment", "finding_sighting", "sync_verdict", "drift_finding", "alert"];
afterEach(() =>
  withSql(adminUrl, async (sql) => {
    for (const table of breakable) await sql.query(`DROP TRIGGER IF EXISTS break_it ON ${table}`);
  }),
);

const openings = ({ place }: Fleet) =>
  database().findingEvent.count({ where: { kind: "opened", finding: { ...place } } });
const alerts = ({ house }: Fleet) => database().alert.count({ where: { systemId: house.systemId, topic: "drift" } });
const sightings = async ({ place }: Fleet) => {
  const { id } = await database().driftFinding.findFirstOrThrow({ where: { ...place } });
  return database().findingSighting.findUnique({ where: { findingId: id } });
};

async function aDriftedFleet(): Promise<Fleet> {
  const fleet = await aFleet({ base, now: at(-60) });
  await fleet.report({ instance: "pod-1", document: drifted, now: at(0) });
  return fleet;
}

describe("a worker that dies", () => {
  test.each([
    ["before anything is written", "audit_event", "INSERT", "true"],
    ["while findings are opened", "drift_finding", "INSERT", "true"],
    ["while people are told", "alert", "INSERT", "true"],
    ["before it is counted that they were seen", "finding_sighting", "INSERT", "true"],
    ["before the verdict is kept", "sync_verdict", "UPDATE", "NOT NEW.is_dirty"],
  ] as const)("%s leaves the rest to whoever comes next, who does it once", async (_, table, event, when) => {
    const fleet = await aDriftedFleet();
    await breakTable(table, event, when);
    await expect(comparePlace(fleet.place, at(1))).rejects.toThrow(/died here/);
    expect(await fleet.verdict()).toMatchObject({ isDirty: true });
    await withSql(adminUrl, (sql) => sql.query(`DROP TRIGGER break_it ON ${table}`));
    await fleet.compare(at(2));
    expect(await fleet.verdict()).toMatchObject({ isDirty: false, sync: "drifted" });
    expect(await fleet.findings()).toMatchObject([{ state: "open" }]);
    expect(await openings(fleet)).toBe(1);
    expect(await alerts(fleet)).toBe(1);
    expect(await sightings(fleet)).toMatchObject({ confirmations: 1 });
  });

  test("while a deployment is verified leaves that to the next one too", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    await fleet.report({ document: declared, now: at(0) });
    await breakTable("deployment", "UPDATE");
    await expect(comparePlace(fleet.place, at(1))).rejects.toThrow(/died here/);
    await withSql(adminUrl, (sql) => sql.query("DROP TRIGGER break_it ON deployment"));
    await fleet.compare(at(2));
    const { number, state } = await database().deployment.findFirstOrThrow({
      where: { ...fleet.place, isCurrent: true },
    });
    expect(state).toBe("verified");
    const subject = { subjectType: "deployment", subjectId: String(number), action: "deployment.verified" };
    expect(await database().auditEvent.count({ where: subject })).toBe(1);
  });
});

describe("several workers", () => {
  test("at the same place do its work once", async () => {
    const fleet = await aDriftedFleet();
    const answers = await Promise.all(Array.from({ length: 4 }, () => comparePlace(fleet.place, at(1))));
    expect(answers).toContain("compared");
    await fleet.compare(at(2));
    expect(await openings(fleet)).toBe(1);
    expect(await alerts(fleet)).toBe(1);
    expect(await sightings(fleet)).toMatchObject({ confirmations: 1 });
  });

  test("leave a place marked that changed while it was compared", async () => {
    const fleet = await aDriftedFleet();
    // The verdict was begun on the revision before this report.
    await breakTable("finding_sighting", "INSERT");
    await expect(comparePlace(fleet.place, at(1))).rejects.toThrow();
    await withSql(adminUrl, (sql) => sql.query("DROP TRIGGER break_it ON finding_sighting"));
    await withSql(adminUrl, (sql) =>
      sql.query(`
        CREATE OR REPLACE FUNCTION report_meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          UPDATE sync_verdict SET is_dirty = true, revision = revision + 1
          WHERE environment_id = '${fleet.place.environmentId}'; RETURN NULL; END $$;
        CREATE TRIGGER report_meanwhile AFTER INSERT ON finding_sighting FOR EACH ROW EXECUTE FUNCTION report_meanwhile()`),
    );
    await comparePlace(fleet.place, at(2));
    await withSql(adminUrl, (sql) => sql.query("DROP TRIGGER report_meanwhile ON finding_sighting"));
    expect(await fleet.verdict()).toMatchObject({ isDirty: true, sync: "drifted" });
    await fleet.compare(at(3));
    expect(await fleet.verdict()).toMatchObject({ isDirty: false });
  });
});

describe("what is due", () => {
  beforeAll(async () => {
    await compareDue(at(0));
  });

  test("is what is marked, and then nothing until a verdict runs out", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    await fleet.report({ document: declared, intervalSeconds: 30, now: at(0) });
    const evaluated = async () => (await fleet.verdict()).evaluatedAt;
    await compareDue(at(1));
    expect(await evaluated()).toEqual(at(1));
    await compareDue(at(50));
    expect(await evaluated()).toEqual(at(1));
    // A heartbeat marks nothing; shortly before its time the verdict is made again and lasts longer.
    await fleet.report({ document: declared, intervalSeconds: 30, now: at(45) });
    await compareDue(at(57));
    expect(await fleet.verdict()).toMatchObject({ evaluatedAt: at(57), sync: "in_sync", validUntil: at(105) });
    await compareDue(at(106));
    expect(await fleet.verdict()).toMatchObject({ sync: "stale" });
  });

  test("is found by the sweep where one of many fell silent", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    await fleet.report({ instance: "pod-1", document: declared, intervalSeconds: 30, now: at(0) });
    await fleet.report({ instance: "pod-2", document: declared, intervalSeconds: 30, now: at(0) });
    await fleet.compare(at(1));
    await fleet.report({ instance: "pod-2", document: declared, intervalSeconds: 30, now: at(40) });
    await markSilence(at(50));
    expect(await fleet.verdict()).toMatchObject({ isDirty: false });
    await markSilence(at(65));
    await fleet.compare(at(65));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync", instances: 1, silent: 1 });
    expect(await fleet.findings()).toMatchObject([{ kind: "silent_runtime", state: "open" }]);
    await markSilence(at(66));
    expect(await fleet.verdict()).toMatchObject({ isDirty: false });
  });

  test("is everything after the full sweep, whatever was missed", async () => {
    const fleet = await aDriftedFleet();
    await database().syncVerdict.deleteMany({ where: { ...fleet.place } });
    await markEverything(at(1));
    await fleet.compare(at(2));
    expect(await fleet.verdict()).toMatchObject({ sync: "drifted" });
  });

  test("is marked by the database when something is deployed, patched, ruled or ignored", async () => {
    const fleet = await aDriftedFleet();
    await fleet.compare(at(1));
    await database().$transaction(async (tx) => {
      await tx.ignoreRule.create({
        data: {
          id: fleet.place.bundleId,
          systemId: fleet.house.systemId,
          environments: [],
          pattern: "/temperature",
          kinds: [],
          reason: "Because of this test",
          ownerId: fleet.house.ada.id,
          ownerName: "Ada",
          expiresAt: at(3_600),
          createdBy: "Ada",
          createdAt: at(2),
        },
      });
      await tx.$executeRaw`
        INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, command, action, subject_type,
          subject_id, summary, detail, canonical, leaf_hash)
        VALUES (now(), 'person', 'p', 'P', 'script', 'test.write', 'test.written', 'test', '1', 'Test', '{}', '{}',
          sha256('\\x007b7d'::bytea))`;
    });
    expect(await fleet.verdict()).toMatchObject({ isDirty: true });
    await fleet.compare(at(3));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync", differing: 0 });
    expect(await fleet.findings()).toMatchObject([{ state: "resolved" }]);
    expect(await database().ignoreRuleHit.count({ where: { ignoreRuleId: fleet.place.bundleId } })).toBe(0);
    await fleet.report({ document: drifted, now: at(10) });
    await comparePlace(fleet.place, at(11));
    const hit = await database().ignoreRuleHit.findUnique({ where: { ignoreRuleId: fleet.place.bundleId } });
    expect(hit).toMatchObject({ hits: 1 });
    // When the rule ends, the difference is back, before any job has looked at the rule.
    await comparePlace(fleet.place, at(3_601));
    await fleet.report({ document: drifted, now: at(3_602) });
    await fleet.compare(at(3_603));
    expect((await fleet.findings())[0]).toMatchObject({ pointer: "/temperature", state: "open" });
  });

  test("is marked when the rules change, which may change what differs", async () => {
    const fleet = await aDriftedFleet();
    await fleet.compare(at(1));
    const tolerant = aRule({ pattern: "/temperature", schema: { type: "number" }, comparison: { tolerance: 1 } });
    await setRules(fleet.house, { parameters: [tolerant] });
    expect(await fleet.verdict()).toMatchObject({ isDirty: true });
    await fleet.compare(at(2));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync" });
  });
});

test("from a report to the verdict takes less than a second, because the loop is woken", async () => {
  const fleet = await aFleet({ base, now: at(-60) });
  const stop = startLoop({ ...comparing, pauses: { ...comparing.pauses, idle: 20_000 } });
  try {
    await waitFor(async () => (await fleet.verdict()).isDirty === false);
    const began = performance.now();
    await fleet.report({ document: drifted });
    await waitFor(async () => (await fleet.verdict()).sync === "drifted");
    expect(performance.now() - began).toBeLessThan(1_000);
  } finally {
    await stop();
  }
});

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error("It did not come about in 15 seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a place that fails keeps no other waiting, and its turn comes again", async () => {
  const [broken, sound] = [await aDriftedFleet(), await aDriftedFleet()];
  await breakTable(
    "sync_verdict",
    "UPDATE",
    `NEW.environment_id = '${broken.place.environmentId}' AND NOT NEW.is_dirty`,
  );
  const stop = startLoop(comparing);
  try {
    await waitFor(async () => (await sound.verdict()).sync === "drifted");
    expect(await broken.verdict()).toMatchObject({ isDirty: true });
    await withSql(adminUrl, (sql) => sql.query("DROP TRIGGER break_it ON sync_verdict"));
    await waitFor(async () => (await broken.verdict()).isDirty === false);
    expect(await openings(broken)).toBe(1);
  } finally {
    await stop();
  }
});

test("a decision at the same moment as an evaluation is kept, and so is what was found", async () => {
  const fleet = await aDriftedFleet();
  await fleet.compare(at(1));
  const [first] = await fleet.findings();
  await fleet.report({ document: { temperature: 0.7 }, now: at(10) });
  const decided = acknowledgeFinding(fleet.house.ada, { finding: first?.number }).catch((error: unknown) => error);
  await Promise.all([decided, comparePlace(fleet.place, at(11))]);
  expect(await fleet.findings()).toMatchObject([{ state: "resolved" }, { state: "open" }]);
  expect(await fleet.verdict()).toMatchObject({ isDirty: false });
});

test("10,000 instances with three different documents are three digests and two findings, in seconds", async () => {
  const fleet = await aFleet({ base, now: at(-60) });
  const documents = [declared, drifted, { temperature: 0.7 }];
  for (const [index, document] of documents.entries()) {
    await fleet.report({ instance: `pod-${index}`, document, now: at(0) });
  }
  const digests = documents.map((document) => digestOf(document));
  await withSql(adminUrl, (sql) =>
    sql.query(
      `INSERT INTO runtime (id, system_id, environment_id, bundle_id, fleet, instance, digest, models_digest, health,
        interval_seconds, first_seen_at, last_seen_at, changed_at)
      SELECT gen_random_uuid(), system_id, environment_id, bundle_id, fleet, 'made-' || i, ($2::text[])[i % 3 + 1], models_digest,
        'ok', 30, first_seen_at, last_seen_at, changed_at
      FROM runtime, generate_series(1, 9997) i WHERE environment_id = $1 AND instance = 'pod-0'`,
      [fleet.place.environmentId, digests],
    ),
  );
  const began = performance.now();
  await fleet.compare(at(1));
  expect(performance.now() - began).toBeLessThan(5_000);
  const verdict = await fleet.verdict();
  expect(verdict).toMatchObject({ instances: 10_000, sync: "drifted" });
  expect(verdict.observed).toHaveLength(3);
  const found = await database().driftFinding.findMany({ where: { ...fleet.place }, select: { id: true } });
  expect(found).toHaveLength(2);
  const seen = await database().findingSighting.findMany({ where: { findingId: { in: found.map((one) => one.id) } } });
  expect(seen.map((one) => one.instances).toSorted()).toEqual([3_333, 3_334]);
});

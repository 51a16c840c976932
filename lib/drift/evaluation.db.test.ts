import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { createChannel } from "#lib/alerts/commands/define-channel.ts";
import type { Json } from "#lib/kernel/json.ts";
import { database } from "#lib/platform/db.ts";
import { comparePlace } from "./compare-place.ts";
import { placeDifferences } from "./queries/verdicts.ts";
import { aFleet } from "./testing/fleet.ts";

const base = "temperature: 0.4\nguardrails:\n  toxicity: 0.7\n";
const declared = { temperature: 0.4, guardrails: { toxicity: 0.7 } };
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

const actionsAbout = async (number: number) =>
  (
    await database().auditEvent.findMany({
      where: { subjectType: "finding", subjectId: String(number) },
      orderBy: { id: "asc" },
    })
  ).map((event) => event.action);

describe("a place", () => {
  test("is unknown until somebody reports", async () => {
    const fleet = await aFleet({ base });
    await fleet.compare();
    expect(await fleet.verdict()).toMatchObject({ sync: "unknown", instances: 0, isDirty: false });
  });

  test("is in sync when its runtimes run what is declared", async () => {
    const fleet = await aFleet({ base });
    await fleet.report({ document: declared, health: "ok" });
    await fleet.compare();
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync", health: "ok", instances: 1, differing: 0 });
    expect(await fleet.findings()).toEqual([]);
  });

  test("is drifted when one of three runs something else, and says what", async () => {
    const fleet = await aFleet({ base });
    for (const instance of ["pod-1", "pod-2"]) await fleet.report({ instance, document: declared });
    await fleet.report({ instance: "pod-3", document: { ...declared, temperature: 0.9 } });
    await fleet.compare();
    expect(await fleet.verdict()).toMatchObject({ sync: "drifted", instances: 3, differing: 1 });
    expect(await fleet.findings()).toMatchObject([{ kind: "value_changed", pointer: "/temperature", state: "open" }]);
  });

  test("is unknown while nobody has sent the document of a digest", async () => {
    const fleet = await aFleet({ base });
    await fleet.report({ digest: `sha256:${"a".repeat(64)}` });
    await fleet.compare();
    expect(await fleet.verdict()).toMatchObject({ sync: "unknown", unreadable: 1 });
    expect(await fleet.findings()).toEqual([]);
  });

  test("is unknown, with a finding, when what runs can't be read", async () => {
    const fleet = await aFleet({ base });
    await fleet.report({ instance: "pod-1", document: declared });
    await fleet.report({ instance: "pod-2", unreadable: "The file is gone" });
    await fleet.compare();
    expect(await fleet.verdict()).toMatchObject({ sync: "unknown", unreadable: 1 });
    expect(await fleet.findings()).toMatchObject([{ kind: "unreadable_runtime", state: "open" }]);
  });

  test("turns stale when its runtimes fall silent, and back when they report again", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    await fleet.report({ document: declared, intervalSeconds: 30, now: at(0) });
    await fleet.compare(at(1));
    await fleet.compare(at(61));
    expect(await fleet.verdict()).toMatchObject({ sync: "stale", instances: 0, silent: 1, syncSince: at(60) });
    expect(await fleet.findings()).toMatchObject([{ kind: "silent_runtime", state: "open" }]);
    await fleet.report({ document: declared, intervalSeconds: 30, now: at(70) });
    await fleet.compare(at(71));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync", silent: 0 });
    expect(await fleet.findings()).toMatchObject([{ kind: "silent_runtime", state: "resolved" }]);
  });
});

describe("a finding", () => {
  test("is opened once, resolved by itself, and reopened with its history", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    const drifted = { ...declared, temperature: 0.9 };
    await fleet.report({ document: drifted, now: at(0) });
    await fleet.compare(at(1));
    await fleet.report({ document: drifted, now: at(10) });
    await fleet.compare(at(11));
    await fleet.report({ document: declared, now: at(20) });
    await fleet.compare(at(21));
    await fleet.report({ document: drifted, now: at(30) });
    await fleet.compare(at(31));
    const [finding, ...others] = await fleet.findings();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ state: "open" });
    const row = await database().driftFinding.findUniqueOrThrow({
      where: { number: finding?.number ?? 0 },
      include: { events: { orderBy: { id: "asc" } } },
    });
    expect(row).toMatchObject({ reopenings: 1, openedAt: at(31), onsetAfter: at(20) });
    expect(row.events.map((event) => event.kind)).toEqual(["opened", "alerted", "resolved", "reopened", "alerted"]);
    expect(await actionsAbout(row.number)).toEqual([
      "finding.opened",
      "finding.alerted",
      "finding.resolved",
      "finding.reopened",
      "finding.alerted",
    ]);
  });

  test("is on record with the names of those who were told of it", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    const { boss, system, systemId } = fleet.house;
    const responder = await aPerson({ name: "Rosa", roles: [{ role: "responder", system: systemId }] });
    const channel = { kind: "webhook", name: "on-call", address: "https://hooks.example.org/plumbline", system };
    await createChannel(boss, channel);
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(0) });
    await fleet.compare(at(1));
    const [finding] = await fleet.findings();
    const subject = { subjectType: "finding", subjectId: String(finding?.number) };
    const told = await database().auditEvent.findFirstOrThrow({ where: { ...subject, action: "finding.alerted" } });
    expect(told.detail).toEqual({ people: [responder.name], channels: ["on-call"] });
    expect(told.summary).toMatch(/^F-\d+ in .+ was told to Rosa, and the channel on-call$/);
  });

  test("that is only seen again leaves no trace in the log", async () => {
    const fleet = await aFleet({ base, now: at(-60) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(0) });
    await fleet.compare(at(1));
    const before = await database().auditEvent.count();
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(10) });
    await comparePlace(fleet.place, at(11));
    await comparePlace(fleet.place, at(12));
    expect(await database().auditEvent.count()).toBe(before);
    const { id } = await database().driftFinding.findFirstOrThrow({ where: { ...fleet.place } });
    const sighting = await database().findingSighting.findUniqueOrThrow({ where: { findingId: id } });
    expect(sighting).toMatchObject({ confirmations: 2, instances: 1 });
  });
});

test("whatever runs, a place is drifted exactly when there is a difference to show, and each is one open finding", async () => {
  const fleet = await aFleet({ base, now: at(-60) });
  const value = fc.constantFrom<Json>(0.4, "0.4", 0.5, null, true);
  const arbitraryDocument = fc.record(
    { temperature: value, guardrails: fc.record({ toxicity: value }, { requiredKeys: [] }), extra: value },
    { requiredKeys: [] },
  );
  const where = { system: fleet.house.system, environment: fleet.environment, bundle: "assistant" };
  let second = 100;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryDocument, { minLength: 1, maxLength: 3 }), async (documents) => {
      second += 10;
      for (const instance of ["pod-0", "pod-1", "pod-2"]) {
        const document = documents[Number(instance.slice(-1))];
        await fleet.report(
          document ? { instance, document, now: at(second) } : { instance, stopping: true, now: at(second) },
        );
      }
      await fleet.compare(at(second + 1));
      const { sync } = await fleet.verdict();
      const { differences } = await placeDifferences(fleet.house.ada, where, { now: at(second + 1) });
      const shown = differences.filter((one) => one.ignoredBy === null);
      expect(sync).toBe(shown.length > 0 ? "drifted" : "in_sync");
      const open = (await fleet.findings()).filter((one) => one.state === "open").map((one) => one.number);
      expect(shown.map((one) => one.finding).toSorted()).toEqual(open.toSorted());
    }),
    { numRuns: 20 },
  );
});

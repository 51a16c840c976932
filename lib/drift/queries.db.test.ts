import { beforeAll, describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { database } from "#lib/platform/db.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { countFindings, listFindings } from "./queries/list-findings.ts";
import { findingInstances } from "./queries/list-instances.ts";
import { showFinding } from "./queries/show-finding.ts";
import { listVerdicts, placeDifferences } from "./queries/verdicts.ts";
import { aFleet, type Fleet } from "./testing/fleet.ts";

const base = "temperature: 0.4\nmodel: gpt-4o-2024-08-06\nguardrails:\n  toxicity: 0.7\n";
const declared = { temperature: 0.4, model: "gpt-4o-2024-08-06", guardrails: { toxicity: 0.7 } };
const observed = { ...declared, temperature: 0.9, guardrails: { toxicity: 0.9 } };
const parameters = [
  aRule({ pattern: "/temperature", title: "Temperature", owner: "search" }),
  aRule({
    pattern: "/guardrails/toxicity",
    kind: "guardrail",
    strictness: "lower_is_stricter",
    risk: "high",
    schema: { type: "number" },
  }),
];

let fleet: Fleet;
beforeAll(async () => {
  fleet = await aFleet({ base, rules: { parameters } });
  for (const instance of ["pod-1", "pod-2", "pod-3"]) await fleet.report({ instance, document: observed });
  await fleet.report({ instance: "pod-4", document: declared });
  await fleet.compare();
});

const findingAt = async (pointer: string) =>
  database().driftFinding.findFirstOrThrow({ where: { ...fleet.place, pointer } });

describe("the list of findings", () => {
  test("is worst first, with places, values and who shows it", async () => {
    const { items } = await listFindings(fleet.house.ada, {});
    expect(items).toMatchObject([
      {
        kind: "threshold_relaxed",
        severity: "high",
        pointer: "/guardrails/toxicity",
        instances: 3,
        confirmations: 1,
        system: { slug: fleet.house.system },
        environment: { slug: "development" },
        bundle: { slug: "assistant" },
      },
      { kind: "value_changed", pointer: "/temperature", values: { declared: 0.4, observed: 0.9 }, state: "open" },
    ]);
  });

  test("is newest first when asked", async () => {
    const { items } = await listFindings(fleet.house.ada, { order: "newest" });
    const numbers = items.map((one) => one.number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  });

  test.each(["worst", "newest"])("comes in pages that miss and repeat nothing, %s first", async (order) => {
    const whole = await listFindings(fleet.house.ada, { order });
    const first = await listFindings(fleet.house.ada, { order, limit: 1 });
    const second = await listFindings(fleet.house.ada, { order, limit: 1, cursor: first.next ?? undefined });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(second.next).toBeNull();
  });

  test.each([
    [{ kind: "value_changed" }, 1],
    [{ severity: "high" }, 1],
    [{ environment: "production" }, 0],
    [{ bundle: "assistant", state: "open" }, 2],
    [{ state: "resolved" }, 0],
    [{ state: "any" }, 2],
    [{ q: "TEMPERATURE" }, 1],
    [{ q: "100%" }, 0],
  ])("can be narrowed by %j", async (filter, count) => {
    expect((await listFindings(fleet.house.ada, filter)).items).toHaveLength(count);
  });

  test("finds one by its number", async () => {
    const { number } = await findingAt("/temperature");
    expect((await listFindings(fleet.house.ada, { q: `F-${number}` })).items).toMatchObject([{ number }]);
  });

  test("shows nothing of systems that one may not read", async () => {
    const stranger = await aPerson({
      name: "Stranger",
      roles: [{ role: "viewer", system: (await aFleet({ base })).house.systemId }],
    });
    expect((await listFindings(stranger, {})).items).toEqual([]);
    expect(await countFindings(stranger, {})).toEqual({ open: 0, critical: 0 });
    const { number } = await findingAt("/temperature");
    await expect(showFinding(stranger, { finding: number })).rejects.toMatchObject({
      code: "not_found",
      message: `There is no finding F-${number}`,
    });
    const seen = await listVerdicts(stranger, {});
    expect(seen.map((row) => row.system.slug)).not.toContain(fleet.house.system);
  });

  test("is counted for the navigation", async () => {
    expect(await countFindings(fleet.house.ada, {})).toEqual({ open: 2, critical: 0 });
  });
});

describe("one finding", () => {
  test("shows both sides, its history, its siblings and what may be done", async () => {
    const { number } = await findingAt("/temperature");
    const page = await showFinding(fleet.house.ada, { finding: number });
    expect(page.documents).toMatchObject({ declared, observed });
    expect(page.parameter).toEqual({ title: "Temperature", owner: "search", risk: "low" });
    expect(page.timeline.map((moment) => moment.kind)).toEqual(["opened", "alerted"]);
    expect(page.siblings).toMatchObject([{ pointer: "/guardrails/toxicity" }]);
    expect(page.can).toEqual({ triage: true, accept: true, ignore: false, remediate: false });
    expect(page.hiddenBy).toBeNull();
  });

  test("names the runtimes that show it, in pages", async () => {
    const { number } = await findingAt("/temperature");
    const first = await findingInstances(fleet.house.ada, { finding: number, limit: 2 });
    const second = await findingInstances(fleet.house.ada, {
      finding: number,
      limit: 2,
      cursor: first.next ?? undefined,
    });
    expect([...first.items, ...second.items].map((one) => one.instance)).toEqual(["pod-1", "pod-2", "pod-3"]);
    expect(first.items).toMatchObject([{ isSilent: false, fleet: "default" }, {}]);
  });
});

describe("verdicts", () => {
  test("say of every place what is known, and what is open there", async () => {
    const rows = await listVerdicts(fleet.house.ada, { system: fleet.house.system });
    expect(rows).toMatchObject([
      {
        environment: { slug: "development" },
        sync: "drifted",
        instances: 4,
        differing: 3,
        observed: [
          { instances: 3, sync: "drifted" },
          { instances: 1, sync: "in_sync" },
        ],
        open: { critical: 0, high: 1, medium: 0, low: 1 },
      },
    ]);
  });

  test("are stale when they are read past their time, whether or not a job ran", async () => {
    const now = new Date(Date.now() + 61_000);
    const [row] = await listVerdicts(fleet.house.ada, { system: fleet.house.system }, { now });
    expect(row).toMatchObject({ sync: "stale" });
    expect(row?.syncSince).toEqual(row?.validUntil);
  });

  test("list every difference of a place with its finding", async () => {
    const where = { system: fleet.house.system, environment: "development", bundle: "assistant" };
    const { differences, sync } = await placeDifferences(fleet.house.ada, where);
    expect(sync).toBe("drifted");
    expect(differences).toMatchObject([
      { pointer: "/guardrails/toxicity", finding: expect.any(Number), ignoredBy: null, instances: 3 },
      { pointer: "/temperature" },
    ]);
  });
});

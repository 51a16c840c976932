import { describe, expect, test } from "vitest";
import { parseLayer } from "#lib/bundles/parse.ts";
import { aPatch, aPatchable, BASE, hours, at as minute } from "#lib/hot-patches/testing/patches.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { aFleet, type Fleet, fleetOf } from "./testing/fleet.ts";

const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

const inShort = async (fleet: Pick<Fleet, "findings">) =>
  (await fleet.findings()).map(({ kind, pointer, state }) => `${kind} ${pointer} ${state}`);

describe("a hot-patch", () => {
  const declared = parseLayer(BASE, "base").value ?? {};
  const patched: JsonObject = { ...declared, temperature: 0.9 };

  test("in force is authorised, not drift; what still runs after its end is", async () => {
    const house = await aPatchable();
    const fleet = await fleetOf(house, "development");
    await fleet.report({ document: declared, intervalSeconds: 3_600, now: minute(1) });
    await fleet.compare(minute(2));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync" });
    await aPatch(house, { changes: [{ pointer: "/temperature", value: 0.9 }], minutes: hours(1), now: minute(3) });
    expect(await fleet.verdict()).toMatchObject({ isDirty: true });
    await fleet.compare(minute(4));
    // Nobody has reported since: whether the patch was taken is not known yet, and no finding says that it was not.
    expect(await fleet.verdict()).toMatchObject({ sync: "unknown" });
    expect(await inShort(fleet)).toEqual([]);
    await fleet.report({ document: patched, intervalSeconds: 3_600, now: minute(5) });
    await fleet.compare(minute(6));
    const verdict = await fleet.verdict();
    expect(verdict).toMatchObject({ sync: "hot_patched", differing: 0 });
    expect(verdict.validUntil?.getTime()).toBe(minute(hours(1) + 3).getTime());
    expect(await inShort(fleet)).toContain("hot_patched /temperature open");
    // Its end is decided when it is read: no job has taken it back.
    await fleet.report({ document: patched, intervalSeconds: 3_600, now: minute(hours(1) + 4) });
    await fleet.compare(minute(hours(1) + 5));
    expect(await fleet.verdict()).toMatchObject({ sync: "drifted" });
    expect(await inShort(fleet)).toContain("hot_patched /temperature resolved");
    expect(await inShort(fleet)).toContain("expired_hot_patch /temperature open");
  });
});

describe("what no document says alone", () => {
  test("a flag past its day is a finding beside the comparison, and the verdict ends when the next one does", async () => {
    const flag = (expires: string) => ({ enabled: true, owner: "search", expires });
    const declared = { old: flag(at(-30).toISOString()), young: flag(at(3_600).toISOString()) };
    const rules = { parameters: [aRule({ pattern: "/*", kind: "flag" })] };
    const fleet = await aFleet({ base: JSON.stringify(declared), rules, now: at(-60) });
    await fleet.report({ document: declared, intervalSeconds: 3_600, now: at(0) });
    await fleet.compare(at(1));
    expect(await inShort(fleet)).toEqual(["stale_flag /old open"]);
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync", validUntil: at(3_600) });
  });

  test("another model than was asked for is drift, though the document is the declared one", async () => {
    const declared = { model: "gpt-4o-2024-08-06" };
    const fleet = await aFleet({ base: "model: gpt-4o-2024-08-06\n", now: at(-60) });
    const models = (served: string) => [{ pointer: "/model", requested: declared.model, served }];
    await fleet.report({ instance: "pod-1", document: declared, models: models(declared.model), now: at(0) });
    await fleet.report({ instance: "pod-2", document: declared, models: models("gpt-4o-2024-11-20"), now: at(0) });
    await fleet.compare(at(1));
    expect(await inShort(fleet)).toEqual(["provider_model_changed /model open"]);
    expect(await fleet.verdict()).toMatchObject({ sync: "drifted", instances: 2, differing: 1 });
    await fleet.report({ instance: "pod-2", document: declared, models: models(declared.model), now: at(10) });
    await fleet.compare(at(11));
    expect(await inShort(fleet)).toEqual(["provider_model_changed /model resolved"]);
  });

  test("a provider that moves a name is found, compared with what it served first under the deployment", async () => {
    const declared = { route: "my-route" };
    const fleet = await aFleet({ base: "route: my-route\n", now: at(-60) });
    const models = (served: string) => [{ pointer: "/route", requested: "my-route", served }];
    await fleet.report({ document: declared, models: models("small-1"), now: at(0) });
    await fleet.compare(at(1));
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync" });
    await fleet.report({ document: declared, models: models("small-2"), now: at(10) });
    await fleet.compare(at(11));
    expect(await inShort(fleet)).toEqual(["provider_model_changed /route open"]);
  });

  test("asking for another model than the declared one is drift", async () => {
    const declared = { model: "gpt-4o-2024-08-06" };
    const fleet = await aFleet({ base: "model: gpt-4o-2024-08-06\n", now: at(-60) });
    const models = [{ pointer: "/model", requested: "gpt-4o-mini-2024-07-18" }];
    await fleet.report({ document: declared, models, now: at(0) });
    await fleet.compare(at(1));
    expect(await inShort(fleet)).toEqual(["model_changed /model open"]);
  });

  const twoStages = async (rule: Partial<ParameterRule>) => {
    const rules = { parameters: [aRule({ pattern: "/embedding", environmentPolicy: "same", ...rule })] };
    const base = "embedding: large\n";
    const development = await aFleet({ base, rules, now: at(-60) });
    const { house, version } = development;
    const staging = await aFleet({ base, house, version, environment: "staging", now: at(-50) });
    await development.report({ document: { embedding: "large" }, now: at(0) });
    await staging.report({ document: { embedding: "small" }, now: at(0) });
    await development.compare(at(1));
    await staging.compare(at(2));
    return { development, staging };
  };

  test("what runtimes set themselves, and must be the same in every environment, is compared between environments", async () => {
    const { development, staging } = await twoStages({ comparison: { owner: "runtime" } });
    expect(await inShort(staging)).toEqual(["cross_environment /embedding open"]);
    expect(await inShort(development)).toEqual([]);
  });

  test("a difference from what is declared is told once, whatever other environments run", async () => {
    const { staging } = await twoStages({});
    expect(await inShort(staging)).toEqual(["value_changed /embedding open"]);
  });
});

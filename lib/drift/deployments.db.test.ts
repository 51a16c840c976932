import { describe, expect, test } from "vitest";
import { aVersion, promoted } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { verifyDeployment } from "#lib/releases/commands/verify-deployment.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { markWaiting } from "./jobs.ts";
import { aFleet, type Fleet } from "./testing/fleet.ts";

const base = "temperature: 0.4\nindex: small\n";
const declared = { temperature: 0.4, index: "small" };
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

const current = ({ place }: Fleet) =>
  database().deployment.findFirstOrThrow({ where: { ...place, isCurrent: true }, include: { snapshot: true } });

const actionsOf = async (number: number) =>
  (
    await database().auditEvent.findMany({
      where: { subjectType: "deployment", subjectId: String(number) },
      orderBy: { id: "asc" },
    })
  ).map((event) => event.action);

describe("a deployment", () => {
  test("is verified once every live runtime runs it, saying how many, when and who saw it", async () => {
    const fleet = await aFleet({ base, now: at(0) });
    for (const instance of ["pod-1", "pod-2"]) await fleet.report({ instance, document: declared, now: at(10) });
    await fleet.compare(at(11));
    const deployment = await current(fleet);
    expect(deployment).toMatchObject({ state: "verified", verifiedAt: at(11) });
    expect(deployment.verification).toEqual({
      by: "Plumbline",
      at: at(11).toISOString(),
      digest: deployment.snapshot.effectiveDigest,
      evidence: "2 of 2 live runtimes run what was deployed",
      running: 2,
      live: 2,
    });
    expect(await actionsOf(deployment.number)).toEqual(["deployment.started", "deployment.verified"]);
  });

  test("is partial while one of two still runs the version before, and verified when it has followed", async () => {
    const fleet = await aFleet({ base, now: at(0) });
    for (const instance of ["pod-1", "pod-2"]) await fleet.report({ instance, document: declared, now: at(10) });
    await fleet.compare(at(11));
    const next = { ...declared, temperature: 0.5 };
    const version = await aVersion(fleet.house, { base: "temperature: 0.5\nindex: small\n", now: at(12) });
    await promoted(fleet.house, { versions: [version], environment: "development", now: at(13) });
    await fleet.report({ instance: "pod-1", document: next, now: at(20) });
    await fleet.compare(at(21));
    // Nobody can say of the other one that it does not run it: it was not heard of since.
    expect(await current(fleet)).toMatchObject({ state: "pending" });
    await fleet.report({ instance: "pod-2", document: declared, now: at(22) });
    await fleet.compare(at(23));
    expect(await current(fleet)).toMatchObject({ state: "partial", verifiedAt: null });
    await fleet.report({ instance: "pod-2", document: next, now: at(30) });
    await fleet.compare(at(31));
    const { number, state } = await current(fleet);
    expect(state).toBe("verified");
    expect(await actionsOf(number)).toEqual([
      "deployment.started",
      "deployment.partly_verified",
      "deployment.verified",
    ]);
  });

  test("counts as taken when what runs is equal once it is normalised", async () => {
    const fleet = await aFleet({ base, now: at(0) });
    const document = { index: "small", temperature: "0.4" };
    await fleet.report({ document, origins: { "/temperature": "env TEMPERATURE" }, now: at(10) });
    await fleet.compare(at(11));
    expect(await current(fleet)).toMatchObject({ state: "verified" });
  });

  test("fails, with an alert, when everybody was told and none takes it; and is verified if they do after all", async () => {
    const fleet = await aFleet({ base, now: at(0) });
    const other = { ...declared, temperature: 0.9 };
    await fleet.report({ document: other, now: at(10) });
    await fleet.compare(at(11));
    expect(await current(fleet)).toMatchObject({ state: "pending" });
    await fleet.report({ document: other, now: at(60) });
    await fleet.report({ document: other, now: at(95) });
    expect(await markWaiting(at(100))).toBeGreaterThan(0);
    await fleet.compare(at(100));
    const deployment = await current(fleet);
    expect(deployment).toMatchObject({ state: "failed" });
    expect(await database().alert.findMany({ where: { key: `deployment/${deployment.id}/failed` } })).toHaveLength(1);
    await fleet.report({ document: declared, now: at(110) });
    await fleet.compare(at(111));
    expect(await current(fleet)).toMatchObject({ state: "verified" });
  });

  test("that changes what is built in is verified by a new build alone", async () => {
    const rule = aRule({ pattern: "/index", tier: "build" });
    const fleet = await aFleet({ base, rules: { parameters: [rule] }, now: at(0) });
    await fleet.report({ document: declared, build: "build-1", now: at(10) });
    await fleet.compare(at(11));
    const version = await aVersion(fleet.house, { base: "temperature: 0.4\nindex: large\n", now: at(12) });
    await promoted(fleet.house, { versions: [version], environment: "development", now: at(13) });
    const next = { ...declared, index: "large" };
    await fleet.report({ document: next, build: "build-1", now: at(20) });
    await fleet.compare(at(21));
    expect(await current(fleet)).toMatchObject({ state: "pending", needsBuild: true });
    // The old build in a new instance is no new build.
    await fleet.report({ instance: "pod-2", document: next, build: "build-1", now: at(25) });
    await fleet.compare(at(26));
    expect(await current(fleet)).toMatchObject({ state: "pending" });
    await fleet.report({ document: next, build: "build-2", now: at(30) });
    await fleet.compare(at(31));
    expect(await current(fleet)).toMatchObject({ state: "partial" });
    await fleet.report({ instance: "pod-2", stopping: true, now: at(35) });
    await fleet.compare(at(36));
    expect(await current(fleet)).toMatchObject({ state: "verified" });
  });

  test("is not verified by hand where runtimes report, and is where none does", async () => {
    const fleet = await aFleet({ base, now: at(0) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(10) });
    const { number, snapshot } = await current(fleet);
    const statement = { deployment: number, digest: snapshot.effectiveDigest, evidence: "Seen on host 7" };
    await expect(verifyDeployment(fleet.house.boss, statement, { now: at(11) })).rejects.toThrow(
      /Runtimes report here/,
    );
    await verifyDeployment(fleet.house.boss, statement, { now: at(500) });
    expect(await current(fleet)).toMatchObject({ state: "verified" });
  });
});

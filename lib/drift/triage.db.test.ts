import { describe, expect, test } from "vitest";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aHouse, approve, promoted } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { acceptFinding } from "./commands/accept-finding.ts";
import {
  acknowledgeFinding,
  acknowledgeFindings,
  suppressFinding,
  unsuppressFinding,
} from "./commands/triage-finding.ts";
import { listFindings } from "./queries/list-findings.ts";
import { showFinding } from "./queries/show-finding.ts";
import { aFleet, type Fleet } from "./testing/fleet.ts";

const base = "# Calm answers\ntemperature: 0.4 # agreed with search\ntop_p: 1\n";
const declared = { temperature: 0.4, top_p: 1 };
const reason = "Because of this test";
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

/** A fleet whose one runtime runs something else. */
async function drifted(
  document: { readonly [key: string]: number } = { ...declared, temperature: 0.9 },
): Promise<Fleet> {
  const fleet = await aFleet({ base, now: at(-60) });
  await fleet.report({ document, now: at(0) });
  await fleet.compare(at(1));
  return fleet;
}

async function only(fleet: Fleet): Promise<number> {
  const [finding, ...others] = await fleet.findings();
  expect(others).toEqual([]);
  return finding?.number ?? 0;
}

describe("acknowledging", () => {
  test("says who took it on, and the difference may stay", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await acknowledgeFinding(fleet.house.ada, { finding, note: "Looking at it" }, { now: at(5) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(10) });
    await fleet.compare(at(11));
    const page = await showFinding(fleet.house.ada, { finding }, { now: at(11) });
    expect(page).toMatchObject({ state: "acknowledged", acknowledgedBy: "Ada" });
    expect(page.timeline.at(-1)).toMatchObject({ kind: "acknowledged", by: "Ada", note: "Looking at it" });
  });

  test("is refused of one that changed since it was seen", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await expect(acknowledgeFinding(fleet.house.ada, { finding, revision: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("several at once takes those that are open", async () => {
    const fleet = await drifted({ temperature: 0.9, top_p: 0.5 });
    const numbers = (await fleet.findings()).map((one) => one.number);
    await acknowledgeFinding(fleet.house.ada, { finding: numbers[0] });
    const { acknowledged } = await acknowledgeFindings(fleet.house.ada, { findings: numbers });
    expect(acknowledged).toEqual(numbers.slice(1));
    await expect(acknowledgeFindings(fleet.house.ada, { findings: numbers })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("is not for those who only read, nor for another system's people", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    const stranger = (await aHouse()).ada;
    await expect(acknowledgeFinding(stranger, { finding })).rejects.toMatchObject({ code: "forbidden" });
    await expect(acknowledgeFindings(stranger, { findings: [finding] })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("suppressing", () => {
  test("takes it out of the list until its date, and it is open again then, before any job ran", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await suppressFinding(fleet.house.ada, { finding, until: at(3_600), reason }, { now: at(2) });
    const listed = async (now: Date) =>
      (await listFindings(fleet.house.ada, {}, { now })).items.map((one) => one.state);
    expect(await listed(at(3))).toEqual([]);
    expect(await listed(at(3_601))).toEqual(["open"]);
  });

  test("ends by itself, with its history, and without a second alert", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await suppressFinding(fleet.house.ada, { finding, until: at(30), reason }, { now: at(2) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(31) });
    await fleet.compare(at(32));
    const page = await showFinding(fleet.house.ada, { finding }, { now: at(32) });
    expect(page.state).toBe("open");
    expect(page.timeline.map((moment) => moment.kind)).toEqual(["opened", "alerted", "suppressed", "unsuppressed"]);
  });

  test("is taken back by hand", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await suppressFinding(fleet.house.ada, { finding, until: at(3_600), reason }, { now: at(2) });
    await unsuppressFinding(fleet.house.ada, { finding }, { now: at(3) });
    expect(await fleet.findings()).toMatchObject([{ state: "open" }]);
  });

  test("for longer than 90 days is refused, and changes nothing", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    const long = suppressFinding(fleet.house.ada, { finding, until: at(91 * 86_400), reason }, { now: at(2) });
    await expect(long).rejects.toMatchObject({ code: "invalid" });
    expect(await fleet.findings()).toMatchObject([{ state: "open" }]);
  });
});

describe("accepting", () => {
  test("opens a request that declares what runs, in this environment alone, comments kept", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    const { change } = await acceptFinding(fleet.house.ada, { finding, reason });
    const request = await database().changeRequest.findUniqueOrThrow({ where: { number: change } });
    expect(request).toMatchObject({ kind: "version", state: "open", environments: ["development"] });
    expect(request.title).toBe(`Accept F-${finding}: /temperature as it runs in Development`);
    expect(request.reason).toContain(`F-${finding}`);
    const draft = await database().draft.findFirstOrThrow({ where: { changeRequestId: request.id } });
    expect(draft.source).toMatchObject({
      base,
      overlays: { development: expect.stringContaining("temperature: 0.9") },
    });
    const page = await showFinding(fleet.house.ada, { finding }, { now: at(2) });
    expect(page).toMatchObject({ state: "accepted", changeRequest: { number: change, state: "open" } });
  });

  test("writes into the base what must be the same in every environment", async () => {
    const rule = aRule({ pattern: "/temperature", environmentPolicy: "same" });
    const fleet = await aFleet({ base, rules: { parameters: [rule] }, now: at(-60) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(0) });
    await fleet.compare(at(1));
    const found = (await fleet.findings()).find((one) => one.kind === "value_changed");
    const { change } = await acceptFinding(fleet.house.ada, { finding: found?.number, reason });
    const { id } = await database().changeRequest.findUniqueOrThrow({ where: { number: change } });
    const draft = await database().draft.findFirstOrThrow({ where: { changeRequestId: id } });
    expect(draft.source).toMatchObject({ base: base.replace("0.4", "0.9") });
  });

  test("is resolved by itself once what runs is declared", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    const { change } = await acceptFinding(fleet.house.ada, { finding, reason }, { now: at(2) });
    await approve(fleet.house.grace, change, at(3));
    const { produced } = await applyChange(fleet.house.boss, { number: change }, { now: at(4) });
    await fleet.compare(at(5));
    expect(await fleet.findings()).toMatchObject([{ state: "accepted" }]);
    await promoted(fleet.house, { versions: [produced[0]?.id ?? ""], environment: "development", now: at(6) });
    expect(await fleet.verdict()).toMatchObject({ isDirty: true });
    await fleet.compare(at(7));
    expect(await fleet.findings()).toMatchObject([{ state: "resolved" }]);
    expect(await fleet.verdict()).toMatchObject({ sync: "in_sync" });
  });

  test("is open again when its request is closed", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    const { change } = await acceptFinding(fleet.house.ada, { finding, reason }, { now: at(2) });
    await closeChange(fleet.house.ada, { number: change, reason }, { now: at(3) });
    await fleet.report({ document: { ...declared, temperature: 0.9 }, now: at(10) });
    await fleet.compare(at(11));
    expect(await fleet.findings()).toMatchObject([{ state: "open" }]);
  });

  test("leaves out what is not there any more", async () => {
    const fleet = await drifted({ temperature: 0.4 });
    const finding = await only(fleet);
    const { change } = await acceptFinding(fleet.house.ada, { finding, reason });
    const { id } = await database().changeRequest.findUniqueOrThrow({ where: { number: change } });
    const draft = await database().draft.findFirstOrThrow({ where: { changeRequestId: id } });
    expect(draft.source).toMatchObject({ overlays: { development: expect.stringContaining("top_p: null") } });
  });

  test("is refused of silence, naming what to do instead", async () => {
    const fleet = await aFleet({ base, now: at(-300) });
    await fleet.report({ document: declared, now: at(-200) });
    await fleet.compare(at(0));
    const finding = await only(fleet);
    await expect(acceptFinding(fleet.house.ada, { finding, reason })).rejects.toThrow(/bring the runtimes back/);
  });

  test("needs the right to propose", async () => {
    const fleet = await drifted();
    const finding = await only(fleet);
    await expect(acceptFinding(fleet.house.grace, { finding, reason })).rejects.toMatchObject({ code: "forbidden" });
    expect(await fleet.findings()).toMatchObject([{ state: "open" }]);
  });
});

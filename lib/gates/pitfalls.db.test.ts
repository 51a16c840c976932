import { expect, test } from "vitest";
import { removeMember } from "#lib/accounts/commands/groups.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { archiveBundle } from "#lib/bundles/commands/archive-bundle.ts";
import { database } from "#lib/platform/db.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { proposeRules } from "#lib/reviews/commands/propose-rules.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { scheduleChange } from "#lib/reviews/commands/schedule-change.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { editRules } from "#lib/systems/commands/edit-rules.ts";
import { protectSystem } from "#lib/systems/commands/protect-system.ts";
import { currentRules } from "#lib/systems/store.ts";
import { someRules } from "#lib/systems/testing/rules-fixture.ts";
import { applyChange } from "./commands/apply-change.ts";
import { overrideGate } from "./commands/except-gate.ts";
import { runSchedules } from "./jobs.ts";
import {
  aChange,
  actionsOf,
  aDraft,
  aHouse,
  aMachine,
  approve,
  aVersion,
  blockersOf,
  deactivate,
  type House,
  review,
  rewriteDraft,
  setRules,
  stateOf,
  stripRoles,
} from "./testing/house.ts";

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

async function approved(house: House) {
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  return change;
}

test("an edit after the approval dismisses it, and what was approved is not what would be applied", async () => {
  const house = await aHouse();
  const change = await approved(house);
  await rewriteDraft(house.ada, change.draftId, { base: "temperature: 1.9\n", overlays: {} });
  const edited = await editChange(house.ada, { number: change.number, fromDrafts: true });
  expect(edited).toMatchObject({ state: "open" });
  expect(edited.contentDigest).not.toBe(change.contentDigest);
  expect(await blockersOf(house.ada, change.number)).toEqual(["approvals"]);
  const told = await database().notification.findMany({ where: { personId: house.grace.id, kind: "change.edited" } });
  expect(told).toHaveLength(1);
});

test("the draft's text is a working copy: saving it changes nothing that was approved", async () => {
  const house = await aHouse();
  const change = await approved(house);
  await rewriteDraft(house.ada, change.draftId, { base: "temperature: 1.9\n", overlays: {} });
  const { produced } = await applyChange(house.ada, { number: change.number });
  const version = await database().bundleVersion.findUniqueOrThrow({ where: { id: produced[0]?.id ?? "" } });
  expect(version.base).toEqual({ temperature: 0.4 });
});

test("editing back to what was approved does not bring the approval back", async () => {
  const house = await aHouse();
  const change = await approved(house);
  for (const base of ["temperature: 1.9\n", "temperature: 0.4\n"]) {
    await rewriteDraft(house.ada, change.draftId, { base, overlays: {} });
    await editChange(house.ada, { number: change.number, fromDrafts: true });
  }
  expect(await blockersOf(house.ada, change.number)).toEqual(["approvals"]);
});

test("new words keep the approval", async () => {
  const house = await aHouse();
  const change = await approved(house);
  await editChange(house.ada, { number: change.number, title: "Better words" });
  expect(await stateOf(change.number)).toBe("approved");
});

test("a reviewer of an older content is told so", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await rewriteDraft(house.ada, change.draftId, { base: "temperature: 1.9\n", overlays: {} });
  await editChange(house.ada, { number: change.number, fromDrafts: true });
  const stale = { number: change.number, verdict: "approve", contentDigest: change.contentDigest, summary: "Fine" };
  await expect(reviewChange(house.grace, stale)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("edited after you opened it"),
  });
});

test("an approver who loses the role, or leaves, takes their approval along", async () => {
  const house = await aHouse();
  const [first, second] = [await approved(house), await aChange(house, { base: "temperature: 0.5\n" })];
  await approve(house.sam, second.number);
  await stripRoles(house, house.grace);
  await deactivate(house, house.sam);
  expect(await blockersOf(house.ada, first.number)).toEqual(["approvals"]);
  expect(await blockersOf(house.ada, second.number)).toEqual(["approvals"]);
});

test("an approver who leaves the group no longer speaks for it", async () => {
  const house = await aHouse({ policies: [aPolicy({ groups: [{ group: "safety", approvals: 1 }] })] });
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.sam, change.number);
  expect(await stateOf(change.number)).toBe("approved");
  await removeMember(house.boss, { group: "safety", personId: house.sam.id });
  expect(await blockersOf(house.ada, change.number)).toEqual(["approvals"]);
});

test("approvals cover every environment that the change reaches, together", async () => {
  const house = await aHouse();
  const [low, high] = await Promise.all(
    [["development", "staging"], ["production"]].map((environments) =>
      aPerson({
        roles: environments.map((environment) => ({ role: "reviewer", system: house.systemId, environment })),
      }),
    ),
  );
  if (!low || !high) throw new Error("two reviewers");
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  expect((await approve(low, change.number)).state).toBe("open");
  expect((await approve(high, change.number)).state).toBe("approved");
});

test("an edit that widens the reach is judged by the new reach, on the real effect and not on the path", async () => {
  const house = await aHouse();
  const base = "temperature: 0.4\n";
  await aVersion(house, { base });
  const stager = await aPerson({ roles: [{ role: "author", system: house.systemId, environment: "staging" }] });
  const within = await aDraft(house, { base, overlays: { staging: "temperature: 0.5\n" } });
  const words = { system: house.system, title: "Mine", reason: "Only for staging" };
  const change = await proposeVersion(stager, { ...words, drafts: [within] });
  expect(await database().changeRequest.findUniqueOrThrow({ where: { number: change.number } })).toMatchObject({
    environments: ["staging"],
  });
  // Nested, and by way of base: what counts is which environments become different.
  await rewriteDraft(house.ada, within, { base: "temperature: 0.9\n", overlays: { staging: "temperature: 0.5\n" } });
  await expect(editChange(stager, { number: change.number, fromDrafts: true })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("nobody approves their own change, nor one they contributed to, nor through a token of theirs", async () => {
  const house = await aHouse();
  const own = await aChange(house, { base: "temperature: 0.4\n", by: house.boss });
  await expect(approve(house.boss, own.number)).rejects.toMatchObject({ code: "forbidden" });

  const shared = await aDraft(house, { base: "temperature: 0.6\n" });
  await rewriteDraft(house.boss, shared, { base: "temperature: 0.7\n", overlays: {} });
  const words = { system: house.system, title: "Shared", reason: "Written by two people" };
  const both = await proposeVersion(house.ada, { ...words, drafts: [shared] });
  await expect(approve(house.boss, both.number)).rejects.toMatchObject({ code: "forbidden" });

  const machine = await aMachine(house, house.boss, "author");
  const draft = await aDraft(house, { base: "temperature: 0.8\n", by: machine });
  const opened = await proposeVersion(machine, { ...words, drafts: [draft] });
  await expect(approve(house.boss, opened.number)).rejects.toMatchObject({ code: "forbidden" });
  expect((await approve(house.grace, opened.number)).state).toBe("approved");
});

test("a machine may open and comment, never approve nor override", async () => {
  const house = await aHouse();
  const machine = await aMachine(house, house.boss, "administrator");
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await expect(approve(machine, change.number)).rejects.toMatchObject({ code: "forbidden" });
  await review(machine, change.number, { verdict: "comment", summary: "The nightly run was green" });
  const { number, contentDigest } = change;
  const asked = { number, gate: "approvals", contentDigest, reason: "The machine says so", expiresAt: inHours(1) };
  await expect(overrideGate(machine, asked)).rejects.toMatchObject({ code: "forbidden" });
});

test("a schedule fires through the same gates, whatever became of policy, approver and scheduler", async () => {
  const house = await aHouse({ policies: [aPolicy()] });
  const [gone, free, left] = [
    await approved(house),
    await aChange(house, { base: "temperature: 0.6\n" }),
    await approved(house),
  ];
  await approve(house.sam, free.number);
  const due = inHours(1);
  await scheduleChange(house.boss, { number: gone.number, at: due });
  await scheduleChange(house.boss, { number: free.number, at: due });
  await scheduleChange(house.ada, { number: left.number, at: due });
  await stripRoles(house, house.sam);
  await setRules(house, { policies: [] });
  await deactivate(house, house.ada);
  expect(await runSchedules(inHours(2))).toBe(3);
  expect(await stateOf(gone.number)).toBe("applied");
  const rows = await database().changeRequest.findMany({
    where: { number: { in: [free.number, left.number] } },
    orderBy: { number: "asc" },
  });
  expect(rows.map((row) => [row.state, row.scheduleState])).toEqual([
    ["approved", "suspended"],
    ["approved", "suspended"],
  ]);
  expect(rows[0]?.scheduleNote).toContain("Approvals");
  expect(rows[1]?.scheduleNote).toContain("deactivated");
  expect(await actionsOf(left.number)).toContain("change.schedule_suspended");
  expect(await runSchedules(inHours(3))).toBe(0);
});

test("a bundle that an open request refers to cannot be removed", async () => {
  const house = await aHouse();
  await approved(house);
  const { revision } = await database().bundle.findFirstOrThrow({ where: { systemId: house.systemId } });
  const archive = { system: house.system, bundle: "assistant", reason: "Nobody needs it", revision };
  await expect(archiveBundle(house.boss, archive)).rejects.toMatchObject({ code: "conflict" });
});

test("once protected, rules change by request alone, judged by the rules in force", async () => {
  const safetyForGuardrails = aPolicy({ id: "g", kinds: ["guardrail"], groups: [{ group: "safety", approvals: 1 }] });
  const house = await aHouse({ policies: [aPolicy(), safetyForGuardrails] });
  const { revision } = await database().system.findUniqueOrThrow({ where: { id: house.systemId } });
  await protectSystem(house.boss, { system: house.system, reason: "It goes live now", revision });
  const { id: baseRulesId } = await currentRules(database(), house.systemId);
  const rules = someRules({ policies: [aPolicy()] });
  const edit = { system: house.system, baseRulesId, rules, reason: "Less bother for us" };
  await expect(editRules(house.boss, edit)).rejects.toMatchObject({ code: "conflict" });
  const change = await proposeRules(house.boss, { ...edit, title: "Drop the safety policy" });
  expect((await approve(house.grace, change.number)).state).toBe("open");
  expect((await approve(house.sam, change.number)).state).toBe("approved");
  await applyChange(house.boss, { number: change.number });
  expect((await currentRules(database(), house.systemId)).rules.policies).toHaveLength(1);
});

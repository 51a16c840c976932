import { aPerson } from "#lib/accounts/testing.ts";
import type { Cases, World } from "#lib/api/testing/cases.ts";
import { aChange, aDraft, approve, aVersion, deactivate, promoted, setRules } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { resolveThread, startThread } from "#lib/reviews/commands/discuss-change.ts";
import { scheduleChange } from "#lib/reviews/commands/schedule-change.ts";
import { plumbline } from "#lib/reviews/jobs.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { currentRules } from "#lib/systems/store.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";

const reason = "Because of this test";
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
let spread = 0;
/** Another text each time, so that no request is empty. */
const text = () => `temperature: 0.${++spread + 100}\n`;
const proposal = ({ system }: World) => ({ system, title: "A change", reason });

async function opened(world: World) {
  return aChange(world, { base: text() });
}

async function approved(world: World) {
  const change = await opened(world);
  const { reviewId } = await approve(world.grace, change.number);
  return { ...change, reviewId };
}

/** An approved request that is to be applied in an hour, and what the schedule's job says of it. */
async function scheduled(world: World) {
  const { number } = await approved(world);
  await scheduleChange(world.ada, { number, at: inHours(1) });
  const { scheduledFor } = await database().changeRequest.findUniqueOrThrow({ where: { number } });
  return { number, scheduledFor };
}

async function discussed(world: World) {
  const { number } = await opened(world);
  await startThread(world.grace, { number, body: "Why?" });
  const thread = await database().thread.findFirstOrThrow({ where: { changeRequest: { number } } });
  return { number, threadId: thread.id };
}

/** Requests, their conversation, their gates and their schedule. */
export const changeCases: Cases = {
  "change.proposeVersion": async (world) => ({
    by: world.ada,
    input: { ...proposal(world), drafts: [await aDraft(world, { base: text() })] },
  }),
  "change.proposePromotion": async (world) => ({
    by: world.ada,
    input: { ...proposal(world), environment: "development", versions: [await aVersion(world, { base: text() })] },
  }),
  "change.proposeRollback": async (world) => {
    for (const base of [text(), text()]) {
      await promoted(world, { versions: [await aVersion(world, { base })], environment: "development" });
    }
    const snapshots = await database().snapshot.findMany({
      where: { systemId: world.systemId },
      orderBy: { number: "asc" },
    });
    return {
      by: world.ada,
      input: { ...proposal(world), environment: "development", snapshots: [snapshots.at(-2)?.number] },
    };
  },
  "change.proposeRules": async (world) => {
    const { id } = await currentRules(database(), world.systemId);
    const rules = someRules({ parameters: [aRule({ pattern: "/temperature" })] });
    return { by: world.boss, input: { ...proposal(world), baseRulesId: id, rules } };
  },
  "change.edit": async (world) => {
    const { number } = await opened(world);
    return { by: world.ada, input: { number, title: "A better title" } };
  },
  "change.open": async (world) => {
    const { number } = await aChange(world, { base: text(), asDraft: true });
    return { by: world.ada, input: { number } };
  },
  "change.recall": async (world) => ({ by: world.ada, input: { number: (await opened(world)).number } }),
  "change.close": async (world) => ({ by: world.ada, input: { number: (await opened(world)).number, reason } }),
  "change.reopen": async (world) => {
    const { number } = await opened(world);
    await closeChange(world.ada, { number, reason });
    return { by: world.ada, input: { number, reason } };
  },
  "change.claim": async (world) => {
    const leaver = await aPerson({ name: "Leaver", roles: [{ role: "author", system: world.system }] });
    const { number } = await aChange(world, { base: text(), by: leaver });
    await deactivate(world, leaver);
    return { by: world.ada, input: { number } };
  },
  "change.comment": async (world) => ({
    by: world.grace,
    input: { number: (await opened(world)).number, body: "Why?" },
  }),
  "change.reply": async (world) => ({ by: world.ada, input: { ...(await discussed(world)), body: "Because" } }),
  "change.resolveThread": async (world) => ({ by: world.ada, input: await discussed(world) }),
  "change.reopenThread": async (world) => {
    const thread = await discussed(world);
    await resolveThread(world.ada, thread);
    return { by: world.ada, input: thread };
  },
  "change.review": async (world) => {
    const { number, contentDigest } = await opened(world);
    return { by: world.grace, input: { number, contentDigest, verdict: "approve", summary: "I have read it" } };
  },
  "change.withdrawReview": async (world) => {
    const { number, reviewId } = await approved(world);
    return { by: world.grace, input: { number, reviewId } };
  },
  "change.dismissReview": async (world) => {
    const { number, reviewId } = await approved(world);
    return { by: world.boss, input: { number, reviewId, reason } };
  },
  "change.rebase": async (world) => {
    await aVersion(world, { base: "top_p: 1\nseed: 7\n" });
    const { number } = await aChange(world, { base: "top_p: 0.9\nseed: 7\n" });
    await aVersion(world, { base: "top_p: 1\nseed: 8\n" });
    return { by: world.ada, input: { number } };
  },
  "change.apply": async (world) => ({ by: world.ada, input: { number: (await approved(world)).number } }),
  "change.schedule": async (world) => ({
    by: world.ada,
    input: { number: (await approved(world)).number, at: inHours(2) },
  }),
  "change.unschedule": async (world) => ({ by: world.ada, input: { number: (await scheduled(world)).number } }),
  "change.applyScheduled": async (world) => ({ by: world.ada, input: await scheduled(world), now: inHours(2) }),
  "change.suspendSchedule": async (world) => ({
    by: plumbline("scheduled-apply", new Date()),
    input: { ...(await scheduled(world)), note: "A gate fell" },
    now: inHours(2),
  }),
  "change.parkSchedule": async (world) => ({
    by: plumbline("scheduled-apply", new Date()),
    input: { ...(await scheduled(world)), note: "Trouble did not pass" },
    now: inHours(2),
  }),
  "change.postponeSchedule": async (world) => ({
    by: plumbline("scheduled-apply", new Date()),
    input: { ...(await scheduled(world)), note: "Trouble" },
    now: inHours(2),
  }),
  "change.settle": async (world) => {
    const reviewer = await aPerson({ name: "Brief", roles: [{ role: "reviewer", system: world.system }] });
    const { number } = await opened(world);
    await approve(reviewer, number);
    await deactivate(world, reviewer);
    return { by: plumbline("lapsed-approvals", new Date()), input: { number } };
  },
  "gate.override": async (world) => {
    const { number, contentDigest } = await opened(world);
    return { by: world.boss, input: { number, contentDigest, gate: "approvals", reason, expiresAt: inHours(2) } };
  },
  "gate.waive": async (world) => {
    const guardrail = aRule({
      ...{ pattern: "/guardrails/pii", kind: "guardrail", strictness: "lower_is_stricter", maxRelaxation: 0.2 },
      schema: { type: "number" },
    });
    await setRules(world, { parameters: [guardrail], policies: [aPolicy({ requiredChecks: ["ratchet"] })] });
    await promoted(world, {
      versions: [await aVersion(world, { base: "guardrails:\n  pii: 0.1\n" })],
      environment: "development",
    });
    const change = await aChange(world, { base: "guardrails:\n  pii: 0.9\n" });
    const { number, contentDigest } = change;
    const items = ["assistant#/guardrails/pii"];
    return { by: world.boss, input: { number, contentDigest, gate: "ratchet", items, reason, expiresAt: inHours(2) } };
  },
};

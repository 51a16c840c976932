import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { startThread } from "#lib/reviews/commands/discuss-change.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { showChangeTimeline } from "#lib/reviews/queries/show-timeline.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { applyChange } from "./commands/apply-change.ts";
import {
  aBundle,
  aChange,
  actionsOf,
  aDraft,
  aHouse,
  approve,
  aVersion,
  promoted,
  review,
  stateOf,
} from "./testing/house.ts";

test("a change goes from draft text through review into effect, and the log tells it", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4 # cooler\n" });
  expect(change.state).toBe("open");
  expect((await approve(house.grace, change.number)).state).toBe("approved");
  const applied = await applyChange(house.ada, { number: change.number });
  expect(applied).toMatchObject({ state: "applied", produced: [{ kind: "version", label: "assistant 1.0.0" }] });
  const version = await database().bundleVersion.findUniqueOrThrow({ where: { id: applied.produced[0]?.id ?? "" } });
  expect(version).toMatchObject({
    base: { temperature: 0.4 },
    semver: "1.0.0",
    source: { base: "temperature: 0.4 # cooler\n" },
  });
  expect(await database().draft.findUniqueOrThrow({ where: { id: change.draftId } })).toMatchObject({
    state: "published",
  });
  expect(await actionsOf(change.number)).toEqual([
    "change.proposed",
    "change.opened",
    "review.approved",
    "change.approved",
    "change.applied",
    "version.published",
  ]);
});

test("what is refused lists every gate at once, those in the way first, and changes nothing", async () => {
  const house = await aHouse({ policies: [aPolicy({ approvals: 2, groups: [{ group: "safety", approvals: 1 }] })] });
  const change = await aChange(house, { base: "model:\n  name: gpt-4o\n" });
  await approve(house.grace, change.number);
  await expect(applyChange(house.ada, { number: change.number })).rejects.toMatchObject({
    code: "blocked",
    details: {
      gates: expect.arrayContaining([
        expect.objectContaining({ id: "approvals", status: "pending", clearedBy: expect.stringContaining("Sam") }),
        expect.objectContaining({ id: "schema", status: "passed" }),
        expect.objectContaining({ id: "content_current", status: "passed" }),
      ]),
    },
  });
  expect(await stateOf(change.number)).toBe("open");
  expect(await database().bundleVersion.count({ where: { changeRequestId: change.id } })).toBe(0);
});

test("several bundles take effect together or not at all", async () => {
  const house = await aHouse();
  await aBundle(house, "retriever");
  const drafts = [
    await aDraft(house, { base: "temperature: 0.1\n" }),
    await aDraft(house, { base: "top_k: 5\n", bundle: "retriever" }),
  ];
  const words = { system: house.system, title: "Both", reason: "They belong together" };
  const both = await proposeVersion(house.ada, { ...words, drafts });
  await approve(house.grace, both.number);
  // A rival version of the second bundle takes effect first: the request no longer builds on what there is.
  await aVersion(house, { base: "top_k: 9\n", bundle: "retriever" });
  await expect(applyChange(house.ada, { number: both.number })).rejects.toMatchObject({ code: "blocked" });
  const published = await database().bundleVersion.findMany({ where: { bundle: { systemId: house.systemId } } });
  expect(published.map((one) => one.base)).toEqual([{ top_k: 9 }]);
});

test("someone without the permission applies nothing, and the attempt is recorded", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  const viewer = { ...house.ada, grants: [{ role: "viewer", systemId: null, environment: null } as const] };
  await expect(applyChange(viewer, { number: change.number })).rejects.toMatchObject({ code: "forbidden" });
  const denials = await database().auditEvent.findMany({ where: { action: "access.denied", actorId: viewer.id } });
  expect(denials).toMatchObject([{ systemId: house.systemId, changeRequestId: change.id, command: "change.apply" }]);
  const { events } = await showChangeTimeline(house.ada, { number: change.number });
  expect(events.map((event) => event.action)).not.toContain("access.denied");
});

test("a change that was sent back cannot be applied", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  await review(house.sam, change.number, { verdict: "request_changes" });
  expect(await stateOf(change.number)).toBe("changes_requested");
  await expect(applyChange(house.boss, { number: change.number })).rejects.toMatchObject({ code: "blocked" });
});

test("what was seen is what is applied: another digest or revision is a conflict", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  const other = `sha256:${"0".repeat(64)}`;
  await expect(applyChange(house.ada, { number: change.number, contentDigest: other })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(applyChange(house.ada, { number: change.number, revision: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a policy that asks for no approval lets its author go on; an absent one does not", async () => {
  const free = aPolicy({ requests: ["promotion"], environments: ["development"], approvals: 0 });
  const house = await aHouse({ policies: [free, aPolicy({ id: "versions", requests: ["version"] })] });
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const promotion = await promoted(house, { versions: [version], environment: "development" });
  expect(promotion.state).toBe("approved");
  const next = await promoted(house, { versions: [version], environment: "staging" });
  expect(next.state).toBe("open");
});

test("of 50 commands at once on one request, one of two rival transitions wins, and the log has each once", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  const { number } = change;
  const attempts = Array.from({ length: 50 }, (_, index) => {
    if (index % 5 === 0) return startThread(house.sam, { number, body: `Comment ${index}` });
    if (index % 2 === 0) return applyChange(house.ada, { number });
    return closeChange(house.boss, { number, reason: "Not needed any more" });
  });
  const settled = await Promise.allSettled(attempts);
  const moves = settled.filter((_, index) => index % 5 !== 0);
  expect(moves.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  for (const one of moves) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  expect(settled.filter((one, index) => index % 5 === 0 && one.status === "fulfilled")).toHaveLength(10);
  const actions = await actionsOf(number);
  expect(actions.filter((action) => action === "change.applied" || action === "change.closed")).toHaveLength(1);
  expect(actions.filter((action) => action === "thread.started")).toHaveLength(10);
  expect(await database().bundleVersion.count({ where: { changeRequestId: change.id } })).toBe(
    actions.includes("change.applied") ? 1 : 0,
  );
});

import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { claimChange } from "#lib/reviews/commands/claim-change.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { reopenThread, replyToThread, resolveThread, startThread } from "#lib/reviews/commands/discuss-change.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { openChange } from "#lib/reviews/commands/open-change.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { recallChange } from "#lib/reviews/commands/recall-change.ts";
import { reopenChange } from "#lib/reviews/commands/reopen-change.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { dismissReview, withdrawReview } from "#lib/reviews/commands/withdraw-review.ts";
import { settleApproved } from "#lib/reviews/jobs.ts";
import { listChanges } from "#lib/reviews/queries/list-changes.ts";
import { showChange } from "#lib/reviews/queries/show-change.ts";
import {
  aChange,
  actionsOf,
  aDraft,
  aHouse,
  aMachine,
  approve,
  deactivate,
  review,
  rewriteDraft,
  stateOf,
} from "./testing/house.ts";

const base = "temperature: 0.4\n";
const reason = "Because of this test";

async function draftState(id: string) {
  const { state, changeRequestId } = await database().draft.findUniqueOrThrow({ where: { id } });
  return { state, changeRequestId };
}

test("a draft request is its author's until they open it", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base, asDraft: true });
  expect(change.state).toBe("draft");
  expect(await draftState(change.draftId)).toEqual({ state: "proposed", changeRequestId: change.id });
  await expect(approve(house.grace, change.number)).rejects.toMatchObject({ code: "conflict" });
  await expect(openChange(house.boss, { number: change.number })).rejects.toMatchObject({ code: "forbidden" });
  expect(await openChange(house.ada, { number: change.number })).toMatchObject({ state: "open" });
  const asked = await database().notification.findMany({
    where: { kind: "change.review_wanted", href: `/changes/${change.number}` },
  });
  expect(asked.map((one) => one.personId).sort()).toEqual([house.boss.id, house.grace.id, house.sam.id].sort());
});

test("a recalled request is a draft again, and its approvals are gone", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  await approve(house.grace, change.number);
  expect(await recallChange(house.ada, { number: change.number })).toMatchObject({ state: "draft" });
  expect(await openChange(house.ada, { number: change.number })).toMatchObject({ state: "open" });
});

test("a closed request gives its drafts back, and takes them again when it is reopened, without its approvals", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  await approve(house.grace, change.number);
  await closeChange(house.ada, { number: change.number, reason });
  expect(await draftState(change.draftId)).toEqual({ state: "open", changeRequestId: null });
  await expect(approve(house.sam, change.number)).rejects.toMatchObject({ code: "conflict" });
  expect(await reopenChange(house.ada, { number: change.number, reason })).toMatchObject({ state: "open" });
  expect(await draftState(change.draftId)).toEqual({ state: "proposed", changeRequestId: change.id });
  expect(await actionsOf(change.number)).toEqual([
    "change.proposed",
    "change.opened",
    "review.approved",
    "change.approved",
    "change.closed",
    "change.reopened",
  ]);
});

test("a draft is part of one request at a time, and says nothing new in none", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  const again = { system: house.system, drafts: [change.draftId], title: "Again", reason };
  await expect(proposeVersion(house.ada, again)).rejects.toMatchObject({ code: "conflict" });
  const key = ["sk", "ant", "a1B2".repeat(8)].join("-");
  const secret = await aDraft(house, {
    base: `note: ${key}
`,
  });
  await expect(proposeVersion(house.ada, { ...again, drafts: [secret] })).rejects.toMatchObject({
    code: "invalid",
    message: expect.not.stringContaining(key),
  });
});

test("changes are requested, made, and the reviewer who asked has the last word", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  const { number, draftId } = change;
  expect((await review(house.grace, number, { verdict: "request_changes" })).state).toBe("changes_requested");
  await rewriteDraft(house.ada, draftId, { base: "temperature: 0.3\n", overlays: {} });
  expect((await editChange(house.ada, { number, fromDrafts: true })).state).toBe("open");
  expect((await approve(house.sam, number)).state).toBe("open");
  expect((await approve(house.grace, number)).state).toBe("approved");
});

test("a reviewer who cannot be reached is dismissed with a reason, and told; one may also take it back", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  const { number } = change;
  const asked = await review(house.grace, number, { verdict: "request_changes" });
  await approve(house.sam, number);
  await expect(dismissReview(house.sam, { number, reviewId: asked.reviewId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await dismissReview(house.boss, { number, reviewId: asked.reviewId, reason })).toMatchObject({
    state: "approved",
  });
  expect(await database().notification.count({ where: { personId: house.grace.id, kind: "review.dismissed" } })).toBe(
    1,
  );
  const again = await review(house.grace, number, { verdict: "request_changes" });
  expect(again.state).toBe("changes_requested");
  expect(await withdrawReview(house.grace, { number, reviewId: again.reviewId })).toMatchObject({ state: "approved" });
});

test("a review carries its comments to their places, and a thread is answered, resolved and reopened", async () => {
  const house = await aHouse();
  const { number, contentDigest } = await aChange(house, { base });
  const line = { type: "line", bundle: "assistant", layer: "base", side: "after", line: 1, text: "temperature: 0.4" };
  const parameter = { type: "parameter", bundle: "assistant", pointer: "/temperature" };
  await reviewChange(house.grace, {
    number,
    contentDigest,
    verdict: "request_changes",
    summary: "Two questions",
    comments: [
      { anchor: line, body: "Why so cool?" },
      { anchor: parameter, body: "Was it measured?" },
    ],
  });
  const view = await showChange(house.ada, { number });
  expect(view.threads.map((thread) => thread.anchor)).toEqual([line, parameter]);
  const threadId = view.threads[0]?.id ?? "";
  await replyToThread(house.ada, { number, threadId, body: "See the evaluation" });
  await resolveThread(house.grace, { number, threadId });
  await expect(resolveThread(house.sam, { number, threadId })).rejects.toMatchObject({ code: "conflict" });
  await reopenThread(house.sam, { number, threadId });
  await startThread(house.sam, { number, body: "And in general?" });
  expect((await showChange(house.ada, { number })).threads).toHaveLength(3);
  await expect(replyToThread(house.ada, { number: number + 1000, threadId, body: "Lost" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a verdict needs words", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  const given = { number: change.number, contentDigest: change.contentDigest, verdict: "approve" };
  await expect(reviewChange(house.grace, given)).rejects.toMatchObject({
    code: "invalid",
    fields: { summary: [expect.any(String)] },
  });
});

test("a change whose author has left goes on under who claims it, and that person's approval no longer counts", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  await approve(house.boss, change.number);
  await expect(claimChange(house.boss, { number: change.number })).rejects.toMatchObject({ code: "conflict" });
  await deactivate(house, house.ada);
  expect(await claimChange(house.boss, { number: change.number })).toMatchObject({ state: "open" });
  await expect(approve(house.boss, change.number)).rejects.toMatchObject({ code: "forbidden" });
});

test("approvals that lapse bring the request back before its reviewers", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  await approve(house.grace, change.number);
  expect(await settleApproved(new Date())).toBe(0);
  expect(await settleApproved(new Date(Date.now() + 8 * 24 * 3_600_000))).toBeGreaterThan(0);
  expect(await stateOf(change.number)).toBe("open");
});

test("the inbox shows each person what waits for them", async () => {
  const house = await aHouse();
  const machine = await aMachine(house, house.boss, "author");
  const own = await aChange(house, { base });
  const bots = await aChange(house, { base: "temperature: 0.5\n", by: machine });
  await approve(house.grace, bots.number);
  const seenBy = async (actor: typeof house.ada, tab: string) =>
    (await listChanges(actor, { tab, system: house.system })).items.map((item) => item.number);
  expect(await seenBy(house.grace, "needs_my_review")).toEqual([own.number]);
  expect(await seenBy(house.ada, "needs_my_review")).toEqual([]);
  expect(await seenBy(house.ada, "mine")).toEqual([own.number]);
  expect(await seenBy(house.boss, "mine")).toEqual([bots.number]);
  expect(await seenBy(house.boss, "all")).toEqual([bots.number, own.number]);
});

test("rivals are told: of two commands on one revision the second is a conflict", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  const both = await Promise.allSettled([
    editChange(house.ada, { number: change.number, revision: change.revision, title: "First" }),
    editChange(house.ada, { number: change.number, revision: change.revision, title: "Second" }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await actionsOf(change.number)).filter((action) => action === "change.described")).toHaveLength(1);
});

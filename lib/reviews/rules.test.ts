import { expect, test } from "vitest";
import type { Actor, Grant } from "#lib/access/actor.ts";
import type { RefusalCode } from "#lib/kernel/refusal.ts";
import type { ChangeRequest, Review, Verdict } from "./model.ts";
import {
  assertMayApply,
  assertMayClaim,
  assertMayClose,
  assertMayDismiss,
  assertMayMoveOwn,
  assertMayReview,
  assertMayWithdraw,
  assertSeenRevision,
} from "./rules.ts";
import { aRequest, aReview, aVoice, DIGEST, NOW, SYSTEM } from "./testing/facts.ts";

function anActor(id: string, grants: readonly Grant[], kind: Actor["kind"] = "person"): Actor {
  return { kind, id, name: id, grants, groups: [], channel: "browser", address: null, requestId: "r" };
}

const everywhere = (role: Grant["role"]): Grant => ({ role, systemId: null, environment: null });
const ada = { actor: anActor("ada", [everywhere("author")]), personId: "ada" };
const boss = { actor: anActor("boss", [everywhere("administrator")]), personId: "boss" };
const grace = { actor: anActor("grace", [everywhere("reviewer")]), personId: "grace" };
const bot = { actor: anActor("token", [everywhere("administrator")], "token"), personId: "boss" };
const viewer = { actor: anActor("vi", [everywhere("viewer")]), personId: "vi" };

function refusalOf(rule: () => unknown): RefusalCode | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    return (error as { code: RefusalCode }).code;
  }
}

test.each<
  [string, typeof ada, Partial<ChangeRequest>, { verdict?: Verdict; seenDigest?: string }, RefusalCode | undefined]
>([
  ["someone else's open change", grace, {}, {}, undefined],
  ["a change that was sent back", grace, { state: "changes_requested" }, {}, undefined],
  ["one's own change", { ...ada, actor: boss.actor }, {}, {}, "forbidden"],
  ["one's own change as an administrator", { ...boss }, { contributors: ["ada", "boss"] }, {}, "forbidden"],
  ["a change one contributed to", grace, { contributors: ["ada", "grace"] }, {}, "forbidden"],
  ["content that was edited since", grace, {}, { seenDigest: `sha256:${"c".repeat(64)}` }, "conflict"],
  ["a draft", grace, { state: "draft" }, {}, "conflict"],
  ["an applied change", grace, { state: "applied" }, {}, "conflict"],
  ["as a machine", bot, {}, {}, "forbidden"],
  ["without the role", viewer, {}, {}, "forbidden"],
  ["commenting as a machine", bot, {}, { verdict: "comment" }, undefined],
  ["commenting on one's own change", ada, {}, { verdict: "comment" }, undefined],
  ["commenting without the permission", viewer, {}, { verdict: "comment" }, "forbidden"],
  ["sending back one's own change", { ...ada, actor: boss.actor }, {}, { verdict: "request_changes" }, "forbidden"],
])("reviewing %s", (_, speaker, request, review, refusal) => {
  const given = { verdict: review.verdict ?? "approve", seenDigest: review.seenDigest ?? DIGEST };
  expect(refusalOf(() => assertMayReview(aRequest(request), speaker, given))).toBe(refusal);
});

test("an approval covers the environments that its giver may approve", () => {
  const actor = anActor("alan", [{ role: "reviewer", systemId: SYSTEM, environment: "staging" }]);
  const covered = assertMayReview(aRequest(), { actor, personId: "alan" }, { verdict: "approve", seenDigest: DIGEST });
  expect(covered).toEqual(["staging"]);
});

test.each<[string, typeof ada, Partial<ChangeRequest>, RefusalCode | undefined]>([
  ["its author", ada, {}, undefined],
  ["an administrator who did not write it", boss, {}, "forbidden"],
  ["its author, after it was applied", ada, { state: "applied" }, "conflict"],
])("recalling by %s", (_, speaker, request, refusal) => {
  expect(refusalOf(() => assertMayMoveOwn(aRequest(request), speaker, "recall"))).toBe(refusal);
});

test.each<[string, typeof ada, Partial<ChangeRequest>, RefusalCode | undefined]>([
  ["its author, though only a viewer now", { ...viewer, personId: "ada" }, {}, undefined],
  ["a reviewer", grace, {}, undefined],
  ["a viewer", viewer, {}, "forbidden"],
  ["anyone, once applied", grace, { state: "applied" }, "conflict"],
])("closing by %s", (_, speaker, request, refusal) => {
  expect(refusalOf(() => assertMayClose(aRequest(request), speaker, "close"))).toBe(refusal);
});

test.each<[string, typeof ada, Partial<ChangeRequest>, RefusalCode | undefined]>([
  ["an approved change", ada, { state: "approved" }, undefined],
  [
    "with rights for one of two environments",
    {
      actor: anActor("a", [{ role: "author", systemId: SYSTEM, environment: "staging" }]),
      personId: "a",
    },
    { state: "approved" },
    "forbidden",
  ],
  ["a closed change", ada, { state: "closed" }, "conflict"],
  ["as a machine", bot, { state: "approved" }, undefined],
])("applying %s", (_, speaker, request, refusal) => {
  expect(refusalOf(() => assertMayApply(aRequest(request), speaker))).toBe(refusal);
});

test.each<[string, typeof ada, Partial<Review>, RefusalCode | undefined]>([
  ["one's own", grace, {}, undefined],
  ["somebody else's", boss, {}, "forbidden"],
  ["one already taken back", grace, { withdrawnAt: NOW }, "conflict"],
  ["a comment", grace, { verdict: "comment" }, "conflict"],
])("taking back a verdict: %s", (_, speaker, review, refusal) => {
  expect(refusalOf(() => assertMayWithdraw(aReview(review), aRequest(), speaker))).toBe(refusal);
});

test.each<[string, typeof ada, Partial<ChangeRequest>, RefusalCode | undefined]>([
  ["by an administrator", boss, {}, undefined],
  ["by a reviewer", grace, {}, "forbidden"],
  ["by a contributor with the permission", boss, { contributors: ["ada", "boss"] }, "forbidden"],
  ["by a machine", bot, {}, "forbidden"],
])("dismissing a verdict %s", (_, speaker, request, refusal) => {
  const asked = aReview({ verdict: "request_changes" });
  expect(refusalOf(() => assertMayDismiss(asked, aRequest(request), speaker))).toBe(refusal);
});

test("a change is claimed only when its author has left", () => {
  expect(refusalOf(() => assertMayClaim(aRequest(), boss, aVoice({ id: "ada" })))).toBe("conflict");
  expect(refusalOf(() => assertMayClaim(aRequest(), boss, aVoice({ id: "ada", isActive: false })))).toBeUndefined();
});

test("another revision than the one seen is a conflict", () => {
  expect(refusalOf(() => assertSeenRevision(aRequest({ revision: 4 }), 3))).toBe("conflict");
  expect(refusalOf(() => assertSeenRevision(aRequest({ revision: 4 }), undefined))).toBeUndefined();
});

import { may } from "#lib/access/may.ts";
import { command } from "#lib/command.ts";
import { whereIs } from "#lib/hot-patches/alerting.ts";
import { endingIn, recordEnd } from "#lib/hot-patches/ending.ts";
import { DecideFollowUp, ReassignFollowUp } from "#lib/hot-patches/input.ts";
import { hotPatchByNumber, lockHotPatch } from "#lib/hot-patches/load.ts";
import { assertMayDecide, nameOf } from "#lib/hot-patches/rules.ts";
import { ofHotPatch } from "#lib/hot-patches/scope.ts";
import { decideFollowUp, recordEvents, updateFollowUp, updateHotPatch } from "#lib/hot-patches/store.ts";
import { changesInWords, noticeTo, patchHref, patchLine } from "#lib/hot-patches/words.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { speakerOf, voicesOf } from "#lib/reviews/people.ts";
import { proposeValues } from "#lib/reviews/propose-values.ts";
import { answerOf } from "./file-hot-patch.ts";

/** Keeps what the patch set, through a request with every gate. The patch itself still ends when it ends. */
export const makePermanent = command(
  {
    name: "followUp.makePermanent",
    may: "hot-patch:file",
    on: ofHotPatch,
    input: DecideFollowUp,
    summary: "Decide a follow-up: open a change request that makes the hot-patch permanent, with every gate before it",
    http: { method: "POST", path: "/hot-patches/{number}/follow-up/permanence" },
  },
  async ({ tx, actor, now, input }) => {
    const patch = await lockHotPatch(tx, input.number, actor);
    assertMayDecide(patch, await speakerOf(tx, actor));
    const where = await whereIs(tx, patch);
    const step = await proposeValues(
      tx,
      {
        systemId: patch.systemId,
        bundle: { id: patch.bundleId, ...where.bundle },
        environment: where.environment.slug,
        values: patch.changes.map(({ pointer, after }) => ({ pointer, ...(after !== undefined && { value: after }) })),
        title: `Keep ${nameOf(patch)}: ${changesInWords(patch.changes)}`.slice(0, 160),
        reason: input.reason,
        incident: patch.incident,
        contributors: [patch.filedById],
      },
      { actor, now },
    );
    const { request } = step;
    const note = `Change request ${request.number} proposes it: ${input.reason}`;
    const decision = { decision: "make_permanent", by: actor.name, at: now, changeRequestId: request.id } as const;
    await decideFollowUp(tx, patch, { ...decision, note: input.reason });
    await recordEvents(tx, patch, [{ kind: "decided", by: actor.name, note }], now);
    const text = `${actor.name} decided to make ${nameOf(patch)} permanent, by change request ${request.number}`;
    return {
      result: { ...answerOf(await hotPatchByNumber(tx, patch.number)), change: request.number },
      audit: [
        patchLine(patch, where, {
          action: "follow_up.decided",
          subject: { type: "follow_up", id: nameOf(patch) },
          summary: text,
          reason: input.reason,
          changeRequestId: request.id,
          detail: { decision: "make_permanent", change: request.number },
        }),
        ...step.audit,
      ],
      notify: [
        ...step.notify,
        ...noticeTo([patch.filedById, patch.followUp.ownerId], {
          patch,
          actorId: actor.id,
          kind: "follow_up.decided",
          text,
        }),
      ],
    };
  },
);

/** Takes the patch back now; of one that is over already, it confirms that it goes. */
export const revertHotPatch = command(
  {
    name: "followUp.revert",
    may: "hot-patch:file",
    on: ofHotPatch,
    input: DecideFollowUp,
    summary: "Decide a follow-up: take the hot-patch back now, or confirm that it is gone",
    http: { method: "POST", path: "/hot-patches/{number}/follow-up/reversion" },
  },
  async ({ tx, actor, now, input }) => {
    const seen = await lockHotPatch(tx, input.number, actor);
    assertMayDecide(seen, await speakerOf(tx, actor));
    const where = await whereIs(tx, seen);
    const by = actor.name;
    await decideFollowUp(tx, seen, { decision: "revert", by, at: now, note: input.reason });
    await recordEvents(tx, seen, [{ kind: "decided", by, note: `Revert: ${input.reason}` }], now);
    const decided = patchLine(seen, where, {
      action: "follow_up.decided",
      subject: { type: "follow_up", id: nameOf(seen) },
      summary: `${by} decided that ${nameOf(seen)} goes back`,
      reason: input.reason,
      detail: { decision: "revert" },
    });
    const current = await hotPatchByNumber(tx, seen.number);
    if (current.state !== "active") return { result: answerOf(current), audit: [decided] };
    const expiresAt = new Date(Math.min(current.expiresAt.getTime(), now.getTime()));
    const over = await updateHotPatch(tx, current, { expiresAt, revertsAtExpiry: true });
    const ending = await endingIn(tx, over, now);
    const text = `${by} takes ${nameOf(over)} back`;
    const people = [over.filedById, over.followUp.ownerId];
    const notify = noticeTo(people, { patch: over, actorId: actor.id, kind: "follow_up.decided", text });
    if (ending.kind === "kept" || ending.kind === "leaving") {
      return { result: answerOf(over), audit: [decided], notify };
    }
    const ended = await recordEnd(tx, over, { ...ending, at: now, by }, now);
    return {
      result: answerOf(ended.patch),
      audit: [decided, ...ended.audit],
      outbox: ended.outbox,
      notify: ended.notify,
    };
  },
);

/** Somebody else owes the decision from now on. */
export const reassignFollowUp = command(
  {
    name: "followUp.reassign",
    may: "hot-patch:file",
    on: ofHotPatch,
    input: ReassignFollowUp,
    summary: "Give the follow-up of a hot-patch to somebody else",
    http: { method: "PUT", path: "/hot-patches/{number}/follow-up/owner" },
  },
  async ({ tx, actor, now, input }) => {
    const patch = await lockHotPatch(tx, input.number, actor);
    assertMayDecide(patch, await speakerOf(tx, actor));
    const where = await whereIs(tx, patch);
    const [owner] = await voicesOf(tx, [input.personId], now);
    const scope = { systemId: patch.systemId, environment: where.environment.slug };
    if (!owner?.isActive || !may({ kind: "person", grants: owner.grants }, "hot-patch:file", scope)) {
      const message = "Choose somebody active who may file hot-patches here, so that they can decide";
      throw new Refusal("invalid", message, { fields: { personId: [message] } });
    }
    if (owner.id === patch.followUp.ownerId) {
      throw new Refusal("conflict", `${owner.name} owns this follow-up already`);
    }
    await updateFollowUp(tx, patch, { ownerId: owner.id, ownerName: owner.name });
    const note = `From ${patch.followUp.ownerName} to ${owner.name}: ${input.reason}`;
    await recordEvents(tx, patch, [{ kind: "reassigned", by: actor.name, note }], now);
    const text = `${actor.name} gave you the follow-up of ${nameOf(patch)}: ${input.reason}`;
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "follow_up.reassigned",
          subject: { type: "follow_up", id: nameOf(patch) },
          summary: `${actor.name} gave the follow-up of ${nameOf(patch)} to ${owner.name}`,
          reason: input.reason,
          detail: { changes: [{ pointer: "/owner", before: patch.followUp.ownerName, after: owner.name }] },
        }),
      ],
      notify:
        owner.id === actor.id
          ? []
          : [{ personId: owner.id, kind: "follow_up.reassigned", text, href: patchHref(patch) }],
    };
  },
);

import { raiseAlert } from "#lib/alerts/raise.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import type { CommandContext, Outcome } from "#lib/command.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { propose } from "#lib/reviews/proposing.ts";
import { rollbackContent } from "#lib/reviews/release-content.ts";
import { knownGoodSnapshot, type RestorePlace, settlingOf } from "./facts.ts";
import { LIMITS, nameOf, type Remediation, type RemediationState } from "./model.ts";
import { insertRemediation, type NewRemediation, noteInTimelines } from "./store.ts";
import { pointersInWords, remediationAlert, remediationLine, whereOf } from "./words.ts";

/** What every command that starts one answers with. */
export type RemediationAnswer = {
  readonly number: number;
  /** R-7 */
  readonly name: string;
  readonly state: RemediationState;
  /** Number of the change request that proposes to roll back; null: runtimes were told. */
  readonly change: number | null;
  readonly revision: number;
};

export function answerOf(remediation: Remediation, change: number | null = null): RemediationAnswer {
  const { number, state, revision } = remediation;
  return { number, name: nameOf(remediation), state, change, revision };
}

type Doing = Pick<CommandContext<unknown>, "tx" | "actor" | "now">;
type Why = { readonly trigger: "person" | "policy"; readonly reason: string };

/** What a new one has of its place, whatever becomes of it. */
function asSeen({ evaluation, facts }: RestorePlace, { actor }: Doing, { trigger, reason }: Why) {
  const { place } = evaluation;
  return {
    systemId: place.system.id,
    environmentId: place.environmentId,
    bundleId: place.bundleId,
    trigger,
    expectedDigests: facts.expectedDigests,
    targetDigest: facts.targetDigest,
    pointers: [...new Set(facts.restorable.map(({ pointer }) => pointer))],
    reason,
    startedBy: actor.name,
    restoreId: null,
    changeRequestId: null,
  } as const;
}

/** Tells runtimes to run what is declared again: the first attempt is the record itself. `before`: attempts that count on. */
export async function beginRestore(
  doing: Doing,
  at: RestorePlace,
  { before, ...why }: Why & { readonly before: number },
): Promise<Outcome<RemediationAnswer>> {
  const { tx, actor, now } = doing;
  if (before >= LIMITS.attempts) return beginQuarantined(doing, at, why);
  const made = await insertRemediation(
    tx,
    {
      ...asSeen(at, doing, why),
      target: "declared",
      state: "acting",
      attempts: before + 1,
      restoreId: newId(now),
      nextAttemptAt: new Date(now.getTime() + settlingOf(at.evaluation)),
      note: null,
      endedAt: null,
    },
    now,
  );
  const note = `${nameOf(made)}, attempt ${made.attempts} of ${LIMITS.attempts}: runtimes were told to run what is declared`;
  await noteInTimelines(tx, made, { by: actor.name, note, at: now });
  return {
    result: answerOf(made),
    audit: [started(at, made, `${actor.name} has ${whereOf(at.evaluation.place)} restored`)],
  };
}

function started(at: RestorePlace, made: Remediation, summary: string): AuditLine {
  return remediationLine(made, at.evaluation.place, {
    action: "remediation.started",
    summary: `${summary}: ${nameOf(made)}, ${pointersInWords(made.pointers)}`,
    reason: made.reason,
    ...(made.changeRequestId !== null && { changeRequestId: made.changeRequestId }),
    detail: {
      target: made.target,
      trigger: made.trigger,
      attempts: made.attempts,
      pointers: [...made.pointers],
      expectedDigests: [...made.expectedDigests],
      targetDigest: made.targetDigest,
    },
  });
}

/** It was changed back too often within the hour: nothing more is tried, and people are called. */
async function beginQuarantined(doing: Doing, at: RestorePlace, why: Why): Promise<Outcome<RemediationAnswer>> {
  const { tx, now } = doing;
  const note = `What was restored ${LIMITS.attempts} times within the hour was changed back each time`;
  const quarantined: NewRemediation = {
    ...asSeen(at, doing, why),
    target: "declared",
    state: "quarantined",
    attempts: LIMITS.attempts,
    nextAttemptAt: null,
    note,
    endedAt: null,
  };
  const made = await insertRemediation(tx, quarantined, now);
  const { place } = at.evaluation;
  const alert = remediationAlert(made, place, { state: "quarantined", note });
  await noteInTimelines(tx, made, { by: doing.actor.name, note: `${nameOf(made)} is quarantined: ${note}`, at: now });
  return {
    result: answerOf(made),
    audit: [
      remediationLine(made, place, {
        action: "remediation.quarantined",
        summary: `${nameOf(made)} quarantined ${whereOf(place)}: ${note}`,
        reason: made.reason,
        detail: { attempts: made.attempts, pointers: [...made.pointers] },
      }),
    ],
    ...(await raiseAlert(tx, alert, now)),
  };
}

/**
 * Opens a change request, filled in, that rolls back to the last known-good snapshot; where that is what is declared,
 * runtimes are told to run it. A machine asks here and never deploys (docs/decisions/0009).
 * @throws Refusal `conflict` when nothing is known to be good
 */
export async function beginRollback(
  doing: Doing,
  at: RestorePlace,
  { before, ...why }: Why & { readonly before: number },
): Promise<Outcome<RemediationAnswer> | "declared"> {
  const { tx, actor, now } = doing;
  const { place } = at.evaluation;
  const good = await knownGoodSnapshot(tx, at.evaluation, now);
  if (!good) {
    throw new Refusal("conflict", `No snapshot of ${whereOf(place)} was seen running for long enough to fall back to`);
  }
  if (good.isDeclared) return "declared";
  const content = await rollbackContent(tx, { systemId: place.system.id, environment: place.environment.slug }, [
    good.number,
  ]);
  const what = pointersInWords(at.facts.restorable.map(({ pointer }) => pointer));
  const step = await propose(
    tx,
    {
      system: place.system,
      title: `Roll ${whereOf(place)} back to snapshot ${good.number}`.slice(0, 160),
      reason: `${why.reason}. What runs differs from what is declared${what === "" ? "" : ` at ${what}`}. No baseline says how snapshot ${good.number} behaves today; it was seen running and soaked.`,
      asDraft: false,
      content,
      contributors: [],
    },
    { actor, now },
  );
  const note = `Change request ${step.request.number} proposes snapshot ${good.number}`;
  const made = await insertRemediation(
    tx,
    {
      ...asSeen(at, doing, why),
      target: "last_known_good",
      state: "succeeded",
      attempts: before,
      nextAttemptAt: null,
      note,
      endedAt: now,
      changeRequestId: step.request.id,
    },
    now,
  );
  await noteInTimelines(tx, made, { by: actor.name, note: `${nameOf(made)}: ${note}`, at: now });
  return {
    result: answerOf(made, step.request.number),
    audit: [started(at, made, `${actor.name} proposed to roll ${whereOf(place)} back`), ...step.audit],
    notify: step.notify,
  };
}

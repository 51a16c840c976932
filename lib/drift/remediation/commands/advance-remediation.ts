import { raiseAlert } from "#lib/alerts/raise.ts";
import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { holdSystem } from "#lib/systems/store.ts";
import { assertJob } from "../../scope.ts";
import { answerOf, type RemediationAnswer } from "../begin.ts";
import { sightOf } from "../facts.ts";
import { AdvanceRemediation } from "../input.ts";
import { LIMITS, nameOf, type Remediation } from "../model.ts";
import { nextStep, type Step } from "../rules.ts";
import { ofRemediation } from "../scope.ts";
import { moveRemediation, noteInTimelines, type RemediationMove, remediationByNumber } from "../store.ts";
import { namesOf, remediationAlert, remediationLine, whereOf } from "../words.ts";

/**
 * Takes a remediation its next step, if there is one. Each attempt is the record of it, from which runtimes are told: a
 * worker that dies before it is committed has done nothing, and after it everything. Only Plumbline itself runs it.
 */
export const advanceRemediation = command(
  {
    name: "remediation.advance",
    may: "drift:remediate",
    on: ofRemediation,
    input: AdvanceRemediation,
    summary: "Take a remediation that is under way its next step, by what its runtimes report",
  },
  async (context): Promise<Outcome<RemediationAnswer>> => {
    const { tx, actor, now, input } = context;
    assertJob(actor);
    const { systemId } = await remediationByNumber(tx, input.number);
    await holdSystem(tx, systemId);
    const remediation = await remediationByNumber(tx, input.number);
    if (remediation.revision !== input.revision) {
      throw new Refusal("conflict", "This remediation moved meanwhile; reload to see its state");
    }
    const step = nextStep(remediation, await sightOf(tx, remediation, now), now);
    const move = moveOf(remediation, step, now);
    if (step.type === "wait" || move === null) throw new Refusal("conflict", `${nameOf(remediation)} waits`);
    await moveRemediation(tx, remediation, move);
    return record(context, { remediation, move, step });
  },
);

function moveOf({ attempts }: Remediation, step: Step, now: Date): RemediationMove | null {
  switch (step.type) {
    case "wait":
      return null;
    case "pause":
      return { state: "waiting", nextAttemptAt: step.until, note: step.note };
    case "begin":
      return {
        state: "acting",
        attempts: attempts + 1,
        restoreId: newId(now),
        nextAttemptAt: step.deadline,
        note: null,
      };
    case "succeed":
      return { state: "succeeded", nextAttemptAt: null, note: step.note, endedAt: now };
    case "fail":
      return { state: "failed", nextAttemptAt: null, note: step.note, endedAt: now };
    case "quarantine":
      return { state: "quarantined", nextAttemptAt: null, note: step.note };
  }
}

const DONE: Readonly<Record<Exclude<Step["type"], "wait">, { readonly action: string; readonly says: string }>> = {
  pause: { action: "remediation.paused", says: "pauses" },
  begin: { action: "remediation.attempted", says: "tries again" },
  succeed: { action: "remediation.succeeded", says: "has succeeded" },
  fail: { action: "remediation.failed", says: "has failed" },
  quarantine: { action: "remediation.quarantined", says: "is quarantined" },
};

type Done = {
  readonly remediation: Remediation;
  readonly move: RemediationMove;
  readonly step: Exclude<Step, { type: "wait" }>;
};

async function record(
  { tx, actor, now }: Pick<CommandContext<unknown>, "tx" | "actor" | "now">,
  { remediation, move, step }: Done,
): Promise<Outcome<RemediationAnswer>> {
  const place = await namesOf(tx, remediation);
  const { action, says } = DONE[step.type];
  const because = step.type === "begin" ? `attempt ${move.attempts} of ${LIMITS.attempts}` : step.note;
  const isAlarming = step.type === "fail" || step.type === "quarantine";
  if (step.type !== "pause") {
    await noteInTimelines(tx, remediation, {
      by: actor.name,
      note: `${nameOf(remediation)} ${says}: ${because}`,
      at: now,
    });
  }
  const state = step.type === "quarantine" ? "quarantined" : "failed";
  const raised = isAlarming
    ? await raiseAlert(tx, remediationAlert(remediation, place, { state, note: because }), now)
    : {};
  return {
    result: answerOf({ ...remediation, ...move, revision: remediation.revision + 1 }),
    audit: [
      remediationLine(remediation, place, {
        action,
        summary: `${nameOf(remediation)} of ${whereOf(place)} ${says}: ${because}`,
        detail: {
          attempts: move.attempts ?? remediation.attempts,
          changes: [{ pointer: "/state", before: remediation.state, after: move.state }],
        },
      }),
    ],
    ...raised,
  };
}

import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { answerOf } from "../begin.ts";
import { StopRemediation } from "../input.ts";
import { nameOf } from "../model.ts";
import { ofRemediation } from "../scope.ts";
import { moveRemediation, noteInTimelines, remediationByNumber } from "../store.ts";
import { namesOf, remediationLine, whereOf } from "../words.ts";

/** Nothing more is tried. What runtimes have restored stays. */
export const cancelRemediation = command(
  {
    name: "remediation.cancel",
    may: "drift:remediate",
    on: ofRemediation,
    input: StopRemediation,
    summary: "Cancel a remediation that is under way; policy does not try the same again",
    http: { method: "POST", path: "/remediations/{number}/cancel" },
  },
  async ({ tx, actor, now, input }) => {
    const remediation = await remediationByNumber(tx, input.number);
    if (remediation.state !== "waiting" && remediation.state !== "acting") {
      throw new Refusal(
        "conflict",
        `${nameOf(remediation)} is ${remediation.state}; only one under way can be cancelled`,
      );
    }
    const note = `${actor.name} cancelled it: ${input.reason}`;
    const seen = { ...remediation, revision: input.revision };
    await moveRemediation(tx, seen, { state: "cancelled", nextAttemptAt: null, note, endedAt: now });
    await noteInTimelines(tx, remediation, {
      by: actor.name,
      note: `${nameOf(remediation)} was cancelled: ${input.reason}`,
      at: now,
    });
    const place = await namesOf(tx, remediation);
    return {
      result: answerOf({ ...remediation, state: "cancelled", revision: input.revision + 1 }),
      audit: [
        remediationLine(remediation, place, {
          action: "remediation.cancelled",
          summary: `${actor.name} cancelled ${nameOf(remediation)} of ${whereOf(place)}`,
          reason: input.reason,
          detail: { changes: [{ pointer: "/state", before: remediation.state, after: "cancelled" }] },
        }),
      ],
    };
  },
);

/** A person has looked: the place may be restored again, by hand or by policy. */
export const liftQuarantine = command(
  {
    name: "remediation.lift-quarantine",
    may: "drift:remediate",
    on: ofRemediation,
    input: StopRemediation,
    summary: "Lift the quarantine after a remediation that did not last, so that the place may be restored again",
    http: { method: "POST", path: "/remediations/{number}/lift-quarantine" },
  },
  async ({ tx, actor, now, input }) => {
    const remediation = await remediationByNumber(tx, input.number);
    if (remediation.state !== "quarantined") {
      throw new Refusal("conflict", `${nameOf(remediation)} is ${remediation.state}; there is no quarantine to lift`);
    }
    const note = `${actor.name} lifted the quarantine: ${input.reason}`;
    const seen = { ...remediation, revision: input.revision };
    await moveRemediation(tx, seen, { state: "failed", nextAttemptAt: null, note, endedAt: now });
    const place = await namesOf(tx, remediation);
    return {
      result: answerOf({ ...remediation, state: "failed", revision: input.revision + 1 }),
      audit: [
        remediationLine(remediation, place, {
          action: "remediation.quarantine_lifted",
          summary: `${actor.name} lifted the quarantine of ${whereOf(place)} after ${nameOf(remediation)}`,
          reason: input.reason,
          detail: { changes: [{ pointer: "/state", before: "quarantined", after: "failed" }] },
        }),
      ],
    };
  },
);

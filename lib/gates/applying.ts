import type { CommandContext, Outcome } from "#lib/command.ts";
import { evaluateGates } from "#lib/gates/evaluate.ts";
import type { GateReport } from "#lib/gates/model.ts";
import { isInTheWay } from "#lib/gates/report.ts";
import { putIntoEffect } from "#lib/gates/taking-effect.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { contentDigest } from "#lib/reviews/content.ts";
import { releaseDrafts } from "#lib/reviews/drafts.ts";
import type { ChangeRequest, Produced } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf, type ChangeAnswer } from "#lib/reviews/proposing.ts";
import { assertMayApply } from "#lib/reviews/rules.ts";
import { settle, unscheduled } from "#lib/reviews/settle.ts";
import { stateAfter } from "#lib/reviews/states.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";
import { holdSystem } from "#lib/systems/store.ts";

export type Applied = ChangeAnswer & { readonly produced: readonly Produced[] };

/**
 * The only way a request takes effect, whoever asks: a button, the API, the command line or the schedule. The caller
 * holds the request; everything is checked again here, with its system held too, so that what was found stays true.
 * @throws Refusal `blocked` with every gate, `forbidden` or `conflict`
 */
export async function apply(
  { tx, actor, now }: Pick<CommandContext<unknown>, "tx" | "actor" | "now">,
  request: ChangeRequest,
): Promise<Outcome<Applied>> {
  assertMayApply(request, await speakerOf(tx, actor));
  await holdSystem(tx, request.systemId);
  const evaluation = await evaluateGates(tx, request, now);
  const { facts, report } = evaluation;
  if (contentDigest(facts.review.content) !== request.contentDigest) {
    throw new Refusal("conflict", "The stored content is not what was approved; nothing was applied");
  }
  if (!report.canApply) throw blocked(report);
  // Policy may ask for less than when reviewers last spoke: the state follows before the request is applied.
  const settled = await settle(tx, request, { actor, now });
  const effect = await putIntoEffect(tx, evaluation, { actor, now });
  const applied = await updateChange(
    tx,
    settled.request,
    {
      ...unscheduled(settled.request),
      state: stateAfter(settled.request.state, "apply"),
      appliedAt: now,
      outcome: [...effect.produced],
      gateReport: storedReport(report),
    },
    now,
  );
  await releaseDrafts(tx, request, { keep: [], to: "published", by: actor.name, now });
  const reviewers = facts.review.reviews.map((review) => review.reviewerId);
  const text = `${actor.name} applied ${changeInWords(request)}`;
  return {
    result: { ...answerOf(applied), produced: effect.produced },
    audit: [
      changeLine(applied, {
        action: "change.applied",
        summary: text,
        reason: request.reason,
        detail: {
          contentDigest: request.contentDigest,
          produced: [...effect.produced],
          checks: report.checks.map(({ id, status }) => ({ id, status })),
        },
      }),
      ...settled.audit,
      ...effect.audit,
    ],
    outbox: effect.outbox ?? [],
    notify: [
      ...noticeTo([...request.contributors, ...reviewers], {
        request,
        actorId: actor.id,
        kind: "change.applied",
        text,
      }),
      ...(effect.notify ?? []),
    ],
  };
}

/** Every gate at once, those in the way first. */
function blocked(report: GateReport): Refusal {
  const inTheWay = report.checks.filter(isInTheWay);
  const rest = report.checks.filter((check) => !isInTheWay(check));
  const count = inTheWay.length === 1 ? "1 gate stands" : `${inTheWay.length} gates stand`;
  const first = inTheWay[0] ? `: ${inTheWay.map((check) => check.title).join(", ")}` : "";
  return new Refusal("blocked", `${count} in the way${first}`, {
    details: { gates: [...inTheWay, ...rest], contentDigest: report.contentDigest, evaluatedAt: report.evaluatedAt },
  });
}

/** A report is JSON by its type. */
function storedReport(report: GateReport): Json {
  return report as unknown as Json;
}

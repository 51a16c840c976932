import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { evaluateGates } from "#lib/gates/evaluate.ts";
import { type AskedException, assertMayExcept } from "#lib/gates/exception-rules.ts";
import { OverrideGate, WaiveCheck } from "#lib/gates/input.ts";
import { insertExceptions } from "#lib/gates/store.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf, type ChangeAnswer } from "#lib/reviews/proposing.ts";
import { settle } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

type Asked = AskedException & { readonly number: number; readonly reason: string };
type Answer = ChangeAnswer & { readonly exceptions: readonly string[] };

/** Sets a whole gate aside; who was passed over is told, and it stays on the request for ever. */
export const overrideGate = command(
  {
    name: "gate.override",
    may: "change:override",
    on: "anywhere",
    input: OverrideGate,
    summary: "Set a whole gate of a request aside, with a reason and an end",
    http: { method: "POST", path: "/changes/{number}/overrides" },
  },
  (context) => except(context, { ...context.input, items: [] }),
);

/** Sets single places of a check aside, for example parameters whose re-evaluation can wait. */
export const waiveCheck = command(
  {
    name: "gate.waive",
    may: "change:override",
    on: "anywhere",
    input: WaiveCheck,
    summary: "Set single places of a check aside, with a reason and an end",
    http: { method: "POST", path: "/changes/{number}/waivers" },
  },
  (context) => except(context, context.input),
);

async function except({ tx, actor, now }: CommandContext<unknown>, asked: Asked): Promise<Outcome<Answer>> {
  const request = await lockChange(tx, asked.number, actor);
  const evaluation = await evaluateGates(tx, request, now);
  const speaker = await speakerOf(tx, actor);
  const check = assertMayExcept(evaluation, speaker, asked);
  const common = {
    gate: asked.gate,
    contentDigest: request.contentDigest,
    reason: asked.reason,
    grantedById: speaker.personId,
    grantedByName: actor.name,
    expiresAt: asked.expiresAt,
  };
  const items = asked.items.length > 0 ? asked.items : [null];
  const ids = await insertExceptions(
    tx,
    request.id,
    items.map((item) => ({ ...common, item })),
    now,
  );
  const seen = await updateChange(tx, request, {}, now);
  const settled = await settle(tx, seen, { actor, now });
  const verb = asked.items.length > 0 ? "waived" : "overrode";
  const text = `${actor.name} ${verb} ${check.title} of ${changeInWords(request)}`;
  const passedOver = evaluation.facts.approvers.map((voice) => voice.id);
  return {
    result: { ...answerOf(settled.request), exceptions: ids },
    audit: [
      changeLine(request, {
        action: asked.items.length > 0 ? "gate.waived" : "gate.overridden",
        summary: `${text} until ${formatUtc(asked.expiresAt)}`,
        reason: asked.reason,
        detail: {
          gate: asked.gate,
          items: [...asked.items],
          found: check.summary,
          contentDigest: request.contentDigest,
          expiresAt: asked.expiresAt.toISOString(),
        },
      }),
      ...settled.audit,
    ],
    notify: [
      ...noticeTo([...request.contributors, ...passedOver], {
        request,
        actorId: actor.id,
        kind: "gate.overridden",
        text: `${text}: ${asked.reason}`,
      }),
      ...settled.notify,
    ],
  };
}

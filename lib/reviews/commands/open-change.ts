import { command } from "#lib/command.ts";
import { MoveChange } from "#lib/reviews/input.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayMoveOwn, assertSeenRevision } from "#lib/reviews/rules.ts";
import { beginReview } from "#lib/reviews/settle.ts";

export const openChange = command(
  {
    name: "change.open",
    may: "change:create",
    on: "anywhere",
    input: MoveChange,
    summary: "Open a draft request for review",
    http: { method: "POST", path: "/changes/{number}/open" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayMoveOwn(request, await speakerOf(tx, actor), "open");
    const step = await beginReview(tx, request, { actor, now, transition: "open" });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

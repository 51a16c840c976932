import { command } from "#lib/command.ts";
import { MoveChange } from "#lib/reviews/input.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { speakerOf, voicesOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayClaim, assertSeenRevision } from "#lib/reviews/rules.ts";
import { settle } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine } from "#lib/reviews/words.ts";

/** A change whose author has left goes on under somebody else, who from then on counts as an author of it. */
export const claimChange = command(
  {
    name: "change.claim",
    may: "change:create",
    on: "anywhere",
    input: MoveChange,
    summary: "Become the author of a request whose author is no longer active",
    http: { method: "POST", path: "/changes/{number}/claim" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    const [author] = await voicesOf(tx, [request.authorId], now);
    const speaker = await speakerOf(tx, actor);
    assertMayClaim(request, speaker, author);
    const { personId } = speaker;
    const contributors = [...new Set([...request.contributors, personId])];
    const claimed = await updateChange(tx, request, { authorId: personId, authorName: actor.name, contributors }, now);
    // Whoever approved it and now owns it has become an author: their approval no longer counts.
    const settled = await settle(tx, claimed, { actor, now });
    return {
      result: answerOf(settled.request),
      audit: [
        changeLine(claimed, {
          action: "change.claimed",
          summary: `${actor.name} took over ${changeInWords(request)} from ${request.authorName}`,
        }),
        ...settled.audit,
      ],
      notify: settled.notify,
    };
  },
);

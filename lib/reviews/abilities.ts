import { Refusal } from "#lib/kernel/refusal.ts";
import type { ChangeRequest } from "./model.ts";
import { assertMayClose, assertMayReview, mayForAll, mayForSome, type Speaker } from "./rules.ts";
import { canMove, isEditable } from "./states.ts";
import type { ChangeAbilities } from "./view.ts";

/** What somebody may do with a request now: the rules of the commands, asked instead of enforced. */
export function abilitiesOf(request: ChangeRequest, speaker: Speaker): ChangeAbilities {
  const { actor, personId } = speaker;
  const isAuthor = request.authorId === personId;
  const refusal = refusalOf(() => {
    assertMayReview(request, speaker, { verdict: "approve", seenDigest: request.contentDigest });
  });
  const mayClose = refusalOf(() => assertMayClose(request, speaker)) === null;
  return {
    comment: mayForSome(actor, "change:comment", request),
    approve: refusal === null,
    approveRefusal: refusal,
    apply: mayForAll(actor, "change:apply", request) && request.state !== "applied" && request.state !== "closed",
    edit: isEditable(request.state) && mayForSome(actor, "change:create", request),
    open: isAuthor && canMove(request.state, "open"),
    recall: isAuthor && canMove(request.state, "recall"),
    close: mayClose && canMove(request.state, "close"),
    reopen: mayClose && canMove(request.state, "reopen"),
    override: mayForAll(actor, "change:override", request) && actor.kind === "person" && isEditable(request.state),
  };
}

function refusalOf(rule: () => void): string | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

import { Refusal } from "#lib/kernel/refusal.ts";
import type { ChangeRequest } from "./model.ts";
import {
  assertMayApply,
  assertMayClose,
  assertMayEdit,
  assertMayMoveOwn,
  assertMayReview,
  assertMaySchedule,
  assertMayUnschedule,
  mayForAll,
  mayForSome,
  type Speaker,
} from "./rules.ts";
import { isEditable } from "./states.ts";
import type { ChangeAbilities } from "./view.ts";

/** What somebody may do with a request now: the rules of the commands, asked instead of enforced. */
export function abilitiesOf(request: ChangeRequest, speaker: Speaker): ChangeAbilities {
  const { actor } = speaker;
  const approveRefusal = refusalOf(() => {
    assertMayReview(request, speaker, { verdict: "approve", seenDigest: request.contentDigest });
  });
  const may = (rule: () => void) => refusalOf(rule) === null;
  return {
    comment: mayForSome(actor, "change:comment", request),
    approve: approveRefusal === null,
    approveRefusal,
    apply: may(() => assertMayApply(request, speaker)),
    schedule: may(() => assertMaySchedule(request, speaker)),
    unschedule: may(() => assertMayUnschedule(request, speaker)),
    edit: may(() => assertMayEdit(request, speaker)),
    open: may(() => assertMayMoveOwn(request, speaker, "open")),
    recall: may(() => assertMayMoveOwn(request, speaker, "recall")),
    close: may(() => assertMayClose(request, speaker, "close")),
    reopen: may(() => assertMayClose(request, speaker, "reopen")),
    override: isEditable(request.state) && mayForAll(actor, "change:override", request),
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

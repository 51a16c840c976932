import type { ChangeRequest, GateException, Voice } from "./model.ts";
import { mayForAll } from "./rules.ts";

/** The longest that an exception may last, unless a policy's approvals last longer. */
export const EXCEPTION_HOURS = 7 * 24;

export type ExceptionFacts = {
  readonly request: Pick<ChangeRequest, "systemId" | "environments" | "contentDigest" | "contributors">;
  readonly exceptions: readonly GateException[];
  /** Granters as they are now. */
  readonly voices: readonly Voice[];
  readonly now: Date;
};

/**
 * Exceptions that count now: for exactly this content, not expired, and by somebody who still may grant them. The
 * others stay on the request for everybody to see.
 */
export function exceptionsInForce({ request, exceptions, voices, now }: ExceptionFacts): readonly GateException[] {
  return exceptions.filter((exception) => {
    const granter = voices.find((voice) => voice.id === exception.grantedById);
    // Four eyes hold for whoever passes over the approvers, too.
    if (exception.gate === "approvals" && request.contributors.includes(exception.grantedById)) return false;
    return (
      exception.contentDigest === request.contentDigest &&
      exception.expiresAt > now &&
      granter?.isActive === true &&
      mayForAll({ kind: "person", grants: granter.grants }, "change:override", request)
    );
  });
}

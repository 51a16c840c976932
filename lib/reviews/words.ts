import type { AuditLine } from "#lib/audit/model.ts";
import type { Outcome } from "#lib/command.ts";
import type { ChangeRequest } from "./model.ts";

type Said = Pick<AuditLine, "action" | "summary" | "reason" | "detail"> & { readonly subject?: AuditLine["subject"] };

/** An audit line about a request: the request's timeline is the log filtered by its id. */
export function changeLine(request: ChangeRequest, said: Said): AuditLine {
  return {
    subject: { type: "change", id: String(request.number) },
    ...said,
    systemId: request.systemId,
    changeRequestId: request.id,
    ...(request.environments.length === 1 && { environment: request.environments[0] }),
    ...(request.incident && { incident: request.incident }),
  };
}

export type Notice = NonNullable<Outcome<unknown>["notify"]>[number];

/** The same notice for several people, once each; whoever did it needs none. */
export function noticeTo(
  people: readonly string[],
  about: { readonly request: ChangeRequest; readonly actorId: string; readonly kind: string; readonly text: string },
): readonly Notice[] {
  const readers = new Set(people.filter((id) => id !== about.actorId && isPerson(id)));
  return [...readers].map((personId) => ({
    personId,
    kind: about.kind,
    text: about.text,
    href: `/changes/${about.request.number}`,
  }));
}

/** Jobs act under names, people have identifiers. */
function isPerson(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id);
}

/** `#12 “Raise the threshold”`. */
export function changeInWords(request: Pick<ChangeRequest, "number" | "title">): string {
  return `#${request.number} “${request.title}”`;
}

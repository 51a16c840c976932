import type { AuditLine } from "#lib/audit/model.ts";
import type { Outcome } from "#lib/command.ts";
import type { Json } from "#lib/kernel/json.ts";
import type { HotPatch, PatchChange } from "./model.ts";
import { nameOf } from "./rules.ts";

/** Where a patch is, in words. */
export type PatchWhere = {
  readonly system: { readonly slug: string; readonly name: string };
  readonly environment: { readonly slug: string; readonly name: string };
  readonly bundle: { readonly slug: string; readonly name: string };
};

type Said = Pick<AuditLine, "action" | "summary" | "reason" | "detail" | "changeRequestId"> & {
  readonly subject?: AuditLine["subject"];
};

/** An audit line about a patch. */
export function patchLine(patch: HotPatch, where: PatchWhere, said: Said): AuditLine {
  return {
    subject: { type: "hot_patch", id: nameOf(patch) },
    ...said,
    systemId: patch.systemId,
    environment: where.environment.slug,
    incident: patch.incident,
  };
}

/** What it changes, for an audit line. */
export function changesAsDetail(changes: readonly PatchChange[]): Json {
  return changes.map(({ pointer, before, after }) => ({
    pointer,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }));
}

/** `/temperature to 0.2, /seed taken away and 2 more` */
export function changesInWords(changes: readonly PatchChange[]): string {
  const shown = changes
    .slice(0, 2)
    .map(({ pointer, after }) =>
      after === undefined ? `${pointer} taken away` : `${pointer} to ${shortened(JSON.stringify(after))}`,
    );
  const more = changes.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

export function patchHref(patch: Pick<HotPatch, "number">): string {
  return `/hot-patches/${patch.number}`;
}

export type Notice = NonNullable<Outcome<unknown>["notify"]>[number];

/** The same notice for several people, once each; whoever did it needs none. */
export function noticeTo(
  people: readonly string[],
  about: { readonly patch: HotPatch; readonly actorId: string; readonly kind: string; readonly text: string },
): readonly Notice[] {
  const readers = new Set(people.filter((id) => id !== about.actorId));
  return [...readers].map((personId) => ({
    personId,
    kind: about.kind,
    text: about.text,
    href: patchHref(about.patch),
  }));
}

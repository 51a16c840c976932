import type { Scope } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** The scope of a command whose input names a draft. @throws Refusal `not_found` */
export async function ofDraft({ tx, input }: { tx: Reader; input: { draftId: string } }): Promise<Scope> {
  const draft = await tx.draft.findUnique({
    where: { id: input.draftId },
    select: { bundle: { select: { systemId: true } } },
  });
  if (!draft) throw new Refusal("not_found", "There is no such draft");
  return { systemId: draft.bundle.systemId };
}

/** The scope of a read whose input names a version. @throws Refusal `not_found` */
export async function ofVersion({ tx, input }: { tx: Reader; input: { versionId: string } }): Promise<Scope> {
  const version = await tx.bundleVersion.findUnique({
    where: { id: input.versionId },
    select: { bundle: { select: { systemId: true } } },
  });
  if (!version) throw new Refusal("not_found", "There is no such version");
  return { systemId: version.bundle.systemId };
}

import { documentDigest } from "#lib/bundles/digests.ts";
import type { BundleDocument, BundleSource, Layer, Problem } from "#lib/bundles/model.ts";
import { parseLayer } from "#lib/bundles/parse.ts";
import { findSecrets } from "#lib/bundles/secrets.ts";
import { updateDraft } from "#lib/bundles/store.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { ChangeRequest } from "./model.ts";
import { ownersOf } from "./people.ts";

/** A draft as a request takes it over. */
export type TakenDraft = {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly changeRequestId: string | null;
  readonly bundle: { readonly id: string; readonly slug: string; readonly name: string };
  readonly baseVersionId: string | null;
  readonly source: BundleSource;
  readonly document: BundleDocument;
  /** Of {base, overlays}. */
  readonly digest: string;
};

/**
 * Drafts of one system that a request may carry: each can be read, holds no secret, is nobody else's to propose, and
 * belongs to a bundle of its own. `carriedBy`: the request that may carry them already.
 * @throws Refusal `not_found`, `invalid` with every problem, or `conflict`
 */
export async function takeDrafts(
  reader: Reader,
  ids: readonly string[],
  { systemId, carriedBy }: { readonly systemId: string; readonly carriedBy: string | null },
): Promise<readonly TakenDraft[]> {
  const rows = await reader.draft.findMany({
    where: { id: { in: [...ids] }, bundle: { systemId } },
    include: { bundle: true },
  });
  if (rows.length !== new Set(ids).size) throw new Refusal("not_found", "There is no such draft in this system");
  if (new Set(rows.map((row) => row.bundleId)).size !== rows.length) {
    throw new Refusal("invalid", "Choose one draft for each bundle");
  }
  return rows.map((row) => {
    if (row.bundle.archivedAt)
      throw new Refusal("conflict", `${row.bundle.name} is archived; it takes no new versions`);
    const isFree = row.state === "open" || (row.state === "proposed" && row.changeRequestId === carriedBy);
    if (!isFree) {
      const why = row.state === "proposed" ? "is part of another change request" : `is ${row.state}`;
      throw new Refusal("conflict", `The draft of ${row.bundle.name} ${why}; start a new one`);
    }
    const source = row.source as unknown as BundleSource;
    const document = readDocument(source, row.bundle.name);
    return { ...row, source, document, digest: documentDigest(document) };
  });
}

/** The document that a source spells. @throws Refusal `invalid` with every problem by layer, line and column */
export function readDocument(source: BundleSource, name: string): BundleDocument {
  const layers: readonly (readonly [Layer, string])[] = [["base", source.base], ...Object.entries(source.overlays)];
  const problems: Problem[] = [];
  const read = layers.map(([layer, text]): readonly [Layer, JsonObject] => {
    const parsed = parseLayer(text, layer);
    const value = parsed.value ?? {};
    problems.push(...parsed.problems.filter((problem) => problem.severity === "error"));
    for (const secret of findSecrets(value)) {
      const message = `${secret.pointer} looks like a secret (${secret.kind}); store it elsewhere and refer to it: {"$secret": "vault://…"}`;
      const place = parsed.locate(secret.pointer);
      problems.push({ rule: "secret", severity: "error", message, layer, pointer: secret.pointer, ...place });
    }
    return [layer, value];
  });
  const [first] = problems;
  if (first) {
    const where = `${first.layer}${first.line ? `, line ${first.line}` : ""}`;
    throw new Refusal("invalid", `The draft of ${name} cannot be proposed: ${where}: ${first.message}`, {
      details: { problems },
    });
  }
  const [base, ...overlays] = read;
  return { base: base?.[1] ?? {}, overlays: Object.fromEntries(overlays) };
}

/** Everyone who saved one of these drafts: the log knows them all, the draft only the last. */
export async function writersOf(reader: Reader, draftIds: readonly string[]): Promise<readonly string[]> {
  const events = await reader.auditEvent.findMany({
    where: { subjectType: "draft", subjectId: { in: [...draftIds] }, actorKind: { in: ["person", "token"] } },
    distinct: ["actorId"],
    select: { actorId: true },
  });
  const drafts = await reader.draft.findMany({ where: { id: { in: [...draftIds] } }, select: { authorId: true } });
  return ownersOf(reader, [...events.map((event) => event.actorId), ...drafts.map((draft) => draft.authorId)]);
}

/** From now on the request carries these drafts. */
export async function claimDrafts(
  tx: Tx,
  drafts: readonly TakenDraft[],
  claim: { readonly request: Pick<ChangeRequest, "id">; readonly by: string; readonly now: Date },
): Promise<void> {
  for (const draft of drafts) {
    if (draft.state === "proposed" && draft.changeRequestId === claim.request.id) continue;
    const change = { state: "proposed", changeRequestId: claim.request.id, by: claim.by, now: claim.now } as const;
    await updateDraft(tx, draft, change);
  }
}

/** The request no longer carries its drafts, apart from those it keeps; they can be edited and proposed again. */
export async function releaseDrafts(
  tx: Tx,
  request: Pick<ChangeRequest, "id">,
  release: {
    readonly keep: readonly string[];
    readonly to: "open" | "published";
    readonly by: string;
    readonly now: Date;
  },
): Promise<void> {
  const carried = await tx.draft.findMany({
    where: { changeRequestId: request.id, state: "proposed", id: { notIn: [...release.keep] } },
    select: { id: true, revision: true },
  });
  for (const draft of carried) {
    const link = release.to === "open" ? { changeRequestId: null } : {};
    await updateDraft(tx, draft, { ...link, state: release.to, by: release.by, now: release.now });
  }
}

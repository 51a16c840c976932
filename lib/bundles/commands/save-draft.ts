import type { AuditLine } from "#lib/audit/model.ts";
import { changedLayers, withText } from "#lib/bundles/draft-rules.ts";
import { DiscardDraft, ImportDocument, RenameDraft, SaveDraft } from "#lib/bundles/input.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import { parseLayer } from "#lib/bundles/parse.ts";
import { ofDraft } from "#lib/bundles/scope.ts";
import { draftById, updateDraft } from "#lib/bundles/store.ts";
import { command } from "#lib/command.ts";
import { sha256 } from "#lib/kernel/digest.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

type LoadedDraft = Awaited<ReturnType<typeof draftById>>;

function draftLine(draft: LoadedDraft, line: Pick<AuditLine, "action" | "summary" | "detail" | "reason">): AuditLine {
  return {
    ...line,
    subject: { type: "draft", id: draft.id },
    systemId: draft.bundle.systemId,
    ...(draft.changeRequestId && { changeRequestId: draft.changeRequestId }),
  };
}

/** The texts' own digests: the log says which text was saved without holding a copy of every keystroke. */
function textDigests(source: BundleSource): Record<string, string> {
  const layers = Object.entries({ base: source.base, ...source.overlays });
  return Object.fromEntries(layers.map(([layer, text]) => [layer, `sha256:${sha256(text).toString("hex")}`]));
}

export const saveDraft = command(
  {
    name: "draft.save",
    may: "bundle:edit",
    on: ofDraft,
    input: SaveDraft,
    summary: "Save the text of a draft; refused when someone else saved it since the given revision",
    http: { method: "PUT", path: "/drafts/{draftId}" },
  },
  async ({ tx, actor, now, input }) => {
    const draft = await draftById(tx, input.draftId);
    const revision = await updateDraft(
      tx,
      { id: draft.id, revision: input.revision },
      { source: input.source, by: actor.name, now },
    );
    return {
      result: { draftId: draft.id, revision },
      audit: [
        draftLine(draft, {
          action: "draft.saved",
          summary: `${actor.name} saved the draft of ${draft.bundle.name}`,
          detail: { layers: changedLayers(draft.source, input.source), texts: textDigests(input.source) },
        }),
      ],
    };
  },
);

export const renameDraft = command(
  {
    name: "draft.rename",
    may: "bundle:edit",
    on: ofDraft,
    input: RenameDraft,
    summary: "Give a draft a title",
    http: { method: "PATCH", path: "/drafts/{draftId}" },
  },
  async ({ tx, actor, now, input }) => {
    const draft = await draftById(tx, input.draftId);
    const revision = await updateDraft(
      tx,
      { id: draft.id, revision: input.revision },
      { title: input.title, by: actor.name, now },
    );
    return {
      result: { draftId: draft.id, revision },
      audit: [
        draftLine(draft, {
          action: "draft.renamed",
          summary: `${actor.name} called the draft of ${draft.bundle.name} “${input.title}”`,
        }),
      ],
    };
  },
);

export const importDocument = command(
  {
    name: "draft.import",
    may: "bundle:edit",
    on: ofDraft,
    input: ImportDocument,
    summary: "Replace one layer of a draft by a YAML or JSON document; refused whole when the document cannot be read",
    http: { method: "POST", path: "/drafts/{draftId}/import" },
  },
  async ({ tx, actor, now, input }) => {
    const draft = await draftById(tx, input.draftId);
    const { value, problems } = parseLayer(input.text, input.layer);
    if (value === null) {
      const places = problems.map((one) => `line ${one.line ?? 1}, column ${one.column ?? 1}: ${one.message}`);
      throw new Refusal("invalid", `The document cannot be imported: ${places[0]}`, {
        fields: { text: places },
        details: { problems },
      });
    }
    const source = withText(draft.source, input.layer, input.text);
    const revision = await updateDraft(tx, { id: draft.id, revision: input.revision }, { source, by: actor.name, now });
    return {
      result: { draftId: draft.id, revision },
      audit: [
        draftLine(draft, {
          action: "draft.imported",
          summary: `${actor.name} imported a document into ${input.layer} of the draft of ${draft.bundle.name}`,
          detail: { layers: [input.layer], texts: textDigests(source) },
        }),
      ],
    };
  },
);

export const discardDraft = command(
  {
    name: "draft.discard",
    may: "bundle:edit",
    on: ofDraft,
    input: DiscardDraft,
    summary: "Give a draft up; one that a change request carries cannot be discarded",
    http: { method: "DELETE", path: "/drafts/{draftId}" },
  },
  async ({ tx, actor, now, input }) => {
    const draft = await draftById(tx, input.draftId);
    if (draft.state === "proposed") {
      throw new Refusal("conflict", "A change request carries this draft; close the request first");
    }
    await updateDraft(tx, { id: draft.id, revision: input.revision }, { state: "discarded", by: actor.name, now });
    return {
      result: { draftId: draft.id },
      audit: [
        draftLine(draft, {
          action: "draft.discarded",
          summary: `${actor.name} discarded a draft of ${draft.bundle.name}`,
          reason: input.reason,
        }),
      ],
    };
  },
);

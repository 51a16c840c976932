import { changesDetail } from "#lib/audit/detail.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { claimDrafts, releaseDrafts, takeDrafts, writersOf } from "#lib/reviews/drafts.ts";
import { EditChange, type EditChangeInput } from "#lib/reviews/input.ts";
import { contentOf, lockChange } from "#lib/reviews/load.ts";
import type { ChangeContent, ChangeRequest } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { promotionContent, rollbackContent } from "#lib/reviews/release-content.ts";
import { revise } from "#lib/reviews/revising.ts";
import { assertMayEdit, assertSeenRevision } from "#lib/reviews/rules.ts";
import { assertUsableRules } from "#lib/reviews/rules-content.ts";
import type { Doing } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { versionContent } from "#lib/reviews/version-content.ts";
import { changeInWords, changeLine } from "#lib/reviews/words.ts";
import { currentRules } from "#lib/systems/store.ts";

/** New words keep the approvals; a new content dismisses them. */
export const editChange = command(
  {
    name: "change.edit",
    may: "change:create",
    on: "anywhere",
    input: EditChange,
    summary: "Change the title, the reason or the content of a request; a new content dismisses its approvals",
    http: { method: "PATCH", path: "/changes/{number}" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayEdit(request, await speakerOf(tx, actor));
    const before = await contentOf(tx, request);
    const edit = await editedContent(tx, { request, content: before, input }, { actor, now });
    const described = await editWords(tx, request, input, { actor, now });
    if (edit) {
      const revision = { ...edit, action: "change.edited", verb: "edited" } as const;
      const step = await revise(tx, described.request, revision, { actor, now });
      const [first, ...rest] = step.audit;
      return { result: answerOf(step.request), audit: [first, ...described.audit, ...rest], notify: step.notify };
    }
    const [line] = described.audit;
    if (!line) throw new Refusal("invalid", "Nothing was changed: give a title, a reason or a new content");
    return { result: answerOf(described.request), audit: [line] };
  },
);

type Editing = { readonly request: ChangeRequest; readonly content: ChangeContent; readonly input: EditChangeInput };
type Edited = { readonly content: ChangeContent; readonly contributors: readonly string[] };

/** The content that the input asks for; null when it asks for none. */
async function editedContent(tx: Tx, { request, content, input }: Editing, doing: Doing): Promise<Edited | null> {
  const { systemId } = request;
  switch (content.kind) {
    case "version": {
      assertOnly(input, ["fromDrafts", "drafts"]);
      if (!input.fromDrafts && !input.drafts) return null;
      const ids = input.drafts ?? content.bundles.map((bundle) => bundle.draftId);
      const drafts = await takeDrafts(tx, ids, { systemId, carriedBy: request.id });
      const link = { by: doing.actor.name, now: doing.now };
      await releaseDrafts(tx, request, { keep: ids, to: "open", ...link });
      await claimDrafts(tx, drafts, { request, ...link });
      return { content: await versionContent(tx, systemId, drafts), contributors: await writersOf(tx, ids) };
    }
    case "promotion": {
      assertOnly(input, ["versions"]);
      if (!input.versions) return null;
      return {
        content: await promotionContent(tx, { systemId, environment: content.environment }, input.versions),
        contributors: [],
      };
    }
    case "rollback": {
      assertOnly(input, ["snapshots"]);
      if (!input.snapshots) return null;
      return {
        content: await rollbackContent(tx, { systemId, environment: content.environment }, input.snapshots),
        contributors: [],
      };
    }
    case "rules": {
      assertOnly(input, ["rules"]);
      if (!input.rules) return null;
      const { rules: inForce } = await currentRules(tx, systemId);
      await assertUsableRules(tx, systemId, { before: inForce, after: input.rules });
      return { content: { ...content, rules: input.rules }, contributors: [] };
    }
  }
}

const CONTENT_FIELDS = ["fromDrafts", "drafts", "versions", "snapshots", "rules"] as const;

function assertOnly(input: EditChangeInput, allowed: readonly (typeof CONTENT_FIELDS)[number][]): void {
  const stranger = CONTENT_FIELDS.find((field) => input[field] !== undefined && !allowed.includes(field));
  if (!stranger) return;
  const message = `A request of this kind has no ${stranger}; it takes ${allowed.join(" or ")}`;
  throw new Refusal("invalid", message, { fields: { [stranger]: [message] } });
}

async function editWords(
  tx: Tx,
  request: ChangeRequest,
  input: EditChangeInput,
  { actor, now }: Doing,
): Promise<{ readonly request: ChangeRequest; readonly audit: readonly AuditLine[] }> {
  const before = { title: request.title, reason: request.reason };
  const after = { title: input.title ?? before.title, reason: input.reason ?? before.reason };
  if (before.title === after.title && before.reason === after.reason) return { request, audit: [] };
  const described = await updateChange(tx, request, after, now);
  const summary = `${actor.name} changed the words of ${changeInWords(described)}`;
  return {
    request: described,
    audit: [changeLine(described, { action: "change.described", summary, detail: changesDetail(before, after) })],
  };
}

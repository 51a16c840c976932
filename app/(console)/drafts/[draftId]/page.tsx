import { DraftEditor } from "#components/bundles/editor/draft-editor.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showDraft } from "#lib/bundles/queries.ts";
import { check, discard, importText, rename, save, update } from "./actions.ts";

type Props = PageProps<"/drafts/[draftId]">;

export async function generateMetadata({ params }: Props) {
  const [{ draftId }, actor] = await Promise.all([params, requireActor()]);
  const draft = await found(showDraft(actor, { draftId }));
  return { title: `${draft.title || "Draft"} · ${draft.bundle.name}` };
}

export default async function DraftPage({ params }: Props) {
  const [{ draftId }, actor] = await Promise.all([params, requireActor()]);
  const draft = await found(showDraft(actor, { draftId }));
  const { bundle, base, change } = draft;
  const scope = { systemId: bundle.systemId };
  return (
    <DraftEditor
      draft={{
        id: draft.id,
        title: draft.title,
        state: draft.state,
        source: draft.source,
        revision: draft.revision,
        updatedBy: draft.updatedBy,
        updatedAt: draft.updatedAt.toISOString(),
      }}
      bundle={{ slug: bundle.slug, name: bundle.name }}
      system={{ slug: bundle.system.slug, name: bundle.system.name }}
      environments={draft.environments}
      rules={draft.rules}
      base={base ? { id: base.id, semver: base.semver } : null}
      change={change}
      can={{ edit: may(actor, "bundle:edit", scope), propose: may(actor, "change:create", scope) }}
      actions={{ save, check, importText, rename, discard, update }}
    />
  );
}

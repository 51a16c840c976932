import type { AuditLine } from "#lib/audit/model.ts";
import { effectiveValue } from "#lib/bundles/effective.ts";
import { hasValues, sourceWithValues, type WantedValue } from "#lib/bundles/set-values.ts";
import { insertDraft, latestVersion } from "#lib/bundles/store.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { currentRules } from "#lib/systems/store.ts";
import { claimDrafts, takeDrafts, writersOf } from "./drafts.ts";
import { speakerOf } from "./people.ts";
import { propose } from "./proposing.ts";
import { promotionContent } from "./release-content.ts";
import type { Doing, Step } from "./settle.ts";
import { versionContent } from "./version-content.ts";

export type ProposingValues = {
  readonly systemId: string;
  readonly bundle: { readonly id: string; readonly slug: string; readonly name: string };
  /** Slug of the environment that is to have them. */
  readonly environment: string;
  readonly values: readonly WantedValue[];
  /** At most 160 characters. */
  readonly title: string;
  readonly reason: string;
  readonly incident?: string;
  /** Ids of people who chose the values, besides who proposes them: they cannot approve either. */
  readonly contributors: readonly string[];
};

/**
 * Opens a request that would make an environment have these values, with every gate before it: a new version built on
 * the newest one, written into the overlay or the base as the catalogue says; or, where the newest version has them
 * already, its promotion.
 * @throws Refusal `conflict` without any version, `invalid` for values that no layer can give, or as `propose`
 */
export async function proposeValues(tx: Tx, proposing: ProposingValues, doing: Doing): Promise<Step> {
  const { systemId, bundle, environment, values } = proposing;
  const newest = await latestVersion(tx, bundle.id);
  if (!newest) throw new Refusal("conflict", `${bundle.name} has no version yet to build on`);
  const { rules } = await currentRules(tx, systemId);
  const proposal = { ...proposing, system: { id: systemId }, asDraft: false };
  if (hasValues(effectiveValue(newest.document, environment), values)) {
    const content = await promotionContent(tx, { systemId, environment }, [newest.id]);
    return propose(tx, { ...proposal, content }, doing);
  }
  const { actor, now } = doing;
  const { personId } = await speakerOf(tx, actor);
  const source = sourceWithValues({
    document: newest.document,
    source: newest.source,
    rules,
    bundle: bundle.slug,
    environment,
    values,
  });
  const draftId = await insertDraft(
    tx,
    {
      bundleId: bundle.id,
      authorId: personId,
      authorName: actor.name,
      baseVersionId: newest.id,
      title: proposing.title.slice(0, 120),
      source,
    },
    now,
  );
  const drafts = await takeDrafts(tx, [draftId], { systemId, carriedBy: null });
  const content = await versionContent(tx, systemId, drafts);
  const contributors = [...(await writersOf(tx, [draftId])), ...proposing.contributors];
  const step = await propose(tx, { ...proposal, content, contributors }, doing);
  await claimDrafts(tx, drafts, { request: step.request, by: actor.name, now });
  const started: AuditLine = {
    action: "draft.started",
    subject: { type: "draft", id: draftId },
    summary: `${actor.name} started a draft of ${bundle.name} from ${newest.semver}`,
    systemId,
    changeRequestId: step.request.id,
  };
  return { ...step, audit: [started, ...step.audit] };
}

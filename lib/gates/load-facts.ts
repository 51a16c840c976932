import { targetPlaces } from "#lib/drift/target.ts";
import { isInForce } from "#lib/hot-patches/effective.ts";
import { overdueIn, patchesServedIn } from "#lib/hot-patches/owed.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { freezeVerdict } from "#lib/releases/freeze.ts";
import { fellBy, hasPassedThrough, soakedMinutes, stageBefore } from "#lib/releases/rules.ts";
import { freezeWindows, staysIn } from "#lib/releases/store.ts";
import { movedBases } from "#lib/reviews/base.ts";
import { exceptionsInForce } from "#lib/reviews/exceptions.ts";
import { loadReviewFacts, type ReviewFacts } from "#lib/reviews/facts.ts";
import { exceptionsOf, threadsOf } from "#lib/reviews/load.ts";
import type { ChangeRequest, GateException, PromotionContent, RollbackContent } from "#lib/reviews/model.ts";
import { possibleApprovers, voicesOf } from "#lib/reviews/people.ts";
import { rulesSurroundings } from "#lib/reviews/rules-content.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { affectedBy } from "#lib/systems/dependencies.ts";
import { checkRules } from "#lib/systems/rules-check.ts";
import { environmentBySlug } from "#lib/systems/store.ts";
import type { GateFacts, Passage, PatchOnTarget, Reevaluation, ReleaseFacts } from "./facts.ts";
import { contentProblems } from "./problems.ts";

type SystemName = GateFacts["system"];

/** Reads everything that checks look at. Inside a transaction that holds the request, what it says stays true. */
export async function loadGateFacts(reader: Reader, request: ChangeRequest, now: Date): Promise<GateFacts> {
  const review = await loadReviewFacts(reader, request, now);
  const { content } = review;
  const system = await reader.system.findUniqueOrThrow({
    where: { id: request.systemId },
    select: { id: true, slug: true, name: true },
  });
  return {
    review,
    system,
    moved: await movedBases(reader, request.systemId, content),
    problems: await contentProblems(reader, review, now),
    rulesProblems:
      content.kind === "rules" ? checkRules(content.rules, await rulesSurroundings(reader, request.systemId)) : [],
    reevaluations: reevaluationsOf(review),
    openThreads: (await threadsOf(reader, request)).filter((thread) => thread.resolvedAt === null),
    release: await releaseFacts(reader, { review, system }, now),
    exceptions: [...exceptionsInForce({ ...review, now }), ...(await inheritedWaivers(reader, review, now))],
    approvers: await possibleApprovers(reader, request, now),
    now,
  };
}

/**
 * What depends on what changes, bundle by bundle; each place once, with the nearest way to it. Where nothing was before,
 * nothing was evaluated on it either: a first configuration has nothing to evaluate again.
 */
function reevaluationsOf({ rules, consequences }: ReviewFacts): readonly Reevaluation[] {
  const found = new Map<string, Reevaluation>();
  for (const { bundle, environment, before, after } of consequences.pairs) {
    if (before === null) continue;
    const changed = consequences.changes
      .filter((change) => change.bundle === bundle && change.environments.includes(environment))
      .map((change) => change.pointer);
    const catalogue = catalogueOf(rules.rules, bundle);
    const all = [...new Set(leavesOf(after).map((leaf) => catalogue.parameterAt(leaf.pointer).pointer))];
    for (const { pointer, path } of affectedBy(rules.rules.dependencies, [...new Set(changed)], all)) {
      const key = `${bundle}#${pointer}`;
      const [first] = path;
      const last = path.at(-1);
      if (found.has(key) || !first || !last) continue;
      found.set(key, { bundle, pointer, because: first.from, reason: last.reason });
    }
  }
  return [...found.values()];
}

async function releaseFacts(
  reader: Reader,
  { review, system }: { readonly review: ReviewFacts; readonly system: SystemName },
  now: Date,
): Promise<ReleaseFacts | null> {
  const { content, consequences } = review;
  if (content.kind !== "promotion" && content.kind !== "rollback") return null;
  const environment = await environmentBySlug(reader, system.id, content.environment);
  const before = stageBefore(consequences.environments, environment.slug);
  const target = { system: system.slug, environment: environment.slug };
  return {
    environment: environment.slug,
    name: environment.name,
    heldAt: environment.heldAt,
    heldReason: environment.heldReason,
    heldBy: environment.heldBy,
    stageBefore: before && { slug: before.slug, name: before.name },
    passages:
      content.kind === "promotion" ? await passagesOf(reader, { content, stageId: before?.id ?? null }, now) : [],
    freeze: freezeVerdict(await freezeWindows(reader, now), target, now),
    overdue: await overdueIn(reader, environment.id, now),
    target: await targetPlaces(reader, { environmentId: environment.id, bundles: content.bundles }, now),
    patches: await patchesOnTarget(reader, { content, environmentId: environment.id }, now),
  };
}

async function patchesOnTarget(
  reader: Reader,
  { content, environmentId }: { readonly content: PromotionContent | RollbackContent; readonly environmentId: string },
  now: Date,
): Promise<readonly PatchOnTarget[]> {
  const found: PatchOnTarget[] = [];
  for (const { bundleId, slug } of content.bundles) {
    const patches = await patchesServedIn(reader, { bundleId, environmentId }, now);
    found.push(...patches.map((patch) => ({ ...patch, bundle: slug, isOver: !isInForce(patch, now) })));
  }
  return found;
}

async function passagesOf(
  reader: Reader,
  { content, stageId }: { readonly content: PromotionContent; readonly stageId: string | null },
  now: Date,
): Promise<readonly Passage[]> {
  const passages: Passage[] = [];
  for (const bundle of content.bundles) {
    const version = await reader.bundleVersion.findUniqueOrThrow({
      where: { id: bundle.versionId },
      select: { digest: true, semver: true },
    });
    const stays = stageId ? await staysIn(reader, { bundleId: bundle.bundleId, environmentId: stageId }) : [];
    passages.push({
      bundle: bundle.slug,
      semver: version.semver,
      isSameVersion: version.digest === bundle.digest,
      hasPassed: hasPassedThrough(stays, bundle.digest),
      fellBy: fellBy(stays, bundle.digest),
      soakedMinutes: soakedMinutes(stays, bundle.digest, now),
    });
  }
  return passages;
}

/**
 * What was waived for re-evaluation when a version was reviewed holds for its promotions too, until it expires: the
 * version is the same, by digest.
 */
async function inheritedWaivers(reader: Reader, review: ReviewFacts, now: Date): Promise<readonly GateException[]> {
  const { content } = review;
  if (content.kind !== "promotion") return [];
  const versions = await reader.bundleVersion.findMany({
    where: { id: { in: content.bundles.map((bundle) => bundle.versionId) }, changeRequestId: { not: null } },
    select: { changeRequestId: true, bundle: { select: { slug: true } } },
  });
  const inherited: GateException[] = [];
  for (const version of versions) {
    if (version.changeRequestId === null) continue;
    const origin = await reader.changeRequest.findUniqueOrThrow({ where: { id: version.changeRequestId } });
    const exceptions = (await exceptionsOf(reader, origin)).filter(
      (one) => one.gate === "dependencies" && one.item?.startsWith(`${version.bundle.slug}#`),
    );
    const voices = await voicesOf(
      reader,
      exceptions.map((one) => one.grantedById),
      now,
    );
    const request = { ...origin, environments: review.request.environments };
    inherited.push(...exceptionsInForce({ request, exceptions, voices, now }));
  }
  return inherited;
}

import { effectiveValue, overlayOf } from "#lib/bundles/effective.ts";
import type { BundleDocument, Problem } from "#lib/bundles/model.ts";
import { ratchetProblems } from "#lib/bundles/ratchet.ts";
import { validateDocument } from "#lib/bundles/validate.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import { acceptedBaseline } from "#lib/releases/ratchet-baseline.ts";
import { documentOf } from "#lib/reviews/consequences.ts";
import type { ReviewFacts } from "#lib/reviews/facts.ts";

export type BundleProblem = Problem & {
  /** Slug. */
  readonly bundle: string;
};

/** Effective configurations by environment and bundle. */
type Surroundings = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** Everything that what would be configured is wrong about: alone, together with the other bundles, and over time. */
export async function contentProblems(
  reader: Reader,
  review: ReviewFacts,
  now: Date,
): Promise<readonly BundleProblem[]> {
  const subjects = await subjectsOf(reader, review);
  const otherBundles = await surroundingsOf(reader, review);
  const { rules } = review.rules;
  const found = subjects.flatMap(({ bundle, document, environments }) =>
    validateDocument({ document, rules, environments, bundle, otherBundles, now }).problems.map((problem) => ({
      ...problem,
      bundle,
    })),
  );
  return [...found, ...(await ratchet(reader, review))];
}

/** A document to judge, in the environments where it would count. */
type Subject = { readonly bundle: string; readonly document: BundleDocument; readonly environments: readonly string[] };

async function subjectsOf(reader: Reader, { content, consequences }: ReviewFacts): Promise<readonly Subject[]> {
  switch (content.kind) {
    case "rules":
      return [];
    case "version": {
      const environments = consequences.environments.map((one) => one.slug);
      return content.bundles.map(({ slug, base, overlays }) => ({
        bundle: slug,
        document: { base, overlays },
        environments,
      }));
    }
    case "promotion": {
      const ids = content.bundles.map((bundle) => bundle.versionId);
      const rows = await reader.bundleVersion.findMany({ where: { id: { in: ids } }, include: { bundle: true } });
      return rows.map((row) => ({
        bundle: row.bundle.slug,
        document: forEnvironment(documentOf(row), content.environment),
        environments: [content.environment],
      }));
    }
    case "rollback":
      return consequences.pairs.map(({ bundle, environment, after }) => ({
        bundle,
        document: { base: after, overlays: {} },
        environments: [environment],
      }));
  }
}

/** The document without the overlays of environments that are not concerned. */
function forEnvironment(document: BundleDocument, environment: string): BundleDocument {
  return { base: document.base, overlays: { [environment]: overlayOf(document, environment) } };
}

/** What constraints over several bundles see beside a bundle: for versions the newest of each, else what runs there. */
async function surroundingsOf(reader: Reader, review: ReviewFacts): Promise<Surroundings> {
  const { content, consequences, request } = review;
  const around: Record<string, Record<string, JsonObject>> = {};
  if (content.kind === "version") {
    const newest = await reader.bundleVersion.findMany({
      where: { bundle: { systemId: request.systemId, archivedAt: null } },
      orderBy: [{ bundleId: "asc" }, { sequence: "desc" }],
      distinct: ["bundleId"],
      include: { bundle: { select: { slug: true } } },
    });
    for (const { slug } of consequences.environments) {
      around[slug] = Object.fromEntries(newest.map((row) => [row.bundle.slug, effectiveValue(documentOf(row), slug)]));
    }
  } else if (content.kind !== "rules") {
    const running = await reader.deployment.findMany({
      where: { isCurrent: true, systemId: request.systemId, environment: { slug: content.environment } },
      select: { bundle: { select: { slug: true } }, snapshot: { select: { effective: true } } },
    });
    around[content.environment] = Object.fromEntries(
      running.map((row) => [row.bundle.slug, row.snapshot.effective as JsonObject]),
    );
  }
  for (const { environment, bundle, after } of consequences.pairs) {
    around[environment] = { ...around[environment], [bundle]: after };
  }
  return around;
}

async function ratchet(reader: Reader, review: ReviewFacts): Promise<readonly BundleProblem[]> {
  const { consequences } = review;
  const { rules } = review.rules;
  const found: BundleProblem[] = [];
  for (const { bundleId, bundle, environment, before, after } of consequences.pairs) {
    const environmentId = consequences.environments.find((one) => one.slug === environment)?.id;
    if (!environmentId || !consequences.reaches.includes(environment)) continue;
    const baseline = await acceptedBaseline(reader, { bundleId, bundle, environmentId }, { rules, after });
    const problems = ratchetProblems({ rules, bundle, environment, baseline, current: before, after });
    found.push(...problems.map((problem) => ({ ...problem, bundle })));
  }
  return found;
}

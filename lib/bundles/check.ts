import { parameterChanges } from "#lib/bundles/changes.ts";
import { documentDigest } from "#lib/bundles/digests.ts";
import { effectiveValue } from "#lib/bundles/effective.ts";
import { CheckSource } from "#lib/bundles/input.ts";
import type { ParameterChange, Problem } from "#lib/bundles/model.ts";
import { proposeSemver, type SemverProposal } from "#lib/bundles/semver.ts";
import { bundleBySlug, latestVersion, versionById, versionOf } from "#lib/bundles/store.ts";
import { validateDocument } from "#lib/bundles/validate.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";

/** What live validation says of a draft's texts. */
export type DraftCheck = {
  readonly problems: readonly Problem[];
  /** Digest of the document; null while a layer can't be read. */
  readonly digest: string | null;
  /** Against the version that the draft started from; empty while a layer can't be read. */
  readonly changes: readonly ParameterChange[];
  /** Null while a layer can't be read. */
  readonly proposal: SemverProposal | null;
};

/** Judges texts that are still being written, by today's rules. Nothing is stored. */
export const checkDraft = query(
  {
    name: "draft.check",
    may: "system:read",
    on: ofSystem,
    input: CheckSource,
    summary: "Validate the texts of a bundle without storing them: problems by line, changes and the proposed version",
    http: { method: "POST", path: "/systems/{system}/bundles/{bundle}/check" },
  },
  async ({ db, now, input }): Promise<DraftCheck> => {
    const bundle = await bundleBySlug(db, input.system, input.bundle);
    const [environments, { rules }, base, newest] = await Promise.all([
      environmentsOf(db, bundle.systemId),
      currentRules(db, bundle.systemId),
      input.baseVersionId ? versionById(db, input.baseVersionId) : null,
      latestVersion(db, bundle.id),
    ]);
    if (base && base.bundleId !== bundle.id) throw new Refusal("invalid", "This version belongs to another bundle");
    const slugs = environments.map((one) => one.slug);
    const otherBundles = await otherConfigurations(db, bundle, slugs);
    const { document, problems } = validateDocument({
      source: input.source,
      rules,
      environments: slugs,
      bundle: bundle.slug,
      otherBundles,
      now,
    });
    if (!document) return { problems, digest: null, changes: [], proposal: null };
    const changes = parameterChanges({
      bundle: bundle.slug,
      before: base?.document ?? null,
      after: document,
      environments: slugs,
      rules,
    });
    return {
      problems,
      digest: documentDigest(document),
      changes,
      proposal: proposeSemver(newest?.semver ?? null, changes),
    };
  },
);

/**
 * For each environment, what the system's other bundles are there, by slug: what is deployed, else what their newest
 * version would be. A bundle without any version is left out.
 */
async function otherConfigurations(
  reader: Reader,
  bundle: { readonly id: string; readonly systemId: string },
  environments: readonly string[],
): Promise<Readonly<Record<string, Readonly<Record<string, JsonObject>>>>> {
  const others = await reader.bundle.findMany({
    where: { systemId: bundle.systemId, archivedAt: null, id: { not: bundle.id } },
    select: {
      slug: true,
      versions: { orderBy: { sequence: "desc" }, take: 1 },
      deployments: {
        where: { isCurrent: true },
        select: { environment: { select: { slug: true } }, snapshot: { select: { effective: true } } },
      },
    },
  });
  const inEnvironment = (environment: string) =>
    others.flatMap((other): readonly (readonly [string, JsonObject])[] => {
      const deployed = other.deployments.find((one) => one.environment.slug === environment);
      if (deployed) return [[other.slug, deployed.snapshot.effective as JsonObject]];
      const [newest] = other.versions;
      return newest ? [[other.slug, effectiveValue(versionOf(newest).document, environment)]] : [];
    });
  return Object.fromEntries(environments.map((one) => [one, Object.fromEntries(inEnvironment(one))]));
}

import type { DeploymentState } from "#lib/releases/model.ts";

/** What a bundle declares in one environment. */
export type Declared = {
  readonly number: number;
  readonly state: DeploymentState;
  readonly since: Date;
  readonly deployedBy: string;
  readonly versionId: string;
  readonly semver: string;
  readonly effectiveDigest: string;
  readonly snapshot: number;
  readonly change: { readonly number: number; readonly title: string };
  /** Names, each once. */
  readonly approvedBy: readonly string[];
};

export type DeclaredBundle = {
  readonly slug: string;
  readonly name: string;
  /** Null: nothing was ever deployed here. */
  readonly declared: Declared | null;
  /** How many versions are newer than the one declared. */
  readonly versionsBehind: number;
};

/** What has to be read of a bundle to say what its environments declare. */
export const declaredSelect = {
  id: true,
  slug: true,
  name: true,
  versions: {
    orderBy: { sequence: "desc" },
    take: 1,
    select: { id: true, semver: true, sequence: true, createdAt: true },
  },
  deployments: {
    where: { isCurrent: true },
    select: {
      environmentId: true,
      number: true,
      state: true,
      createdAt: true,
      deployedBy: true,
      changeRequest: {
        select: {
          number: true,
          title: true,
          reviews: {
            where: { verdict: "approve", dismissedAt: null, withdrawnAt: null },
            select: { reviewerName: true },
          },
        },
      },
      snapshot: {
        select: {
          number: true,
          effectiveDigest: true,
          version: { select: { id: true, semver: true, sequence: true } },
        },
      },
    },
  },
} as const;

/** A bundle as `declaredSelect` reads it. */
export type BundleRow = {
  readonly slug: string;
  readonly name: string;
  readonly versions: readonly { readonly sequence: number }[];
  readonly deployments: readonly {
    readonly environmentId: string;
    readonly number: number;
    readonly state: string;
    readonly createdAt: Date;
    readonly deployedBy: string;
    readonly changeRequest: {
      readonly number: number;
      readonly title: string;
      readonly reviews: readonly { readonly reviewerName: string }[];
    };
    readonly snapshot: {
      readonly number: number;
      readonly effectiveDigest: string;
      readonly version: { readonly id: string; readonly semver: string; readonly sequence: number };
    };
  }[];
};

/** What the bundle declares in the environment. */
export function declaredIn(bundle: BundleRow, environmentId: string): DeclaredBundle {
  const current = bundle.deployments.find((one) => one.environmentId === environmentId);
  const newest = bundle.versions[0]?.sequence ?? 0;
  const { slug, name } = bundle;
  const versionsBehind = newest - (current?.snapshot.version.sequence ?? 0);
  if (!current) return { slug, name, versionsBehind, declared: null };
  const { snapshot, changeRequest } = current;
  return {
    slug,
    name,
    versionsBehind,
    declared: {
      number: current.number,
      state: current.state as DeploymentState,
      since: current.createdAt,
      deployedBy: current.deployedBy,
      versionId: snapshot.version.id,
      semver: snapshot.version.semver,
      effectiveDigest: snapshot.effectiveDigest,
      snapshot: snapshot.number,
      change: { number: changeRequest.number, title: changeRequest.title },
      approvedBy: [...new Set(changeRequest.reviews.map((one) => one.reviewerName))],
    },
  };
}

import { query } from "#lib/query.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import { OfSystem } from "#lib/systems/input.ts";
import { ofSystem } from "#lib/systems/scope.ts";

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
};

export type PipelineStage = {
  readonly slug: string;
  readonly name: string;
  readonly isLast: boolean;
  readonly heldAt: Date | null;
  readonly heldReason: string | null;
  readonly heldBy: string | null;
  readonly bundles: readonly {
    readonly slug: string;
    readonly name: string;
    /** Null: nothing was ever deployed here. */
    readonly declared: Declared | null;
    /** How many versions are newer than the one declared. */
    readonly versionsBehind: number;
  }[];
};

const currentDeployment = {
  environmentId: true,
  number: true,
  state: true,
  createdAt: true,
  deployedBy: true,
  changeRequest: { select: { number: true, title: true } },
  snapshot: {
    select: { number: true, effectiveDigest: true, version: { select: { id: true, semver: true, sequence: true } } },
  },
} as const;

/** The pipeline of one system with what every bundle declares in each stage, and what waits. */
export const systemOverview = query(
  {
    name: "system.overview",
    may: "system:read",
    on: ofSystem,
    input: OfSystem,
    summary: "Show a system's pipeline with what every bundle declares in each environment, and what waits",
    http: { method: "GET", path: "/systems/{system}/overview" },
  },
  async ({ db, input }) => {
    const system = await db.system.findUniqueOrThrow({
      where: { slug: input.system },
      include: {
        environments: { orderBy: { position: "asc" } },
        bundles: {
          where: { archivedAt: null },
          orderBy: { slug: "asc" },
          select: {
            id: true,
            slug: true,
            name: true,
            description: true,
            versions: {
              orderBy: { sequence: "desc" },
              take: 1,
              select: { id: true, semver: true, sequence: true, createdAt: true },
            },
            deployments: { where: { isCurrent: true }, select: currentDeployment },
            _count: { select: { versions: true, drafts: { where: { state: { in: ["open", "proposed"] } } } } },
          },
        },
        changeRequests: {
          orderBy: { number: "desc" },
          take: 6,
          select: { number: true, title: true, state: true, kind: true, authorName: true, updatedAt: true },
        },
      },
    });
    const byState = await db.changeRequest.groupBy({
      by: ["state"],
      where: { systemId: system.id },
      _count: { _all: true },
    });
    const { environments, bundles, changeRequests, ...rest } = system;
    const pipeline = environments.map(
      (environment, index): PipelineStage => ({
        slug: environment.slug,
        name: environment.name,
        isLast: index === environments.length - 1,
        heldAt: environment.heldAt,
        heldReason: environment.heldReason,
        heldBy: environment.heldBy,
        bundles: bundles.map((bundle) => {
          const current = bundle.deployments.find((one) => one.environmentId === environment.id);
          const newest = bundle.versions[0]?.sequence ?? 0;
          return {
            slug: bundle.slug,
            name: bundle.name,
            versionsBehind: newest - (current?.snapshot.version.sequence ?? 0),
            declared: current
              ? {
                  number: current.number,
                  state: current.state as DeploymentState,
                  since: current.createdAt,
                  deployedBy: current.deployedBy,
                  versionId: current.snapshot.version.id,
                  semver: current.snapshot.version.semver,
                  effectiveDigest: current.snapshot.effectiveDigest,
                  snapshot: current.snapshot.number,
                  change: current.changeRequest,
                }
              : null,
          };
        }),
      }),
    );
    return {
      ...rest,
      pipeline,
      bundles: bundles.map(({ deployments: _, versions, _count, ...bundle }) => ({
        ...bundle,
        newest: versions[0] ?? null,
        versions: _count.versions,
        drafts: _count.drafts,
      })),
      recent: changeRequests,
      waiting: byState
        .filter((one) => ["open", "changes_requested", "approved"].includes(one.state))
        .reduce((sum, one) => sum + one._count._all, 0),
      changes: byState.reduce((sum, one) => sum + one._count._all, 0),
    };
  },
);

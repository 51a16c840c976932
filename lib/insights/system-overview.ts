import { type DeclaredBundle, declaredIn, declaredSelect } from "#lib/insights/declared.ts";
import { query } from "#lib/query.ts";
import { OfSystem } from "#lib/systems/input.ts";
import { ofSystem } from "#lib/systems/scope.ts";

export type PipelineStage = {
  readonly slug: string;
  readonly name: string;
  readonly isLast: boolean;
  readonly heldAt: Date | null;
  readonly heldReason: string | null;
  readonly heldBy: string | null;
  readonly bundles: readonly DeclaredBundle[];
};

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
            ...declaredSelect,
            description: true,
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
        bundles: bundles.map((bundle) => declaredIn(bundle, environment.id)),
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

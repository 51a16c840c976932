import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";

/** What one environment of a system declares, as one cell of the truth board. */
export type BoardCell = {
  readonly environment: string;
  readonly name: string;
  readonly heldReason: string | null;
  readonly bundles: readonly {
    readonly slug: string;
    readonly name: string;
    /** Null: nothing was ever deployed here. */
    readonly deployment: {
      readonly number: number;
      readonly state: string;
      readonly kind: string;
      readonly since: Date;
      readonly deployedBy: string;
      readonly semver: string;
      readonly effectiveDigest: string;
      readonly snapshot: number;
      readonly change: { readonly number: number; readonly title: string };
      readonly approvedBy: readonly string[];
    } | null;
    /** How many versions are newer than the one declared. */
    readonly versionsBehind: number;
  }[];
};

/** Systems × environments: what each declares, since when, who approved it, what waits. */
export const truthBoard = query(
  {
    name: "board.show",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Show what every environment declares, since when, who approved it, and what waits",
    http: { method: "GET", path: "/board" },
  },
  async ({ db, actor }) => {
    const readable = readableSystems(actor);
    const systems = await db.system.findMany({
      where: readable ? { id: { in: [...readable] } } : {},
      orderBy: { name: "asc" },
      take: 200,
      select: {
        id: true,
        slug: true,
        name: true,
        owningTeam: true,
        riskTier: true,
        environments: { orderBy: { position: "asc" } },
        bundles: {
          where: { archivedAt: null },
          orderBy: { slug: "asc" },
          select: {
            id: true,
            slug: true,
            name: true,
            versions: { orderBy: { sequence: "desc" }, take: 1, select: { sequence: true } },
            deployments: {
              where: { isCurrent: true },
              select: {
                environmentId: true,
                number: true,
                state: true,
                kind: true,
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
                    version: { select: { semver: true, sequence: true } },
                  },
                },
              },
            },
          },
        },
        _count: { select: { changeRequests: { where: { state: { in: ["open", "changes_requested", "approved"] } } } } },
      },
    });
    return systems.map(({ environments, bundles, _count, ...system }) => ({
      ...system,
      waiting: _count.changeRequests,
      cells: environments.map(
        (environment): BoardCell => ({
          environment: environment.slug,
          name: environment.name,
          heldReason: environment.heldReason,
          bundles: bundles.map((bundle) => {
            const current = bundle.deployments.find((one) => one.environmentId === environment.id);
            const newest = bundle.versions[0]?.sequence ?? 0;
            return {
              slug: bundle.slug,
              name: bundle.name,
              versionsBehind: newest - (current?.snapshot.version.sequence ?? 0),
              deployment: current
                ? {
                    number: current.number,
                    state: current.state,
                    kind: current.kind,
                    since: current.createdAt,
                    deployedBy: current.deployedBy,
                    semver: current.snapshot.version.semver,
                    effectiveDigest: current.snapshot.effectiveDigest,
                    snapshot: current.snapshot.number,
                    change: { number: current.changeRequest.number, title: current.changeRequest.title },
                    approvedBy: current.changeRequest.reviews.map((one) => one.reviewerName),
                  }
                : null,
            };
          }),
        }),
      ),
    }));
  },
);

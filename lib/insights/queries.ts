import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { declaredIn, declaredSelect } from "#lib/insights/declared.ts";
import { query } from "#lib/query.ts";

const MOST_SYSTEMS = 200;

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
      take: MOST_SYSTEMS,
      select: {
        slug: true,
        name: true,
        owningTeam: true,
        riskTier: true,
        environments: { orderBy: { position: "asc" } },
        bundles: { where: { archivedAt: null }, orderBy: { slug: "asc" }, select: declaredSelect },
        _count: { select: { changeRequests: { where: { state: { in: ["open", "changes_requested", "approved"] } } } } },
      },
    });
    return systems.map(({ environments, bundles, _count, ...system }) => ({
      ...system,
      waiting: _count.changeRequests,
      cells: environments.map((environment) => ({
        environment: environment.slug,
        name: environment.name,
        heldReason: environment.heldReason,
        bundles: bundles.map((bundle) => declaredIn(bundle, environment.id)),
      })),
    }));
  },
);

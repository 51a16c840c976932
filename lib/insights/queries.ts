import { z } from "zod";
import { may, readableSystems } from "#lib/access/may.ts";
import { attentionFor } from "#lib/insights/attention.ts";
import { boardBundle } from "#lib/insights/board-bundle.ts";
import { declaredSelect } from "#lib/insights/declared.ts";
import { runningIn } from "#lib/insights/running.ts";
import { query } from "#lib/query.ts";

const MOST_SYSTEMS = 200;

/** Systems × environments: what each declares and runs, since when, what differs, and what to do next. */
export const truthBoard = query(
  {
    name: "board.show",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Show what every environment declares and runs, since when, what differs, and what to do next",
    http: { method: "GET", path: "/board" },
  },
  async ({ db, actor, now }) => {
    const readable = readableSystems(actor);
    const systems = await db.system.findMany({
      where: readable ? { id: { in: [...readable] } } : {},
      orderBy: { name: "asc" },
      take: MOST_SYSTEMS,
      select: {
        id: true,
        slug: true,
        name: true,
        owningTeam: true,
        riskTier: true,
        environments: { orderBy: { position: "asc" } },
        bundles: { where: { archivedAt: null }, orderBy: { slug: "asc" }, select: declaredSelect },
        _count: { select: { changeRequests: { where: { state: { in: ["open", "changes_requested", "approved"] } } } } },
      },
    });
    const environments = systems.flatMap((system) => system.environments.map((environment) => environment.id));
    const running = await runningIn(db, environments, now);
    const board = systems.map(({ id, environments, bundles, _count, ...system }) => ({
      ...system,
      waiting: _count.changeRequests,
      cells: environments.map((environment) => ({
        environment: environment.slug,
        name: environment.name,
        heldReason: environment.heldReason,
        mayFile: may(actor, "hot-patch:file", { systemId: id, environment: environment.slug }),
        bundles: bundles.map((bundle) => {
          const place = { environmentId: environment.id, bundleId: bundle.id };
          const slugs = { system: system.slug, environment: environment.slug };
          return boardBundle(bundle, { ...place, ...slugs, running: running(place) }, now);
        }),
      })),
    }));
    // Worst first; those that are equal stay in the order of their names.
    const worstOf = (system: (typeof board)[number]) =>
      Math.max(
        0,
        ...system.cells.flatMap((cell) => cell.bundles.map((one) => attentionFor(one.running, one.declared !== null))),
      );
    return board
      .map((system) => ({ system, attention: worstOf(system) }))
      .sort((a, b) => b.attention - a.attention)
      .map(({ system }) => system);
  },
);

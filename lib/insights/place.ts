import { may } from "#lib/access/may.ts";
import { boardBundle } from "#lib/insights/board-bundle.ts";
import { declaredSelect } from "#lib/insights/declared.ts";
import { runningIn } from "#lib/insights/running.ts";
import { query } from "#lib/query.ts";
import { OfEnvironment } from "#lib/releases/input.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { currentRules, environmentBySlug, environmentsOf, systemBySlug } from "#lib/systems/store.ts";

/** One environment of the board: what each bundle declares and runs there, and what to do next. */
export const environmentRunning = query(
  {
    name: "environment.running",
    may: "system:read",
    on: ofEnvironment,
    input: OfEnvironment,
    summary: "Show what runs in an environment for each bundle, what differs, and what to do next",
    http: { method: "GET", path: "/systems/{system}/environments/{environment}/running" },
  },
  async ({ db, actor, now, input }) => {
    const system = await systemBySlug(db, input.system);
    const environment = await environmentBySlug(db, system.id, input.environment);
    const [stages, { rules }, bundles, running] = await Promise.all([
      environmentsOf(db, system.id),
      currentRules(db, system.id),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: declaredSelect,
      }),
      runningIn(db, [environment.id], now),
    ]);
    const scope = { systemId: system.id, environment: environment.slug };
    return {
      system: { slug: system.slug, name: system.name },
      environment: { slug: environment.slug, name: environment.name },
      isLast: stages.at(-1)?.slug === environment.slug,
      reportIntervalSeconds: operationOf(rules, environment.slug).reportIntervalSeconds,
      bundles: bundles.map((bundle) => {
        const place = { environmentId: environment.id, bundleId: bundle.id };
        const slugs = { system: system.slug, environment: environment.slug };
        return boardBundle(bundle, { ...place, ...slugs, running: running(place) }, now);
      }),
      can: {
        connect: may(actor, "token:manage", scope),
        triage: may(actor, "drift:triage", scope),
        patch: may(actor, "hot-patch:file", scope),
      },
    };
  },
);

import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { changesOf } from "#lib/hot-patches/load.ts";
import { LIMITS } from "#lib/hot-patches/model.ts";
import { type Recurrence, recurrencesIn } from "#lib/hot-patches/recurrence.ts";
import { query } from "#lib/query.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { Slug } from "#lib/systems/input.ts";
import { currentRules } from "#lib/systems/store.ts";

/** A parameter that is patched again and again, and so asks for a governed change. */
export type RecurrenceView = Recurrence & {
  readonly title: string;
  readonly system: { readonly slug: string; readonly name: string };
  readonly environment: { readonly slug: string; readonly name: string };
  readonly bundle: { readonly slug: string; readonly name: string };
};

/** Parameters of readable systems that were patched twice or more in the last 90 days, the most often patched first. */
export const listRecurrences = query(
  {
    name: "hotPatch.recurrences",
    may: "system:read",
    on: "anywhere",
    input: z.object({ system: Slug.optional() }),
    summary: "List the parameters that were hot-patched twice or more in 90 days: each asks for a governed change",
    http: { method: "GET", path: "/hot-patch-recurrences" },
  },
  async ({ db, actor, now, input }): Promise<readonly RecurrenceView[]> => {
    const readable = readableSystems(actor);
    const rows = await db.hotPatch.findMany({
      where: {
        ...(readable && { systemId: { in: [...readable] } }),
        activatedAt: { gte: new Date(now.getTime() - LIMITS.recurrenceDays * 86_400_000) },
      },
      orderBy: { number: "asc" },
      select: { number: true, incident: true, systemId: true, environmentId: true, bundleId: true, changes: true },
    });
    const found = recurrencesIn(rows.map((row) => ({ ...row, changes: changesOf(row.changes) })));
    const named = { slug: true, name: true } as const;
    const bundles = await db.bundle.findMany({
      where: { id: { in: found.map((one) => one.bundleId) } },
      select: { id: true, ...named, system: { select: named } },
    });
    const environments = await db.environment.findMany({
      where: { id: { in: found.map((one) => one.environmentId) } },
      select: { id: true, ...named },
    });
    const views: RecurrenceView[] = [];
    for (const one of found) {
      const bundle = bundles.find(({ id }) => id === one.bundleId);
      const environment = environments.find(({ id }) => id === one.environmentId);
      if (!bundle || !environment || (input.system && bundle.system.slug !== input.system)) continue;
      const { rules } = await currentRules(db, one.systemId);
      const title = catalogueOf(rules, bundle.slug).parameterAt(one.pointer).rule?.title ?? one.pointer;
      const { system, id: _, ...rest } = bundle;
      const { id: __, ...where } = environment;
      views.push({ ...one, title, system, environment: where, bundle: rest });
    }
    return views;
  },
);

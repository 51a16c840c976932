import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";
import { formatComparable } from "#lib/releases/comparable.ts";

export type Suggestion = { readonly value: string; readonly label: string; readonly group: string };

const RECENT = 60;

/** What one may want to compare: everything that environments declare now, then the newest snapshots and versions. */
export const listComparable = query(
  {
    name: "comparison.suggest",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Suggest what can be compared: environments, the newest snapshots, the newest versions",
    http: { method: "GET", path: "/comparable" },
  },
  async ({ db, actor }): Promise<readonly Suggestion[]> => {
    const readable = readableSystems(actor);
    const systemId = readable ? { in: [...readable] } : undefined;
    const bundle = { select: { slug: true, name: true, system: { select: { slug: true } } } } as const;
    const environment = { select: { slug: true, name: true } } as const;
    const [current, snapshots, versions] = await Promise.all([
      db.deployment.findMany({
        where: { isCurrent: true, systemId },
        orderBy: { number: "desc" },
        take: RECENT,
        select: { bundle, environment },
      }),
      db.snapshot.findMany({
        where: { systemId },
        orderBy: { number: "desc" },
        take: RECENT,
        select: { number: true, bundle, environment, version: { select: { semver: true } } },
      }),
      db.bundleVersion.findMany({
        where: { bundle: { systemId } },
        orderBy: { id: "desc" },
        take: RECENT,
        select: { id: true, semver: true, bundle },
      }),
    ]);
    return [
      ...current.map((one) => ({
        value: formatComparable({
          type: "environment",
          system: one.bundle.system.slug,
          environment: one.environment.slug,
          bundle: one.bundle.slug,
        }),
        label: `${one.bundle.name} in ${one.environment.name}`,
        group: "Declared now",
      })),
      ...snapshots.map((one) => ({
        value: formatComparable({ type: "snapshot", number: one.number }),
        label: `${one.bundle.name} ${one.version.semver} in ${one.environment.name}`,
        group: "Snapshot",
      })),
      ...versions.map((one) => ({
        value: formatComparable({ type: "version", id: one.id, environment: null }),
        label: `${one.bundle.name} ${one.semver}`,
        group: "Version",
      })),
    ];
  },
);

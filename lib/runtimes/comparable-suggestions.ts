import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { shortDigest } from "#lib/kernel/short-digest.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { formatComparable } from "#lib/releases/comparable.ts";

export type Suggestion = { readonly value: string; readonly label: string; readonly group: string };

const RECENT = 60;

/** What one may want to compare: everything that environments declare now and what runs there, then the newest snapshots and versions. */
export const listComparable = query(
  {
    name: "comparison.suggest",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Suggest what can be compared: environments, what runs there, the newest snapshots, the newest versions",
    http: { method: "GET", path: "/comparable" },
  },
  async ({ db, actor }): Promise<readonly Suggestion[]> => {
    const readable = readableSystems(actor);
    const systemId = readable ? { in: [...readable] } : undefined;
    const bundle = { select: { slug: true, name: true, system: { select: { slug: true } } } } as const;
    const environment = { select: { slug: true, name: true } } as const;
    const [current, running, snapshots, versions] = await Promise.all([
      db.deployment.findMany({
        where: { isCurrent: true, systemId },
        orderBy: { number: "desc" },
        take: RECENT,
        select: { bundle, environment },
      }),
      runningNow(db, readable),
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
      ...running.map(({ instances, bundle_name, environment_name, ...one }) => ({
        value: formatComparable({ type: "observed", ...one }),
        label: `${bundle_name} in ${environment_name}, ${shortDigest(one.digest)} on ${instances === 1 ? "1 instance" : `${instances} instances`}`,
        group: "Running now",
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

type Running = {
  readonly system: string;
  readonly environment: string;
  readonly environment_name: string;
  readonly bundle: string;
  readonly bundle_name: string;
  readonly digest: string;
  readonly instances: number;
};

/** Documents that instances run, those of most instances first. `readable`: ids of systems; null: all. */
async function runningNow(reader: Reader, readable: readonly string[] | null): Promise<readonly Running[]> {
  const mine = readable ? Prisma.sql`r.system_id = ANY(${[...readable]}::uuid[])` : Prisma.sql`true`;
  return reader.$queryRaw<Running[]>`
    SELECT s.slug AS system, e.slug AS environment, e.name AS environment_name, b.slug AS bundle, b.name AS bundle_name,
      g.digest, g.instances
    FROM (SELECT environment_id, bundle_id, digest, count(*)::int AS instances FROM runtime r
      WHERE ${mine} AND digest IS NOT NULL GROUP BY 1, 2, 3) g
    JOIN observation o USING (environment_id, bundle_id, digest)
    JOIN environment e ON e.id = g.environment_id JOIN system s ON s.id = e.system_id JOIN bundle b ON b.id = g.bundle_id
    ORDER BY g.instances DESC, s.slug, e.position, b.slug, g.digest LIMIT ${RECENT}`;
}

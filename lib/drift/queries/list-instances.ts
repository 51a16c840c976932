import { decodeCursor } from "#lib/kernel/cursor.ts";
import { type Paged, pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { ListInstances } from "../input.ts";
import { ofFinding } from "../scope.ts";
import type { AffectedInstance } from "../views.ts";
import { evaluateNow } from "./show-finding.ts";

/** The runtimes that show a finding at this moment, by name. */
export const findingInstances = query(
  {
    name: "finding.instances",
    may: "system:read",
    on: ofFinding,
    missing: ({ finding }) => `There is no finding F-${finding}`,
    input: ListInstances,
    summary: "List the runtimes that show a drift finding now, by name",
    http: { method: "GET", path: "/findings/{finding}/instances" },
  },
  async ({ db, now, input }): Promise<Paged<AffectedInstance>> => {
    const after = input.cursor ? decodeCursor(input.cursor, ["string"])[0] : null;
    const rows = await affected(db, input.finding, { after, limit: input.limit + 1, now });
    return pageOf(rows, input.limit, (row) => [row.instance]);
  },
);

type Cut = { readonly after: string | null; readonly limit: number; readonly now: Date };

async function affected(db: Db, number: number, { after, limit, now }: Cut): Promise<readonly AffectedInstance[]> {
  const finding = await db.driftFinding.findUnique({ where: { number } });
  if (!finding) throw new Refusal("not_found", `There is no finding F-${number}`);
  const { environmentId, bundleId, fingerprint, kind } = finding;
  const evaluation = await evaluateNow(db, { environmentId, bundleId }, now);
  const difference = evaluation?.differences.find((one) => one.fingerprint === fingerprint);
  if (!difference) return [];
  const isSilent = Prisma.sql`(r.last_seen_at + make_interval(secs => 2 * r.interval_seconds) < ${now})`;
  return db.$queryRaw<AffectedInstance[]>`
    SELECT r.id, r.fleet, r.instance, r.digest, r.build, r.health, r.last_seen_at AS "lastSeenAt",
      ${isSilent} AS "isSilent"
    FROM runtime r
    WHERE r.environment_id = ${environmentId}::uuid AND r.bundle_id = ${bundleId}::uuid
      AND (${after}::text IS NULL OR r.instance > ${after}) AND ${showing()}
    ORDER BY r.instance LIMIT ${limit}`;

  function showing(): Prisma.Sql {
    if (kind === "silent_runtime") return isSilent;
    if (kind === "unreadable_runtime") return Prisma.sql`r.digest IS NULL AND NOT ${isSilent}`;
    const reported = difference?.shownBy ?? [];
    if (reported.length === 0) return Prisma.sql`NOT ${isSilent}`;
    const pairs = JSON.stringify(reported.map((one) => ({ digest: one.digest, models_digest: one.modelsDigest })));
    return Prisma.sql`NOT ${isSilent} AND (r.digest, r.models_digest) IN (SELECT digest, models_digest
      FROM json_to_recordset(${pairs}::json) AS g(digest text, models_digest text))`;
  }
}

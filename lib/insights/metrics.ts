import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import type { FindingKind } from "#lib/drift/model.ts";
import { type Delivery, deliveryFigures } from "#lib/insights/delivery-figures.ts";
import { beginOf, dayOf, daysBetween, type Spread, spreadOf } from "#lib/insights/figures.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { Slug } from "#lib/systems/input.ts";

/** Periods that can be looked at, in days. */
export const PERIODS = [7, 30, 90, 365] as const;

export type DriftDay = { readonly day: string; readonly opened: number; readonly resolved: number };
export type DriftKind = {
  readonly kind: FindingKind;
  readonly opened: number;
  readonly resolved: number;
  readonly open: number;
};

export type Metrics = {
  readonly from: Date;
  readonly to: Date;
  readonly drift: {
    /** Every day of the period, oldest first. */
    readonly days: readonly DriftDay[];
    /** Most opened first. */
    readonly kinds: readonly DriftKind[];
    /** From the last moment it was known not to be there until it was found: the most that it can have been. */
    readonly toDetect: Spread | null;
    /** Findings whose beginning nobody can tell: they were there when the first report came. */
    readonly undated: number;
    /** From when it was found until it was gone. */
    readonly toRestore: Spread | null;
  };
  readonly delivery: Delivery;
};

const ShowMetrics = z.object({
  days: z.coerce
    .number({ error: `Give the period in days: ${PERIODS.join(", ")}` })
    .pipe(z.literal([...PERIODS], { error: `Give the period in days: ${PERIODS.join(", ")}` }))
    .default(30),
  system: Slug.optional(),
  environment: Slug.optional(),
});

/** Drift over time, how long it takes to be seen and to be gone, lead time, and how often a change goes wrong. */
export const showMetrics = query(
  {
    name: "insights.show",
    may: "system:read",
    on: "anywhere",
    input: ShowMetrics,
    summary: "Show drift over time, time to detect and to restore, lead time and change failure rate of a period",
    http: { method: "GET", path: "/insights" },
  },
  async ({ db, actor, now, input }): Promise<Metrics> => {
    const readable = readableSystems(actor);
    const environments = await db.environment.findMany({
      where: {
        ...(readable && { systemId: { in: [...readable] } }),
        ...(input.system && { system: { slug: input.system } }),
        ...(input.environment && { slug: input.environment }),
      },
      select: { id: true, systemId: true, position: true },
    });
    if (input.system && environments.length === 0) {
      throw new Refusal("not_found", `There is no system ${input.system} with such an environment that you may read`);
    }
    const from = beginOf(input.days, now);
    const period = { from, to: now };
    const [drift, delivery] = await Promise.all([
      driftFigures(
        db,
        environments.map(({ id }) => id),
        period,
      ),
      deliveryFigures(db, { environments, isNarrowed: input.environment !== undefined }, period),
    ]);
    return { ...period, drift, delivery };
  },
);

type Period = { readonly from: Date; readonly to: Date };

async function driftFigures(db: Db, environments: readonly string[], period: Period): Promise<Metrics["drift"]> {
  const ids = [...environments];
  const [moments, open, openings] = await Promise.all([
    db.$queryRaw<{ day: Date; kind: string; isResolved: boolean; count: number }[]>`
      SELECT date_trunc('day', e.created_at AT TIME ZONE 'UTC') AS day, f.kind, e.kind = 'resolved' AS "isResolved",
        count(*)::int AS count
      FROM finding_event e JOIN drift_finding f ON f.id = e.finding_id
      WHERE f.environment_id = ANY(${ids}::uuid[]) AND e.created_at >= ${period.from} AND e.created_at <= ${period.to}
        AND e.kind IN ('opened', 'reopened', 'resolved') AND f.kind <> 'hot_patched'
      GROUP BY 1, 2, 3`,
    db.driftFinding.groupBy({
      by: ["kind"],
      where: { environmentId: { in: ids }, state: { not: "resolved" }, kind: { not: "hot_patched" } },
      _count: { _all: true },
    }),
    db.driftFinding.findMany({
      where: {
        environmentId: { in: ids },
        kind: { not: "hot_patched" },
        OR: [{ openedAt: { gte: period.from } }, { resolvedAt: { gte: period.from } }],
      },
      select: { onsetAfter: true, openedAt: true, resolvedAt: true },
    }),
  ]);
  const inPeriod = (at: Date) => at >= period.from && at <= period.to;
  const opened = openings.filter((one) => inPeriod(one.openedAt));
  const sum = (test: (moment: (typeof moments)[number]) => boolean) =>
    moments.filter(test).reduce((total, one) => total + one.count, 0);
  const kinds = [...new Set([...moments.map((one) => one.kind), ...open.map((one) => one.kind)])].map((kind) => ({
    kind: kind as FindingKind,
    opened: sum((one) => one.kind === kind && !one.isResolved),
    resolved: sum((one) => one.kind === kind && one.isResolved),
    open: open.find((one) => one.kind === kind)?._count._all ?? 0,
  }));
  return {
    days: daysBetween(period.from, period.to).map((day) => ({
      day,
      opened: sum((one) => dayOf(one.day) === day && !one.isResolved),
      resolved: sum((one) => dayOf(one.day) === day && one.isResolved),
    })),
    kinds: kinds.sort((a, b) => b.opened - a.opened || b.open - a.open),
    toDetect: spreadOf(
      opened.flatMap(({ onsetAfter, openedAt }) => (onsetAfter ? [openedAt.getTime() - onsetAfter.getTime()] : [])),
    ),
    undated: opened.filter((one) => one.onsetAfter === null).length,
    toRestore: spreadOf(
      openings.flatMap(({ openedAt, resolvedAt }) =>
        resolvedAt && inPeriod(resolvedAt) ? [resolvedAt.getTime() - openedAt.getTime()] : [],
      ),
    ),
  };
}

import { may, readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { systemBySlug } from "#lib/systems/store.ts";
import { evaluatePlace, NOTHING_REMEMBERED } from "../evaluate-place.ts";
import type { FindingKind, Severity } from "../model.ts";
import { ListIgnoreRules, OneIgnoreRule } from "./input.ts";
import { attentionOf, type IgnoreRuleState, stateOf, UNUSED_DAYS } from "./rules.ts";
import { ofIgnoreRule } from "./scope.ts";
import { type IgnoreRuleRow, loadIgnoreRule } from "./store.ts";

/** An ignore rule as lists show it. */
export type IgnoreRuleView = {
  readonly id: string;
  readonly system: { readonly slug: string; readonly name: string };
  readonly pattern: string;
  /** Empty: every kind. */
  readonly kinds: readonly FindingKind[];
  /** Slugs; empty: every environment. */
  readonly environments: readonly string[];
  /** Slug; null: every bundle. */
  readonly bundle: string | null;
  readonly reason: string;
  readonly ownerName: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly state: IgnoreRuleState;
  /** Evaluations in which it hid something. */
  readonly hits: number;
  readonly lastHitAt: Date | null;
  /** Why it asks to be removed; null: it does not. */
  readonly attention: string | null;
  /** Whether the reader may extend or end it. */
  readonly mayChange: boolean;
  readonly revision: number;
};

const DAY = 86_400_000;

/** Ignore rules of the systems that the reader may read, newest first. */
export const listIgnoreRules = query(
  {
    name: "ignore-rule.list",
    may: "system:read",
    on: "anywhere",
    input: ListIgnoreRules,
    summary: "List ignore rules, newest first, with how often each hid something and whether it asks to be removed",
    http: { method: "GET", path: "/ignore-rules" },
  },
  async ({ db, actor, now, input }) => {
    const readable = readableSystems(actor);
    const systemId = input.system === undefined ? undefined : (await systemBySlug(db, input.system)).id;
    const before = input.cursor ? decodeCursor(input.cursor, ["id"])[0] : undefined;
    const rows = await db.ignoreRule.findMany({
      where: {
        AND: [
          readable ? { systemId: { in: [...readable] } } : {},
          systemId === undefined ? {} : { systemId },
          before === undefined ? {} : { id: { lt: before } },
          await conditionOf(db, input.state, now),
        ],
      },
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    const { items, next } = pageOf(rows, input.limit, (row) => [row.id]);
    const views = await viewsOf(db, items, now);
    return {
      next,
      items: views.map(({ systemId: of, ...view }): IgnoreRuleView => {
        const [environment, ...others] = view.environments;
        const scope = environment === undefined || others.length > 0 ? { systemId: of } : { systemId: of, environment };
        return { ...view, mayChange: may(actor, "drift:ignore", scope) };
      }),
    };
  },
);

async function conditionOf(reader: Reader, state: "active" | "attention" | "over" | "any", now: Date) {
  switch (state) {
    case "any":
      return {};
    case "active":
      return { endedAt: null, expiresAt: { gt: now } };
    case "over":
      return { OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }] };
    case "attention": {
      const idleSince = new Date(now.getTime() - UNUSED_DAYS * DAY);
      const used = await reader.ignoreRuleHit.findMany({
        where: { lastHitAt: { gt: idleSince } },
        select: { ignoreRuleId: true },
      });
      const isUnused = { createdAt: { lte: idleSince }, id: { notIn: used.map((hit) => hit.ignoreRuleId) } };
      return { endedAt: null, OR: [{ expiresAt: { lte: now } }, isUnused] };
    }
  }
}

async function viewsOf(reader: Reader, rows: readonly IgnoreRuleRow[], now: Date) {
  const hits = await reader.ignoreRuleHit.findMany({ where: { ignoreRuleId: { in: rows.map((row) => row.id) } } });
  const hitsOf = new Map(hits.map((hit) => [hit.ignoreRuleId, hit]));
  const systems = await reader.system.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.systemId))] } },
    select: { id: true, slug: true, name: true },
  });
  const systemOf = new Map(systems.map(({ id, slug, name }) => [id, { slug, name }]));
  return rows.map(({ ownerId: _, ...row }) => {
    const lastHitAt = hitsOf.get(row.id)?.lastHitAt ?? null;
    return {
      ...row,
      system: systemOf.get(row.systemId) ?? { slug: "", name: "" },
      kinds: row.kinds as FindingKind[],
      state: stateOf(row, now),
      hits: hitsOf.get(row.id)?.hits ?? 0,
      lastHitAt,
      attention: attentionOf({ ...row, lastHitAt }, now),
    };
  });
}

/** A difference that a rule hides at this moment. */
export type HiddenDifference = {
  readonly environment: { readonly slug: string; readonly name: string };
  readonly bundle: { readonly slug: string; readonly name: string };
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly summary: string;
  readonly instances: number;
};

/** So many places are looked at; a rule for more names its bundle or its environments. */
const MOST_PLACES = 100;

/** One ignore rule, and everything that it hides at this moment. */
export const showIgnoreRule = query(
  {
    name: "ignore-rule.show",
    may: "system:read",
    on: ofIgnoreRule,
    missing: () => "There is no such ignore rule",
    input: OneIgnoreRule,
    summary: "Show an ignore rule with every difference that it hides now",
    http: { method: "GET", path: "/ignore-rules/{rule}" },
  },
  async ({ db, actor, now, input }) => {
    const row = await loadIgnoreRule(db, input.rule);
    const [view] = await viewsOf(db, [row], now);
    if (!view) throw new Refusal("not_found", "There is no such ignore rule");
    const { systemId: _, ...rule } = view;
    const hidden = rule.state === "active" ? await hiddenBy(db, row, now) : [];
    return { ...rule, mayChange: may(actor, "drift:ignore", await ofIgnoreRule({ tx: db, input })), hidden };
  },
);

async function hiddenBy(reader: Reader, rule: IgnoreRuleRow, now: Date): Promise<readonly HiddenDifference[]> {
  const environments = await reader.environment.findMany({
    where: { systemId: rule.systemId },
    select: { id: true, slug: true },
  });
  const bundles = await reader.bundle.findMany({
    where: { systemId: rule.systemId },
    select: { id: true, slug: true },
  });
  const places = await reader.syncVerdict.findMany({
    where: {
      environmentId: {
        in: environments
          .filter(({ slug }) => rule.environments.length === 0 || rule.environments.includes(slug))
          .map(({ id }) => id),
      },
      bundleId: { in: bundles.filter(({ slug }) => rule.bundle === null || rule.bundle === slug).map(({ id }) => id) },
    },
    orderBy: [{ environmentId: "asc" }, { bundleId: "asc" }],
    select: { environmentId: true, bundleId: true },
    take: MOST_PLACES,
  });
  const hidden: HiddenDifference[] = [];
  for (const place of places) {
    const evaluation = await evaluatePlace(reader, place, { ...NOTHING_REMEMBERED, now });
    if (!evaluation) continue;
    const { environment, bundle } = evaluation.place;
    for (const { kind, severity, pointer, summary, instances, ignoredBy } of evaluation.differences) {
      if (ignoredBy !== rule.id) continue;
      hidden.push({
        environment: { slug: environment.slug, name: environment.name },
        bundle: { slug: bundle.slug, name: bundle.name },
        kind,
        severity,
        pointer,
        summary,
        instances,
      });
    }
  }
  return hidden;
}

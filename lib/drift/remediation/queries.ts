import { may, readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { knownGoodSnapshot, restorePlace } from "./facts.ts";
import { ListRemediations, OfRestorePlace, OneRemediation } from "./input.ts";
import { nameOf, type Remediation, type RemediationState } from "./model.ts";
import { refusalToRestore, refusalToRollBack } from "./rules.ts";
import { ofRemediation, placeBySlugs } from "./scope.ts";
import { activeRemediation, remediationByNumber, remediationOf } from "./store.ts";

type Named = { readonly slug: string; readonly name: string };

/** A remediation as lists show it. */
export type RemediationView = Omit<
  Remediation,
  "id" | "systemId" | "environmentId" | "bundleId" | "restoreId" | "changeRequestId"
> & {
  /** */
  readonly name: string;
  readonly system: Named;
  readonly environment: Named;
  readonly bundle: Named;
  /** Number of the change request that it opened. */
  readonly change: number | null;
  /** Whether the reader may cancel it, or lift its quarantine. */
  readonly mayStop: boolean;
};

const ACTIVE: RemediationState[] = ["waiting", "acting", "quarantined"];

/** Remediations of the systems that the reader may read, newest first. */
export const listRemediations = query(
  {
    name: "remediation.list",
    may: "system:read",
    on: "anywhere",
    input: ListRemediations,
    summary: "List attempts to bring runtimes back to what is declared, newest first",
    http: { method: "GET", path: "/remediations" },
  },
  async ({ db, actor, input }) => {
    const readable = readableSystems(actor);
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const [system, environment, bundle] = await idsOf(db, input);
    const rows = await db.remediation.findMany({
      where: {
        AND: [
          readable ? { systemId: { in: [...readable] } } : {},
          before === undefined ? {} : { number: { lt: before } },
        ],
        ...(system && { systemId: { in: system } }),
        ...(environment && { environmentId: { in: environment } }),
        ...(bundle && { bundleId: { in: bundle } }),
        ...(input.state === "active" && { state: { in: ACTIVE } }),
        ...(input.state !== "active" && input.state !== "any" && { state: input.state }),
      },
      orderBy: { number: "desc" },
      take: input.limit + 1,
    });
    const { items, next } = pageOf(rows, input.limit, (row) => [row.number]);
    const views = await viewsOf(db, items.map(remediationOf));
    return {
      next,
      items: views.map(({ systemId, ...view }): RemediationView => {
        const scope = { systemId, environment: view.environment.slug };
        return { ...view, mayStop: may(actor, "drift:remediate", scope) };
      }),
    };
  },
);

/** One remediation with everything that is known of it. */
export const showRemediation = query(
  {
    name: "remediation.show",
    may: "system:read",
    on: ofRemediation,
    missing: ({ number }) => `There is no remediation R-${number}`,
    input: OneRemediation,
    summary: "Show one remediation: what it restores, its attempts and how it ended",
    http: { method: "GET", path: "/remediations/{number}" },
  },
  async ({ db, actor, input }): Promise<RemediationView> => {
    const [view] = await viewsOf(db, [await remediationByNumber(db, input.number)]);
    if (!view) throw new Refusal("not_found", `There is no remediation R-${input.number}`);
    const { systemId, ...rest } = view;
    return { ...rest, mayStop: may(actor, "drift:remediate", { systemId, environment: rest.environment.slug }) };
  },
);

/** What a remediation of a place would do now, for whoever decides: what it must hand on to start one is in the answer. */
export const examineRemediation = query(
  {
    name: "remediation.examine",
    may: "system:read",
    on: ofEnvironment,
    input: OfRestorePlace,
    summary: "Show what a restore of a place would touch, why it may not be started, and the last known-good snapshot",
    http: { method: "GET", path: "/systems/{system}/environments/{environment}/bundles/{bundle}/remediation" },
  },
  async ({ db, actor, now, input }) => {
    const place = await placeBySlugs(db, input);
    const at = await restorePlace(db, place, now);
    if (!at) throw new Refusal("not_found", "There is no such place");
    const { evaluation, facts } = at;
    const good = await knownGoodSnapshot(db, evaluation, now);
    const active = await activeRemediation(db, place);
    return {
      mayStart: may(actor, "drift:remediate", { systemId: place.systemId, environment: input.environment }),
      expectedDigests: facts.expectedDigests,
      targetDigest: facts.targetDigest,
      pointers: [...new Set(facts.restorable.map(({ pointer }) => pointer))],
      parameters: facts.targetLeaves,
      maxSharePercent: facts.maxSharePercent,
      /** Why what is declared can't be restored now, as a sentence; null: it can. */
      refusal: refusalToRestore(facts),
      lastKnownGood: {
        /** Number of the snapshot; null: none is known to be good. */
        snapshot: good?.number ?? null,
        isDeclared: good?.isDeclared ?? false,
        /** Why no request to roll back can be opened now; null: it can. */
        refusal:
          refusalToRollBack(facts) ?? (good ? null : "No snapshot was seen running for long enough to fall back to"),
      },
      policy: evaluation.operation.remediation,
      active: active && { number: active.number, name: nameOf(active), state: active.state },
    };
  },
);

type Filter = {
  readonly system?: string | undefined;
  readonly environment?: string | undefined;
  readonly bundle?: string | undefined;
};

/** Ids that the slugs of a filter stand for, in any system; undefined where it does not filter. */
async function idsOf(reader: Reader, { system, environment, bundle }: Filter) {
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  const select = { id: true } as const;
  return Promise.all([
    system === undefined ? undefined : reader.system.findMany({ where: { slug: system }, select }).then(ids),
    environment === undefined
      ? undefined
      : reader.environment.findMany({ where: { slug: environment }, select }).then(ids),
    bundle === undefined ? undefined : reader.bundle.findMany({ where: { slug: bundle }, select }).then(ids),
  ]);
}

async function viewsOf(reader: Reader, remediations: readonly Remediation[]) {
  const select = { id: true, slug: true, name: true } as const;
  const idIn = (ids: readonly (string | null)[]) => ({ id: { in: [...new Set(ids)].filter((id) => id !== null) } });
  const [systems, environments, bundles, changes] = await Promise.all([
    reader.system.findMany({ where: idIn(remediations.map((one) => one.systemId)), select }),
    reader.environment.findMany({ where: idIn(remediations.map((one) => one.environmentId)), select }),
    reader.bundle.findMany({ where: idIn(remediations.map((one) => one.bundleId)), select }),
    reader.changeRequest.findMany({
      where: idIn(remediations.map((one) => one.changeRequestId)),
      select: { id: true, number: true },
    }),
  ]);
  const named = (rows: readonly (Named & { readonly id: string })[], id: string): Named => {
    const row = rows.find((one) => one.id === id);
    return { slug: row?.slug ?? "", name: row?.name ?? "" };
  };
  return remediations.map(({ id: _, environmentId, bundleId, restoreId: __, changeRequestId, ...rest }) => ({
    ...rest,
    name: nameOf(rest),
    system: named(systems, rest.systemId),
    environment: named(environments, environmentId),
    bundle: named(bundles, bundleId),
    change: changes.find(({ id }) => id === changeRequestId)?.number ?? null,
  }));
}

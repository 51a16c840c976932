import { newId } from "#lib/kernel/id.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import type { NamedDifference } from "./differences.ts";
import type { KnownFinding } from "./findings.ts";
import type { FindingKind, FindingState, Severity } from "./model.ts";

/** What happened to a finding, as its timeline shows it. */
export type FindingEventKind =
  | "opened"
  | "reopened"
  | "resolved"
  | "acknowledged"
  | "suppressed"
  | "unsuppressed"
  | "accepted"
  | "alerted";

/** The findings of a place that are not resolved, and those that once had one of these fingerprints. */
export async function knownFindings(
  reader: Reader,
  { environmentId, bundleId }: Place,
  fingerprints: readonly string[],
): Promise<readonly KnownFinding[]> {
  const rows = await reader.driftFinding.findMany({
    where: {
      environmentId,
      bundleId,
      // What a baseline found is not seen in what runtimes report, and not resolved by it.
      kind: { not: "behaviour_changed" },
      OR: [{ state: { not: "resolved" } }, { fingerprint: { in: [...fingerprints] } }],
    },
    orderBy: { number: "asc" },
    select: {
      id: true,
      number: true,
      fingerprint: true,
      kind: true,
      severity: true,
      pointer: true,
      summary: true,
      state: true,
      suppressedUntil: true,
      alertedAt: true,
      reopenings: true,
      revision: true,
      changeRequestId: true,
    },
  });
  const requests = await requestStates(reader, rows);
  return rows.map(({ changeRequestId, ...row }) => ({
    ...row,
    kind: row.kind as FindingKind,
    severity: row.severity as Severity,
    state: row.state as FindingState,
    requestState: changeRequestId === null ? null : (requests.get(changeRequestId) ?? null),
  }));
}

async function requestStates(
  reader: Reader,
  rows: readonly { readonly state: string; readonly changeRequestId: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => (row.state === "accepted" && row.changeRequestId ? [row.changeRequestId] : []));
  if (ids.length === 0) return new Map();
  const requests = await reader.changeRequest.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true },
  });
  return new Map(requests.map((request) => [request.id, request.state]));
}

export type NewFinding = {
  readonly place: Place & { readonly systemId: string };
  readonly difference: NamedDifference;
  readonly onsetAfter: Date | null;
};

export type WrittenFinding = { readonly id: string; readonly number: number };

/** @returns null when somebody opened the same finding first */
export async function insertFinding(
  tx: Tx,
  { place, difference, onsetAfter }: NewFinding,
  now: Date,
): Promise<WrittenFinding | null> {
  const id = newId(now);
  const { count } = await tx.driftFinding.createMany({
    data: {
      id,
      systemId: place.systemId,
      environmentId: place.environmentId,
      bundleId: place.bundleId,
      fingerprint: difference.fingerprint,
      kind: difference.kind,
      pointer: difference.pointer,
      values: valuesOf(difference),
      ...seenNow(difference),
      state: "open",
      onsetAfter,
      openedAt: now,
    },
    skipDuplicates: true,
  });
  if (count === 0) return null;
  const { number } = await tx.driftFinding.findUniqueOrThrow({ where: { id }, select: { number: true } });
  return { id, number };
}

function valuesOf({ declared, observed }: NamedDifference) {
  const sides: { declared?: Json; observed?: Json } = {
    ...(declared !== undefined && { declared }),
    ...(observed !== undefined && { observed }),
  };
  return sides;
}

function seenNow(difference: NamedDifference) {
  return {
    severity: difference.severity,
    origin: difference.origin ?? null,
    declaredDigest: difference.declaredDigest,
    observedDigest: difference.observedDigest,
    summary: difference.summary,
    hotPatchId: difference.hotPatchId ?? null,
  };
}

/** The same difference is back: open again, with what happened before kept. */
export async function reopenFinding(
  tx: Tx,
  seen: KnownFinding,
  { difference, onsetAfter }: Omit<NewFinding, "place">,
  now: Date,
): Promise<void> {
  await updateFinding(tx, seen, {
    ...seenNow(difference),
    state: "open",
    onsetAfter,
    openedAt: now,
    resolvedAt: null,
    reopenings: seen.reopenings + 1,
    acknowledgedBy: null,
    suppressedUntil: null,
    reason: null,
    alertedAt: null,
    changeRequestId: null,
  });
  // What confirmed it before confirms nothing now.
  await tx.findingSighting.deleteMany({ where: { findingId: seen.id } });
}

type FindingChange = {
  readonly state?: FindingState;
  readonly severity?: Severity;
  readonly onsetAfter?: Date | null;
  readonly openedAt?: Date;
  readonly resolvedAt?: Date | null;
  readonly reopenings?: number;
  readonly acknowledgedBy?: string | null;
  readonly suppressedUntil?: Date | null;
  readonly reason?: string | null;
  readonly alertedAt?: Date | null;
  readonly changeRequestId?: string | null;
  readonly origin?: string | null;
  readonly declaredDigest?: string | null;
  readonly observedDigest?: string | null;
  readonly summary?: string;
  readonly hotPatchId?: string | null;
};

/** Compare-and-set: the finding changes only if it is still as the rules saw it. */
export async function updateFinding(
  tx: Tx,
  seen: { readonly id: string; readonly number: number; readonly state: FindingState; readonly revision: number },
  change: FindingChange,
): Promise<void> {
  const { count } = await tx.driftFinding.updateMany({
    where: { id: seen.id, state: seen.state, revision: seen.revision },
    data: { ...change, revision: seen.revision + 1 },
  });
  if (count === 0) {
    throw new Refusal("conflict", `Finding F-${seen.number} changed meanwhile; reload to see its state`);
  }
}

export async function insertFindingEvents(
  tx: Tx,
  events: readonly {
    readonly findingId: string;
    readonly kind: FindingEventKind;
    readonly by: string;
    readonly note: string;
  }[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  // A timeline is in the order of its ids: those of one moment are given in the order in which things happened.
  const ids = events.map(() => newId(now)).sort();
  await tx.findingEvent.createMany({
    data: events.map((event, index) => ({ ...event, id: ids[index] ?? newId(now), createdAt: now })),
  });
}

import type { AuditLine } from "#lib/audit/model.ts";
import type { Outcome } from "#lib/command.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import { currentDeployment } from "#lib/releases/store.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { currentRules } from "#lib/systems/store.ts";
import { alertAbout, whereIs } from "./alerting.ts";
import { withPatches } from "./effective.ts";
import { servedPatches } from "./load.ts";
import type { HotPatch, HotPatchMove } from "./model.ts";
import { type Ending, endingOf, type RunningDocument } from "./outcome.ts";
import { nameOf, stateAfter } from "./rules.ts";
import { recordEvents, updateHotPatch } from "./store.ts";
import { type PatchWhere, patchLine } from "./words.ts";

/** What becomes of a patch whose time is over, from what is declared and what live runtimes report now. */
export async function endingIn(reader: Reader, patch: HotPatch, now: Date): Promise<Ending> {
  const place = { bundleId: patch.bundleId, environmentId: patch.environmentId };
  const current = await currentDeployment(reader, place);
  const effective = (current?.snapshot.effective ?? {}) as JsonObject;
  const others = (await servedPatches(reader, place, now)).filter((one) => one.id !== patch.id);
  const declared = withPatches(effective, others);
  const { rules } = await currentRules(reader, patch.systemId);
  const { slug } = await reader.bundle.findUniqueOrThrow({ where: { id: patch.bundleId }, select: { slug: true } });
  const catalogue = catalogueOf(rules, slug);
  return endingOf({
    patch: (await isGivenUp(reader, patch)) ? { ...patch, revertsAtExpiry: true } : patch,
    declared,
    running: await runningDocuments(reader, { patch, known: [declared, withPatches(declared, [patch])] }, now),
    comparisonAt: (pointer) => catalogue.parameterAt(pointer).rule?.comparison,
    now,
  });
}

/** Policy kept it for a request that was to make it permanent, and that request was closed. */
async function isGivenUp(reader: Reader, { followUp }: HotPatch): Promise<boolean> {
  if (followUp.changeRequestId === null) return false;
  const request = await reader.changeRequest.findUnique({
    where: { id: followUp.changeRequestId },
    select: { state: true },
  });
  return request?.state === "closed";
}

/** Runtimes heard of since the patch took effect and within twice their interval, with what they run where it is known. */
export async function runningDocuments(
  reader: Reader,
  { patch, known }: { readonly patch: HotPatch; readonly known: readonly JsonObject[] },
  now: Date,
): Promise<readonly RunningDocument[]> {
  const { environmentId, bundleId } = patch;
  const live = await reader.runtime.findMany({
    where: { environmentId, bundleId, digest: { not: null }, lastSeenAt: { gte: patch.activatedAt ?? patch.filedAt } },
    select: { digest: true, lastSeenAt: true, intervalSeconds: true },
  });
  const instances = new Map<string, number>();
  for (const { digest, lastSeenAt, intervalSeconds } of live) {
    if (digest === null || now.getTime() - lastSeenAt.getTime() > 2_000 * intervalSeconds) continue;
    instances.set(digest, (instances.get(digest) ?? 0) + 1);
  }
  if (instances.size === 0) return [];
  const documents = new Map(known.map((document) => [digestOf(document), document]));
  const missing = [...instances.keys()].filter((digest) => !documents.has(digest));
  const observed = await reader.observation.findMany({
    where: { environmentId, bundleId, digest: { in: missing } },
    select: { digest: true, document: true },
  });
  for (const { digest, document } of observed) documents.set(digest, document as JsonObject);
  return [...instances].flatMap(([digest, count]) => {
    const document = documents.get(digest);
    return document ? [{ instances: count, document }] : [];
  });
}

export type Ended = {
  readonly patch: HotPatch;
  readonly audit: readonly AuditLine[];
} & Required<Pick<Outcome<unknown>, "outbox" | "notify">>;

const MOVES = { reverted: "revert", absorbed: "absorb", escalated: "escalate" } as const satisfies Record<
  string,
  HotPatchMove
>;

/** Records how a patch ended, tells people, and leaves its follow-up as it is. */
export async function recordEnd(
  tx: Tx,
  patch: HotPatch,
  end: {
    readonly kind: "reverted" | "absorbed" | "escalated";
    readonly note: string;
    readonly at: Date;
    readonly by: string;
    readonly changeRequestId?: string;
  },
  now: Date,
): Promise<Ended> {
  const { kind, note, at, by, changeRequestId } = end;
  const state = stateAfter(patch, MOVES[kind]);
  const ended = await updateHotPatch(tx, patch, { state, endedAt: at, endedBy: by, endNote: note });
  await recordEvents(tx, patch, [{ kind, by, note }], now);
  const where = await whereIs(tx, patch);
  const line = patchLine(ended, where, {
    action: `hot_patch.${kind}`,
    summary: `${nameOf(patch)} in ${where.environment.name} of ${where.system.name} ended as ${kind}: ${note}`,
    ...(changeRequestId && { changeRequestId }),
    detail: { filedBy: patch.filedByName, expiresAt: patch.expiresAt.toISOString(), followUp: ended.followUp.state },
  });
  const alert = await alertAbout(tx, ended, { where, alert: endAlert(ended, end, where), now });
  return { patch: ended, audit: [line], ...alert };
}

function endAlert(patch: HotPatch, end: { readonly kind: string; readonly note: string }, where: PatchWhere) {
  const isOpen = patch.followUp.state === "open";
  const owed = isOpen ? `. Its follow-up is overdue: make it permanent, or confirm that it goes` : "";
  const isEscalated = end.kind === "escalated";
  return {
    about: "ended",
    topic: "hot_patch",
    severity: isEscalated ? "critical" : isOpen ? "high" : "medium",
    title: isEscalated
      ? `escalated in ${where.environment.name}, people must look`
      : `${end.kind} in ${where.environment.name} of ${where.system.name}`,
    text: `${end.note}${owed}`,
    people: [patch.filedById, patch.followUp.ownerId],
  } as const;
}

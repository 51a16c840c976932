import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { type Evaluation, evaluatePlace, NOTHING_REMEMBERED } from "../evaluate-place.ts";
import { findingRows, placeOf, type StoredFinding, severityRank, stateAt, wholeFinding } from "../finding-rows.ts";
import { OfFinding } from "../input.ts";
import { ofFinding } from "../scope.ts";
import { storedVerdict } from "../telemetry.ts";
import { isAcceptable, isOpenTo } from "../triage.ts";
import type { FindingPage, FindingSibling } from "../views.ts";

const MOST_SIBLINGS = 20;

/** One finding: both sides, what happened to it, and what else differs there. */
export const showFinding = query(
  {
    name: "finding.show",
    may: "system:read",
    on: ofFinding,
    missing: ({ finding }) => `There is no finding F-${finding}`,
    input: OfFinding,
    summary: "Show a drift finding with the declared and the observed configuration, its history and its siblings",
    http: { method: "GET", path: "/findings/{finding}" },
  },
  async ({ db, actor, now, input }): Promise<FindingPage> => {
    const [row] = await findingRows(db, Prisma.sql`f.number = ${input.finding}`, {
      order: Prisma.sql`f.number`,
      limit: 1,
      now,
    });
    if (!row) throw new Refusal("not_found", `There is no finding F-${input.finding}`);
    const evaluation = await evaluateNow(db, row, now);
    const [documents, timeline, siblings, changeRequest, hotPatch, hiddenBy] = await Promise.all([
      documentsOf(db, row, evaluation),
      db.findingEvent.findMany({ where: { findingId: row.id }, orderBy: { id: "asc" } }),
      siblingsOf(db, row, now),
      row.changeRequestId
        ? db.changeRequest.findUnique({
            where: { id: row.changeRequestId },
            select: { number: true, title: true, state: true },
          })
        : null,
      row.hotPatchId
        ? db.hotPatch.findUnique({
            where: { id: row.hotPatchId },
            select: { number: true, incident: true, expiresAt: true, state: true },
          })
        : null,
      hidingRule(db, row, evaluation),
    ]);
    return {
      ...wholeFinding(row),
      onsetAfter: row.onsetAfter,
      alertedAt: row.alertedAt,
      documents,
      parameter: parameterOf(row, evaluation),
      changeRequest,
      hotPatch,
      hiddenBy,
      timeline: timeline.map(({ id, kind, by, note, createdAt }) => ({ id, kind, by, note, at: createdAt })),
      siblings,
      can: abilitiesOf(actor, row, now),
    };
  },
);

/** The place as it is now, for what a finding no longer says itself. */
export async function evaluateNow(
  db: Db,
  { environmentId, bundleId }: { readonly environmentId: string; readonly bundleId: string },
  now: Date,
): Promise<Evaluation | null> {
  const place = { environmentId, bundleId };
  const stored = await storedVerdict(db, place);
  return evaluatePlace(db, place, { ...(stored ?? NOTHING_REMEMBERED), now });
}

/** As they are now while the difference is there; as they were when it was last opened otherwise. */
async function documentsOf(
  db: Db,
  row: StoredFinding,
  evaluation: Evaluation | null,
): Promise<FindingPage["documents"]> {
  const difference = evaluation?.differences.find((one) => one.fingerprint === row.fingerprint);
  const declaredDigest = difference?.declaredDigest ?? row.declaredDigest;
  const observedDigest = difference?.observedDigest ?? row.observedDigest;
  const { environmentId, bundleId } = row;
  const state = evaluation?.state;
  const declared =
    state && state.declaredDigest === declaredDigest
      ? state.declared
      : await snapshotOf(db, { environmentId, bundleId, declaredDigest });
  const observation = observedDigest
    ? await db.observation.findUnique({
        where: { environmentId_bundleId_digest: { environmentId, bundleId, digest: observedDigest } },
        select: { document: true },
      })
    : null;
  return { declared, observed: (observation?.document as JsonObject) ?? null, declaredDigest, observedDigest };
}

async function snapshotOf(
  db: Db,
  place: { readonly environmentId: string; readonly bundleId: string; readonly declaredDigest: string | null },
): Promise<JsonObject | null> {
  const { declaredDigest, ...where } = place;
  if (declaredDigest === null) return null;
  const snapshot = await db.snapshot.findFirst({
    where: { ...where, effectiveDigest: declaredDigest },
    orderBy: { number: "desc" },
    select: { effective: true },
  });
  return (snapshot?.effective as JsonObject) ?? null;
}

function parameterOf(row: StoredFinding, evaluation: Evaluation | null): FindingPage["parameter"] {
  if (!evaluation || row.pointer === "") return null;
  const { rule } = catalogueOf(evaluation.rules, row.bundleSlug).parameterAt(row.pointer);
  return rule ? { title: rule.title, owner: rule.owner, risk: rule.risk } : null;
}

async function hidingRule(db: Db, row: StoredFinding, evaluation: Evaluation | null): Promise<FindingPage["hiddenBy"]> {
  const id = evaluation?.differences.find((one) => one.fingerprint === row.fingerprint)?.ignoredBy;
  if (id === undefined) return null;
  return db.ignoreRule.findUnique({
    where: { id },
    select: { id: true, pattern: true, reason: true, ownerName: true, expiresAt: true },
  });
}

/** The same parameter elsewhere in the system first, then what else differs in the same place. */
async function siblingsOf(db: Db, row: StoredFinding, now: Date): Promise<readonly FindingSibling[]> {
  const isSameParameter = Prisma.sql`(f.bundle_id = ${row.bundleId}::uuid AND f.pointer = ${row.pointer} AND f.pointer <> '')`;
  const where = Prisma.sql`f.system_id = ${row.systemId}::uuid AND f.id <> ${row.id}::uuid AND ${stateAt(now)} <> 'resolved'
    AND (${isSameParameter} OR (f.environment_id = ${row.environmentId}::uuid AND f.bundle_id = ${row.bundleId}::uuid))`;
  const order = Prisma.sql`${isSameParameter} DESC, ${severityRank}, f.number DESC`;
  const rows = await findingRows(db, where, { order, limit: MOST_SIBLINGS, now });
  return rows.map((one) => {
    const { number, kind, severity, state, pointer, summary } = wholeFinding(one);
    return { ...placeOf(one), number, kind, severity, state, pointer, summary };
  });
}

function abilitiesOf(actor: Actor, row: StoredFinding, now: Date): FindingPage["can"] {
  const scope = { systemId: row.systemId, environment: row.environmentSlug };
  const finding = wholeFinding(row);
  const triage = may(actor, "drift:triage", scope);
  return {
    triage: triage && finding.state !== "resolved",
    accept:
      triage && may(actor, "change:create", scope) && isAcceptable(finding.kind) && isOpenTo(finding, "accept", now),
    ignore: may(actor, "drift:ignore", scope),
    remediate: may(actor, "drift:remediate", scope) && finding.state !== "resolved",
  };
}

import { isInForce } from "#lib/hot-patches/effective.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { freezeVerdict } from "#lib/releases/freeze.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import { lastKnownGood, soakRequired } from "#lib/releases/rules.ts";
import { freezeWindows } from "#lib/releases/store.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { isDrift } from "../compare.ts";
import { type Evaluation, evaluatePlace, NOTHING_REMEMBERED } from "../evaluate-place.ts";
import type { FindingState } from "../model.ts";
import { LIMITS, type Remediation } from "./model.ts";
import { isRestorable, type PolicyFacts, type RestoreFacts, refusalToRestore, type Sight } from "./rules.ts";
import { activeRemediation, lastRemediation, newestAsked, openFindings } from "./store.ts";

/** A place, evaluated at this moment for whoever wants to restore it. */
export type RestorePlace = { readonly evaluation: Evaluation; readonly facts: RestoreFacts };

/** Null when there is no such place. */
export async function restorePlace(reader: Reader, place: Place, now: Date): Promise<RestorePlace | null> {
  const evaluation = await evaluatePlace(reader, place, { ...NOTHING_REMEMBERED, now });
  if (!evaluation) return null;
  const active = await activeRemediation(reader, place);
  return { evaluation, facts: factsOf(evaluation, active, now) };
}

function factsOf(evaluation: Evaluation, active: RestoreFacts["active"], now: Date): RestoreFacts {
  const { state, operation, differences, verdict } = evaluation;
  const expectedDigests = driftingDigests(evaluation);
  const shows = ({ shownBy }: (typeof differences)[number]) =>
    shownBy.some(({ digest }) => digest !== null && expectedDigests.includes(digest));
  const inForce = state?.patches.filter((patch) => isInForce(patch, now)) ?? [];
  return {
    sync: verdict.sync,
    restorable: differences.filter((one) => isDrift(one) && isRestorable(one.kind) && shows(one)),
    ignored: differences
      .filter((one) => one.ignoredBy !== undefined && isRestorable(one.kind) && shows(one))
      .map((one) => one.pointer),
    patched: inForce.flatMap(({ number, changes }) => changes.map(({ pointer }) => ({ pointer, number }))),
    servesExpiredPatch: state !== null && state.servedDigest !== state.declaredDigest,
    expectedDigests,
    targetDigest: state?.servedDigest ?? "",
    targetLeaves: state === null ? 0 : leavesOf(state.served).length,
    maxSharePercent: operation.remediation.maxSharePercent,
    active,
  };
}

/** What live instances run whose document differs. */
function driftingDigests({ groups }: Evaluation): readonly string[] {
  const drifting = groups.filter((group) => !group.isSilent && group.judgement === "drifted" && !group.runsDeclared);
  return [...new Set(drifting.flatMap(({ digest }) => digest ?? []))].sort();
}

/** What else policy asks before it acts. */
export async function policyFacts(
  reader: Reader,
  { evaluation, facts }: RestorePlace,
  now: Date,
): Promise<PolicyFacts> {
  const { place, operation } = evaluation;
  const wanted = new Set(facts.restorable.map(({ kind, pointer }) => `${kind} ${pointer}`));
  const pointers = facts.restorable.map(({ pointer }) => pointer);
  const rows = (await openFindings(reader, place, pointers)).filter(({ kind, pointer }) =>
    wanted.has(`${kind} ${pointer}`),
  );
  const sightings = await reader.findingSighting.findMany({ where: { findingId: { in: rows.map(({ id }) => id) } } });
  const confirmations = new Map(sightings.map((one) => [one.findingId, one.confirmations]));
  const seen = new Set(rows.map(({ kind, pointer }) => `${kind} ${pointer}`));
  const windows = await freezeWindows(reader, now);
  const freeze = freezeVerdict(windows, { system: place.system.slug, environment: place.environment.slug }, now);
  const opened = rows.map(({ openedAt }) => openedAt.getTime());
  return {
    // A difference that nobody has recorded yet has not been confirmed at all.
    findings: [
      ...rows.map(({ id, state }) => ({ state: state as FindingState, confirmations: confirmations.get(id) ?? 0 })),
      ...[...wanted].filter((one) => !seen.has(one)).map(() => ({ state: "open" as const, confirmations: 0 })),
    ],
    confirmationsWanted: operation.remediation.confirmations,
    frozen: freeze.isAllowed ? null : freeze.reason,
    // Baselines come with behavioural evidence; until then nothing says how a snapshot behaves.
    baseline: "none",
    last: await lastRemediation(reader, place, new Date(now.getTime() - LIMITS.rememberedMinutes * 60_000)),
    askedSince: await newestAsked(reader, place),
    openSince: opened.length === 0 ? null : new Date(Math.max(...opened)),
  };
}

const SHORTEST_SETTLING = 10_000;
const LONGEST_SETTLING = 600_000;

/** Milliseconds in which every live runtime has reported twice. */
export function settlingOf({ groups }: Evaluation): number {
  const intervals = groups.filter((group) => !group.isSilent).map((group) => group.longestIntervalSeconds * 2_000);
  return Math.min(Math.max(SHORTEST_SETTLING, ...intervals), LONGEST_SETTLING);
}

/** What a remediation that is under way sees of its place. Its own being there is no reason against it. */
export async function sightOf(reader: Reader, remediation: Remediation, now: Date): Promise<Sight> {
  const place = await restorePlace(reader, remediation, now);
  const live = place?.evaluation.groups.filter((group) => !group.isSilent) ?? [];
  const count = (groups: typeof live) => groups.reduce((total, group) => total + group.instances, 0);
  const isExpected = (digest: string | null) => digest !== null && remediation.expectedDigests.includes(digest);
  const { _max } = await reader.runtime.aggregate({
    where: { environmentId: remediation.environmentId, bundleId: remediation.bundleId },
    _max: { changedAt: true },
  });
  return {
    live: count(live),
    unreadable: count(live.filter((group) => group.judgement === "unreadable")),
    present: count(live.filter((group) => isExpected(group.digest) && !group.runsDeclared)),
    strange: count(
      live.filter((group) => !isExpected(group.digest) && group.judgement === "drifted" && !group.runsDeclared),
    ),
    targetDigest: place?.evaluation.state?.servedDigest ?? null,
    steadySince: _max.changedAt,
    settling: place ? settlingOf(place.evaluation) : SHORTEST_SETTLING,
    refusal: place ? refusalToRestore({ ...place.facts, active: null }) : "There is no such place any more",
  };
}

/** What a place could fall back to; null: nothing that was seen running for long enough. */
export async function knownGoodSnapshot(reader: Reader, { place, rules }: Evaluation, now: Date) {
  const rows = await reader.deployment.findMany({
    where: { environmentId: place.environmentId, bundleId: place.bundleId },
    orderBy: { number: "desc" },
    take: 50,
    select: {
      state: true,
      verifiedAt: true,
      endedAt: true,
      isCurrent: true,
      snapshot: { select: { number: true, effectiveDigest: true, underHotPatch: true } },
    },
  });
  const number = lastKnownGood(
    rows.map(({ snapshot, state, verifiedAt, endedAt }) => ({
      snapshotNumber: snapshot.number,
      state: state as DeploymentState,
      verifiedAt,
      endedAt,
      underHotPatch: snapshot.underHotPatch,
    })),
    soakRequired(rules.policies, place.environment.slug),
    now,
  );
  const good = rows.find(({ snapshot }) => snapshot.number === number);
  if (!good) return null;
  const current = rows.find((row) => row.isCurrent);
  const { effectiveDigest } = good.snapshot;
  return { number: good.snapshot.number, isDeclared: current?.snapshot.effectiveDigest === effectiveDigest };
}

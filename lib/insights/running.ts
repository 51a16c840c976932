import { type FindingState, SEVERITIES, type Severity } from "#lib/drift/model.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { HealthState, SyncState } from "#lib/runtimes/model.ts";

/** How many instances run a digest, and whether it is what is declared. */
export type RunningDigest = { readonly digest: string; readonly instances: number; readonly sync: SyncState };

/** A patch in force, or one whose follow-up is still owed. */
export type OpenPatch = {
  readonly number: number;
  readonly incident: string;
  readonly isActive: boolean;
  readonly expiresAt: Date;
  /** Null: nothing is owed any more. */
  readonly followUp: { readonly ownerName: string; readonly dueAt: Date } | null;
};

/** What runs in a place, as far as its runtimes said, and what waits for somebody there. */
export type Running = {
  readonly sync: SyncState;
  /** Null: there was never a verdict. */
  readonly syncSince: Date | null;
  readonly health: HealthState;
  readonly observedAt: Date | null;
  readonly observedBy: string | null;
  readonly instances: number;
  readonly silent: number;
  readonly unreadable: number;
  readonly differing: number;
  /** Most instances first. */
  readonly digests: readonly RunningDigest[];
  /** Findings that nobody resolved or put out of sight, without those that an authorised patch explains. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** The first of the worst. */
  readonly worst: { readonly number: number; readonly severity: Severity; readonly summary: string } | null;
  readonly patches: readonly OpenPatch[];
  /** Number of a remediation after which nothing more is tried until a person lifts it. */
  readonly quarantined: number | null;
};

const UNHEARD: Running = {
  sync: "unknown",
  syncSince: null,
  health: "unknown",
  observedAt: null,
  observedBy: null,
  instances: 0,
  silent: 0,
  unreadable: 0,
  differing: 0,
  digests: [],
  findings: { critical: 0, high: 0, medium: 0, low: 0 },
  worst: null,
  patches: [],
  quarantined: null,
};

/** Findings in these states want somebody's attention; a suppressed one does too, once its time is over. */
export const LIVE_STATES: readonly FindingState[] = ["open", "acknowledged", "accepted"];

type Verdict = { readonly sync: string; readonly observedAt: Date | null; readonly validUntil: Date | null };

/** What a verdict is worth at this moment: one that was not made again in time says nothing any more. */
export function syncAt(verdict: Verdict, now: Date): SyncState {
  const sync = verdict.sync as SyncState;
  const isOver = verdict.validUntil !== null && verdict.validUntil.getTime() <= now.getTime();
  return isOver && sync !== "unknown" ? "stale" : sync;
}

/** The key of a place in the answer of `runningIn`. */
export function placeKey(place: { readonly environmentId: string; readonly bundleId: string }): string {
  return `${place.environmentId}/${place.bundleId}`;
}

/** What runs in these environments, for each bundle; ask with `placeKey`. */
export async function runningIn(
  reader: Reader,
  environments: readonly string[],
  now: Date,
): Promise<(place: { readonly environmentId: string; readonly bundleId: string }) => Running> {
  if (environments.length === 0) return () => UNHEARD;
  const inThem = { environmentId: { in: [...environments] } };
  const [verdicts, findings, patches, quarantines] = await Promise.all([
    reader.syncVerdict.findMany({ where: inThem }),
    liveFindings(reader, environments, now),
    reader.hotPatch.findMany({
      where: {
        ...inThem,
        OR: [
          { state: "active" },
          { state: { in: ["reverted", "absorbed", "escalated"] }, followUp: { is: { state: "open" } } },
        ],
      },
      orderBy: { expiresAt: "asc" },
      select: {
        environmentId: true,
        bundleId: true,
        number: true,
        incident: true,
        state: true,
        expiresAt: true,
        followUp: { select: { state: true, ownerName: true, dueAt: true } },
      },
    }),
    reader.remediation.findMany({
      where: { ...inThem, state: "quarantined" },
      orderBy: { number: "asc" },
      select: { environmentId: true, bundleId: true, number: true },
    }),
  ]);
  const verdictAt = new Map(verdicts.map((one) => [placeKey(one), one]));
  const findingsAt = Map.groupBy(findings, placeKey);
  const patchesAt = Map.groupBy(patches, placeKey);
  const quarantineAt = new Map(quarantines.map((one) => [placeKey(one), one.number]));
  return (place) => {
    const key = placeKey(place);
    const verdict = verdictAt.get(key);
    return {
      ...UNHEARD,
      ...(verdict && {
        sync: syncAt(verdict, now),
        // A verdict that ran out says nothing since then, whatever it said before.
        syncSince: syncAt(verdict, now) === verdict.sync ? verdict.syncSince : verdict.validUntil,
        health: verdict.health as HealthState,
        observedAt: verdict.observedAt,
        observedBy: verdict.observedBy,
        instances: verdict.instances,
        silent: verdict.silent,
        unreadable: verdict.unreadable,
        differing: verdict.differing,
        digests: verdict.observed as unknown as readonly RunningDigest[],
      }),
      ...foundHere(findingsAt.get(key) ?? []),
      patches: (patchesAt.get(key) ?? []).map(({ followUp, ...patch }) => ({
        number: patch.number,
        incident: patch.incident,
        isActive: patch.state === "active",
        expiresAt: patch.expiresAt,
        followUp: followUp?.state === "open" ? { ownerName: followUp.ownerName, dueAt: followUp.dueAt } : null,
      })),
      quarantined: quarantineAt.get(key) ?? null,
    };
  };
}

type FoundRow = {
  readonly environmentId: string;
  readonly bundleId: string;
  readonly severity: string;
  readonly count: number;
  readonly first: number;
  readonly summary: string;
};

/** For each place and severity how many, and the first of them. One row each, however many findings there are. */
async function liveFindings(reader: Reader, environments: readonly string[], now: Date): Promise<readonly FoundRow[]> {
  return reader.$queryRaw<FoundRow[]>`
    SELECT environment_id AS "environmentId", bundle_id AS "bundleId", severity, count(*)::int AS count,
      min(number)::int AS first, (array_agg(summary ORDER BY number))[1] AS summary
    FROM drift_finding
    WHERE environment_id = ANY(${[...environments]}::uuid[]) AND kind <> 'hot_patched'
      AND (state = ANY(${[...LIVE_STATES]}::text[]) OR (state = 'suppressed' AND suppressed_until <= ${now}))
    GROUP BY environment_id, bundle_id, severity`;
}

function foundHere(rows: readonly FoundRow[]): Pick<Running, "findings" | "worst"> {
  const of = (severity: Severity) => rows.find((row) => row.severity === severity);
  const worst = SEVERITIES.flatMap((severity) => {
    const row = of(severity);
    return row ? [{ number: row.first, severity, summary: row.summary }] : [];
  })[0];
  return {
    findings: {
      critical: of("critical")?.count ?? 0,
      high: of("high")?.count ?? 0,
      medium: of("medium")?.count ?? 0,
      low: of("low")?.count ?? 0,
    },
    worst: worst ?? null,
  };
}

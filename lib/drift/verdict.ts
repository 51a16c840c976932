import { HEALTH_STATES, type HealthState, type SyncState } from "#lib/runtimes/model.ts";

/** Instances of a place that report the same, as the comparison sees them together. */
export type ReportGroup = {
  /** Null: what runs could not be read. */
  readonly digest: string | null;
  readonly isSilent: boolean;
  /** Last heard of before what is declared last changed. */
  readonly isBefore: boolean;
  readonly instances: number;
  /** The worst that one of them says of itself. */
  readonly health: HealthState;
  /** Their newest report, and whose it was. */
  readonly newestAt: Date;
  readonly newestBy: string;
  /** After this moment all of them are silent. */
  readonly freshUntil: Date;
};

/**
 * What the comparison made of a group. undeclared: there is nothing to compare it with · unreadable: it can't be read,
 * or nobody has sent its document yet · waiting: it differs, and was last heard of before what is declared changed ·
 * drifted: a difference that counts · hot_patched: only authorised ones · equal: none
 */
export type Judgement = "undeclared" | "unreadable" | "waiting" | "drifted" | "hot_patched" | "equal";

export type JudgedGroup = ReportGroup & { readonly judgement: Judgement };

/** What a digest is worth, of whichever live runtime that reports it says least good. */
export type DigestSync = Exclude<SyncState, "stale">;

/** As much of the last verdict as the next one depends on. */
export type LastVerdict = {
  readonly sync: SyncState;
  readonly syncSince: Date;
  readonly health: HealthState;
  readonly healthSince: Date;
  readonly lastInSyncAt: Date | null;
};

export type Verdict = LastVerdict & {
  readonly observed: readonly { readonly digest: string; readonly instances: number; readonly sync: DigestSync }[];
  readonly observedAt: Date | null;
  readonly observedBy: string | null;
  /** Live ones, of which so many can't be read, and so many show a difference that counts. */
  readonly instances: number;
  readonly unreadable: number;
  readonly differing: number;
  readonly silent: number;
  /** After this it says nothing any more. Null: only a report, or a change of what is declared, alters it. */
  readonly validUntil: Date | null;
};

export type VerdictQuestion = {
  readonly groups: readonly JudgedGroup[];
  /** False before the first deployment: there is nothing to compare with. */
  readonly isDeclared: boolean;
  readonly last: LastVerdict | null;
  /** When something ends that the judgements rest on: patches, ignore rules, suppressions, flags. */
  readonly ends: readonly Date[];
  readonly now: Date;
};

/**
 * What the reports of a place come to. Silent instances do not count: of nothing but silent ones it is stale, of none at
 * all unknown. It is drifted exactly when a live group shows a difference, and green only when every live one was read.
 */
export function verdictOf({ groups, isDeclared, last, ends, now }: VerdictQuestion): Verdict {
  const live = groups.filter((group) => !group.isSilent);
  const sync = isDeclared ? syncOf(groups, live) : "unknown";
  const health = worstHealth(live.map((group) => group.health));
  const newest = newestOf(live) ?? newestOf(groups);
  const staleFrom = latest(live.map((group) => group.freshUntil));
  const later = ends.filter((end) => end.getTime() > now.getTime());
  return {
    sync,
    syncSince: last?.sync === sync ? last.syncSince : sinceOf(sync, groups, now),
    health,
    healthSince: last?.health === health ? last.healthSince : now,
    lastInSyncAt:
      sync === "in_sync" || sync === "hot_patched" ? (newest?.newestAt ?? now) : (last?.lastInSyncAt ?? null),
    observed: observedDigests(live),
    observedAt: newest?.newestAt ?? null,
    observedBy: newest?.newestBy ?? null,
    instances: sum(live),
    unreadable: sum(live.filter((group) => group.judgement === "unreadable")),
    differing: sum(live.filter((group) => group.judgement === "drifted")),
    silent: sum(groups.filter((group) => group.isSilent)),
    validUntil: earliest([...(staleFrom ? [staleFrom] : []), ...later]),
  };
}

function syncOf(groups: readonly JudgedGroup[], live: readonly JudgedGroup[]): SyncState {
  const has = (judgement: Judgement) => live.some((group) => group.judgement === judgement);
  if (groups.length === 0) return "unknown";
  if (live.length === 0) return "stale";
  if (has("drifted")) return "drifted";
  if (has("unreadable") || has("waiting")) return "unknown";
  return has("hot_patched") ? "hot_patched" : "in_sync";
}

/** Silence begins when the last one should have been heard, whenever that was noticed. */
function sinceOf(sync: SyncState, groups: readonly JudgedGroup[], now: Date): Date {
  if (sync !== "stale") return now;
  const silentFrom = latest(groups.map((group) => group.freshUntil));
  return silentFrom && silentFrom.getTime() < now.getTime() ? silentFrom : now;
}

const HEALTH_RANK: Readonly<Record<HealthState, number>> = { ok: 0, unknown: 1, degraded: 2, failing: 3 };

/** The worst of them; of none, unknown. What says nothing of itself is worse than what is well. */
export function worstHealth(states: readonly HealthState[]): HealthState {
  const [first, ...others] = states;
  if (first === undefined) return "unknown";
  return others.reduce((worst, one) => (HEALTH_RANK[one] > HEALTH_RANK[worst] ? one : worst), first);
}

/** The state of this rank, 0 the best; what the database computes for a group. */
export function healthOfRank(rank: number): HealthState {
  return HEALTH_STATES.find((state) => HEALTH_RANK[state] === rank) ?? "unknown";
}

function observedDigests(live: readonly JudgedGroup[]): Verdict["observed"] {
  const byDigest = Map.groupBy(live, (group) => group.digest);
  return [...byDigest]
    .flatMap(([digest, groups]) => {
      if (digest === null) return [];
      return [{ digest, instances: sum(groups), sync: digestSyncOf(groups) }];
    })
    .sort((a, b) => b.instances - a.instances || (a.digest < b.digest ? -1 : 1));
}

function digestSyncOf(groups: readonly JudgedGroup[]): DigestSync {
  const has = (judgement: Judgement) => groups.some((group) => group.judgement === judgement);
  if (has("drifted")) return "drifted";
  if (has("unreadable") || has("waiting") || has("undeclared")) return "unknown";
  return has("hot_patched") ? "hot_patched" : "in_sync";
}

/**
 * What a stored verdict is worth at this moment: one that was not made again in time is stale, whether or not a job ran.
 * What was never known stays unknown.
 */
export function syncAt(verdict: { readonly sync: SyncState; readonly validUntil: Date | null }, now: Date): SyncState {
  if (verdict.sync === "unknown" || verdict.validUntil === null) return verdict.sync;
  return verdict.validUntil.getTime() < now.getTime() ? "stale" : verdict.sync;
}

function newestOf(groups: readonly JudgedGroup[]): JudgedGroup | undefined {
  return groups.toSorted((a, b) => b.newestAt.getTime() - a.newestAt.getTime())[0];
}

function sum(groups: readonly JudgedGroup[]): number {
  return groups.reduce((total, group) => total + group.instances, 0);
}

function latest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.max(...dates.map((date) => date.getTime())));
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.min(...dates.map((date) => date.getTime())));
}

import type { HealthState } from "./model.ts";

/** What is kept of an instance. */
export type InstanceState = {
  readonly fleet: string;
  readonly digest: string | null;
  readonly unreadable: string | null;
  readonly modelsDigest: string;
  readonly build: string | null;
  readonly health: HealthState;
  readonly healthNote: string | null;
  readonly client: string | null;
  readonly intervalSeconds: number;
  readonly restored: string | null;
};

/**
 * older: something newer is known already · new: never seen · changed: it says something else than before ·
 * returned: the same, after it had fallen silent · same: a heartbeat
 */
export type Novelty = "older" | "new" | "changed" | "returned" | "same";

/** What a report adds to what is known of its instance. `null` is known of one that was never seen. */
export function noveltyOf(
  known: (InstanceState & { readonly lastSeenAt: Date }) | null,
  report: InstanceState & { readonly at: Date },
): Novelty {
  if (known === null) return "new";
  if (known.lastSeenAt.getTime() > report.at.getTime()) return "older";
  const keys: readonly (keyof InstanceState)[] = [
    "fleet",
    "digest",
    "unreadable",
    "modelsDigest",
    "build",
    "health",
    "healthNote",
    "client",
    "intervalSeconds",
  ];
  const isOtherRestore = report.restored !== null && report.restored !== known.restored;
  if (isOtherRestore || keys.some((key) => known[key] !== report[key])) return "changed";
  return isSilent(known, report.at) ? "returned" : "same";
}

/** Not heard of for longer than twice the interval at which it reports: what it said last says nothing any more. */
export function isSilent(
  instance: { readonly lastSeenAt: Date; readonly intervalSeconds: number },
  now: Date,
): boolean {
  return silentFrom(instance).getTime() < now.getTime();
}

/** After this moment the instance counts as silent. */
export function silentFrom(instance: { readonly lastSeenAt: Date; readonly intervalSeconds: number }): Date {
  return new Date(instance.lastSeenAt.getTime() + 2_000 * instance.intervalSeconds);
}

/** The last report of each instance; of two at the same time, the one that came later. */
export function latestOf<R extends { readonly key: string; readonly at: Date }>(reports: readonly R[]): ReadonlySet<R> {
  const latest = new Map<string, R>();
  for (const report of reports) {
    const other = latest.get(report.key);
    if (!other || other.at.getTime() <= report.at.getTime()) latest.set(report.key, report);
  }
  return new Set(latest.values());
}

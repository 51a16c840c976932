import type { Running } from "#lib/insights/running.ts";

/** How much a place wants somebody's eyes: more is worse. Only orders; people read the words. */
export function attentionFor(running: Running, isDeclared: boolean): number {
  if (!isDeclared) return 0;
  const { critical, high, medium } = running.findings;
  if (running.quarantined !== null || (running.sync === "drifted" && critical > 0)) return 7;
  if (running.sync === "drifted") return high > 0 ? 6 : 5;
  if (critical + high > 0 || running.health === "failing") return 4;
  if (running.sync === "hot_patched" || running.patches.length > 0) return 3;
  if (running.sync === "stale" || running.health === "degraded" || running.unreadable > 0) return 2;
  return running.sync === "unknown" || medium > 0 || running.silent > 0 ? 1 : 0;
}

import type { Raised } from "#lib/alerts/raise.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { formatUtc, humanDuration } from "#lib/kernel/time.ts";
import type { Tx } from "#lib/platform/db.ts";
import { alertAbout } from "./alerting.ts";
import type { HotPatch } from "./model.ts";
import { nameOf } from "./rules.ts";
import type { TimeToLive } from "./time.ts";
import { changesAsDetail, changesInWords, type PatchWhere, patchLine } from "./words.ts";

/** What is written down where a change would have evidence. */
export function waiverOf(facts: {
  readonly afterDigest: string;
  readonly incident: string;
  readonly reason: string;
  readonly by: string;
}): string {
  return `Behavioural evidence for ${facts.afterDigest} was not asked for during ${facts.incident}, on the word of ${facts.by}: ${facts.reason}. The waiver ends with the patch.`;
}

/** The audit lines of a patch that takes effect. */
export function activationLines(patch: HotPatch, where: PatchWhere, by: string): readonly AuditLine[] {
  const until = formatUtc(patch.expiresAt);
  const how = patch.approvedByName === null ? "by breaking the glass" : `approved by ${patch.approvedByName}`;
  return [
    patchLine(patch, where, {
      action: "hot_patch.activated",
      summary: `${nameOf(patch)} took effect in ${where.environment.name} of ${where.system.name} until ${until}, ${how}: ${changesInWords(patch.changes)}`,
      reason: patch.reason,
      detail: {
        changes: changesAsDetail(patch.changes),
        beforeDigest: patch.beforeDigest,
        afterDigest: patch.afterDigest,
        expiresAt: patch.expiresAt.toISOString(),
        reviewDueAt: patch.reviewDueAt.toISOString(),
        waiver: patch.waiver,
        by,
      },
    }),
  ];
}

/** Tells reviewers, responders and owners that a patch was asked for, or is in force. */
export async function tellOfPatch(
  tx: Tx,
  patch: HotPatch,
  told: {
    readonly where: PatchWhere;
    readonly about: "requested" | "in_force";
    /** The person who did it and therefore knows; absent: a token did. */
    readonly by?: string;
    readonly now: Date;
  },
): Promise<Raised> {
  const { where, about, by, now } = told;
  const place = `${where.environment.name} of ${where.system.name}`;
  const changes = changesInWords(patch.changes);
  const until = formatUtc(patch.expiresAt);
  const alert = {
    about,
    topic: "hot_patch",
    severity: patch.incidentLevel === "sev1" ? "critical" : "high",
    title: about === "requested" ? `asks for approval in ${place}` : `in force in ${place}`,
    text:
      about === "requested"
        ? `${patch.filedByName} wants ${changes} for ${patch.incident} (${patch.incidentLevel}). It lapses at ${until}`
        : `${patch.filedByName}: ${changes} until ${until} for ${patch.incident} (${patch.incidentLevel}). Review it by ${formatUtc(patch.reviewDueAt)}`,
    by,
  } as const;
  return alertAbout(tx, patch, { where, alert, now });
}

/** What shortened the time, as a sentence; null: nothing did. */
export function limitInWords({ limitedBy, minutes }: TimeToLive): string | null {
  const length = humanDuration(minutes * 60_000);
  switch (limitedBy) {
    case null:
      return null;
    case "policy":
      return `Policy allows ${length} at most`;
    case "level":
      return `An incident of level sev1 is given ${length} at most`;
    case "ceiling":
      return `No patch lasts past 72 h from its filing; ${length} are left`;
  }
}

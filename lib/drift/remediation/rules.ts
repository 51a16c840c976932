import type { SyncState } from "#lib/runtimes/model.ts";
import type { FindingKind, FindingState } from "../model.ts";
import { LIMITS, nameOf, type Remediation } from "./model.ts";

/** A difference that counts and that delivering the configuration again can undo. */
export type Restorable = { readonly kind: FindingKind; readonly pointer: string };

/** A place as whoever wants to restore it finds it. */
export type RestoreFacts = {
  readonly sync: SyncState;
  readonly restorable: readonly Restorable[];
  /** What ignore rules hide in the same documents. */
  readonly ignored: readonly string[];
  /** Parameters under hot-patches in force, with the patch's number. */
  readonly patched: readonly { readonly pointer: string; readonly number: number }[];
  /** Whether a patch that is over is served all the same. */
  readonly servesExpiredPatch: boolean;
  /** What live runtimes that differ run. */
  readonly expectedDigests: readonly string[];
  /** What they are to run. */
  readonly targetDigest: string;
  /** Parameters that the target sets. */
  readonly targetLeaves: number;
  readonly maxSharePercent: number;
  /** The one that is under way or quarantined here. */
  readonly active: Pick<Remediation, "number" | "state"> | null;
};

/**
 * Kinds that no delivery of the configuration undoes: what a provider serves, what runs elsewhere, what a baseline
 * found, what was never part of the document, and what says nothing of one.
 */
const BEYOND_DELIVERY: readonly FindingKind[] = [
  "provider_model_changed",
  "cross_environment",
  "behaviour_changed",
  "silent_runtime",
  "unreadable_runtime",
  "stale_flag",
  "hot_patched",
];

export function isRestorable(kind: FindingKind): boolean {
  return !BEYOND_DELIVERY.includes(kind);
}

/** Why nothing is restored here, as a sentence; null: it may be. */
export function refusalToRestore(facts: RestoreFacts): string | null {
  const { active, sync, restorable, patched, ignored } = facts;
  if (active) return whyNotBeside(active);
  const unknown = whyNotKnown(sync);
  if (unknown !== null) return unknown;
  if (restorable.length === 0 || facts.expectedDigests.length === 0) {
    return "What differs is not part of what is delivered; restoring would change nothing";
  }
  if (facts.servesExpiredPatch) return "A hot-patch that is over is still served here; decide its follow-up first";
  for (const { pointer } of restorable) {
    const patch = patched.find((one) => overlaps(one.pointer, pointer));
    if (patch) return `${pointer} is under hot-patch HP-${patch.number}; nothing is restored there until it ends`;
  }
  const [covered] = ignored;
  if (covered !== undefined) {
    return `A restore replaces the whole document, and an ignore rule covers ${covered} in it; end that rule first`;
  }
  return whyTooMuch(facts);
}

/** Why no request to roll back is opened, as a sentence; null: it may be. Its own gates judge the rest. */
export function refusalToRollBack({ active, sync }: Pick<RestoreFacts, "active" | "sync">): string | null {
  return active ? whyNotBeside(active) : whyNotKnown(sync);
}

function whyNotBeside(active: Pick<Remediation, "number" | "state">): string {
  return active.state === "quarantined"
    ? `${nameOf(active)} is quarantined: find out what changes it back, then lift the quarantine`
    : `${nameOf(active)} is under way; one remediation at a time`;
}

function whyNotKnown(sync: SyncState): string | null {
  switch (sync) {
    case "stale":
      return "The last report is too old to act on; wait until a runtime reports again";
    case "unknown":
      return "Nobody knows what runs here; wait until it can be read";
    case "in_sync":
    case "hot_patched":
      return "Nothing differs here from what is declared";
    case "drifted":
      return null;
  }
}

function whyTooMuch({ restorable, targetLeaves, maxSharePercent }: RestoreFacts): string | null {
  if (targetLeaves === 0) return "What is declared here is empty; a restore would take the whole document away";
  const touched = new Set(restorable.map(({ pointer }) => pointer)).size;
  const share = (touched / Math.max(targetLeaves, touched)) * 100;
  if (share <= maxSharePercent) return null;
  const percent = Math.round(share);
  return `A restore would touch ${touched} of ${Math.max(targetLeaves, touched)} parameters (${percent} %), more than the ${maxSharePercent} % that the rules allow; roll back or deploy instead`;
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Compare-and-set: what runs, and what is to run, must be what was seen. A sentence when it is not. */
export function whyNotAsSeen(
  facts: Pick<RestoreFacts, "expectedDigests" | "targetDigest">,
  seen: { readonly expectedDigests: readonly string[]; readonly targetDigest: string },
): string | null {
  if (facts.targetDigest !== seen.targetDigest) return "What is declared here has changed since you looked";
  const isSame =
    facts.expectedDigests.length === seen.expectedDigests.length &&
    facts.expectedDigests.every((digest) => seen.expectedDigests.includes(digest));
  return isSame ? null : "What runs here has changed since you looked";
}

/** What else holds policy back, where a person may act. */
export type PolicyFacts = {
  readonly findings: readonly { readonly state: FindingState; readonly confirmations: number }[];
  readonly confirmationsWanted: number;
  /** The first reason why changes may not take effect here now; null: they may. */
  readonly frozen: string | null;
  /** Of what would be restored. none: nothing says how it behaves, which holds nothing back (docs/decisions/0009). */
  readonly baseline: "passes" | "fails" | "none";
  /** When policy last opened a change request here. */
  readonly askedSince: Date | null;
  /** The newest that ended here, of the last hour. */
  readonly last: Pick<Remediation, "state" | "attempts" | "endedAt"> | null;
  /** Since when the newest of the findings is open. */
  readonly openSince: Date | null;
};

/** Why policy does not act by itself, as a sentence; null: it does. */
export function refusalOfPolicy(facts: PolicyFacts, now: Date): string | null {
  const { findings, confirmationsWanted, last, openSince, askedSince } = facts;
  const confirmed = findings.length === 0 ? 0 : Math.min(...findings.map((one) => one.confirmations));
  if (confirmed < confirmationsWanted) return `Confirmed ${confirmed} of ${confirmationsWanted} times`;
  if (findings.some(({ state }) => state === "suppressed" || state === "accepted")) {
    return "Somebody has decided about part of it: it is suppressed, or a change request would declare it";
  }
  if (facts.baseline === "fails") return "The baseline of what would be restored fails; a person has to look";
  if (askedSince !== null && openSince !== null && askedSince >= openSince) {
    return "A change request has proposed the last known-good snapshot since it began";
  }
  if (facts.frozen !== null) return `Policy changes nothing while changes are frozen: ${facts.frozen}`;
  if (last?.state === "cancelled" && openSince !== null && last.endedAt !== null && last.endedAt >= openSince) {
    return "A person cancelled the last attempt; policy does not try the same again";
  }
  const pauseUntil = last?.endedAt ? last.endedAt.getTime() + pauseAfter(attemptsCarriedOver(last)) : 0;
  return now.getTime() < pauseUntil ? "It was changed back; the pause before the next attempt is not over" : null;
}

/** Milliseconds between one attempt and the next: 2 s, then three times as long each time, at most 5 minutes. */
export function pauseAfter(attempts: number): number {
  if (attempts === 0) return 0;
  const seconds = LIMITS.firstPauseSeconds * LIMITS.pauseFactor ** (attempts - 1);
  return Math.min(seconds, LIMITS.longestPauseSeconds) * 1_000;
}

/** What is changed back after it was seen to hold is the same fight: its attempts go on counting. A lifted one starts anew. */
export function attemptsCarriedOver(last: Pick<Remediation, "state" | "attempts"> | null): number {
  if (last?.state === "succeeded") return last.attempts;
  return last?.state === "failed" && last.attempts < LIMITS.attempts ? last.attempts : 0;
}

/** What a remediation that is under way sees of its place. */
export type Sight = {
  /** Instances that report, those of them that can't be read, and those that run what it is to replace. */
  readonly live: number;
  readonly unreadable: number;
  readonly present: number;
  /** Live instances that differ in another way than it saw. */
  readonly strange: number;
  readonly targetDigest: string | null;
  /** Since when nothing has changed in what live instances report. */
  readonly steadySince: Date | null;
  /** So long a restored value has to hold, and so long an attempt has until it is seen: milliseconds. */
  readonly settling: number;
  /** Why nothing may be restored here now; null: it may be. */
  readonly refusal: string | null;
};

export type Step =
  | { readonly type: "wait" }
  /** The attempt is over: watch whether it holds, or wait for the next one. */
  | { readonly type: "pause"; readonly until: Date; readonly note: string }
  | { readonly type: "begin"; readonly deadline: Date }
  | { readonly type: "succeed"; readonly note: string }
  | { readonly type: "fail"; readonly note: string }
  | { readonly type: "quarantine"; readonly note: string };

/** What is next for a remediation that is under way. Asked again it says the same, whoever asks and however often. */
export function nextStep(
  remediation: Pick<Remediation, "state" | "attempts" | "nextAttemptAt" | "targetDigest">,
  sight: Sight,
  now: Date,
): Step {
  const { state, attempts, nextAttemptAt, targetDigest } = remediation;
  if (state !== "waiting" && state !== "acting") return { type: "wait" };
  if (sight.targetDigest !== targetDigest) return fail("What is declared here has changed meanwhile");
  const isGone = sight.live > 0 && sight.present === 0 && sight.unreadable === 0;
  const isDue = nextAttemptAt === null || now.getTime() >= nextAttemptAt.getTime();
  if (state === "acting") {
    if (!isGone && !isDue) return { type: "wait" };
    if (!isGone && attempts >= LIMITS.attempts) return quarantine(attempts);
    const note = isGone
      ? "No live runtime shows it any more; watching whether it stays so"
      : "The attempt was not seen to work";
    return { type: "pause", until: new Date(now.getTime() + pauseAfter(attempts)), note };
  }
  if (!isDue) return { type: "wait" };
  if (sight.live === 0) return fail("Nobody reports any more what runs here");
  if (sight.unreadable > 0) return fail("What runs here can't be read any more");
  if (sight.strange > 0) return fail("Something else runs here now than what was seen; look at it again");
  if (!isGone) {
    if (attempts >= LIMITS.attempts) return quarantine(attempts);
    if (sight.refusal !== null) return fail(sight.refusal);
    return { type: "begin", deadline: new Date(now.getTime() + sight.settling) };
  }
  const held = sight.steadySince !== null && now.getTime() - sight.steadySince.getTime() >= sight.settling;
  return held ? { type: "succeed", note: "Every live runtime has stayed with what is declared" } : { type: "wait" };
}

function fail(note: string): Step {
  return { type: "fail", note };
}

function quarantine(attempts: number): Step {
  return { type: "quarantine", note: `${attempts} attempts did not last: something changes it back` };
}

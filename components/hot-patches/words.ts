import type { FollowUpDecision, IncidentLevel, ReviewVerdict } from "#lib/hot-patches/model.ts";
import type { FollowUpView, ReviewView } from "#lib/hot-patches/queries/rows.ts";
import type { Phase } from "#lib/hot-patches/rules.ts";
import { shortDigest } from "#lib/kernel/short-digest.ts";

/** Where a patch stands, as people read it. */
export const PHASE_WORD: Readonly<Record<Phase, string>> = {
  requested: "Asks for approval",
  in_force: "In force",
  leaving: "Being taken back",
  kept: "Over, still served",
  reverted: "Reverted",
  absorbed: "Absorbed",
  escalated: "Escalated",
  denied: "Denied",
  lapsed: "Lapsed",
};

/** One sentence each, for whoever meets the word for the first time. */
export const PHASE_HINT: Readonly<Record<Phase, string>> = {
  requested: "It takes effect once somebody else has approved it",
  in_force: "Runtimes are given it until it ends",
  leaving: "Its time is over; runtimes let go of it",
  kept: "Its time is over; policy keeps it until somebody decides",
  reverted: "It was taken back",
  absorbed: "The same value is now declared",
  escalated: "Another value than the patched one runs, or taking it back failed: people must look",
  denied: "It was refused or withdrawn before it took effect",
  lapsed: "Nobody answered in time; it never took effect",
};

export const LEVEL_WORD: Readonly<Record<IncidentLevel, string>> = {
  sev1: "SEV 1",
  sev2: "SEV 2",
  sev3: "SEV 3",
  sev4: "SEV 4",
};

export const LEVEL_HINT: Readonly<Record<IncidentLevel, string>> = {
  sev1: "the worst",
  sev2: "serious",
  sev3: "limited",
  sev4: "slight",
};

export const DECISION_WORD: Readonly<Record<FollowUpDecision, string>> = {
  make_permanent: "Make permanent",
  revert: "Revert",
};

export const VERDICT_WORD: Readonly<Record<ReviewVerdict, string>> = { sound: "Found sound", objected: "Objected to" };

/** The follow-up in two or three words; null: nothing is owed. */
export function followUpWord(followUp: Pick<FollowUpView, "state" | "decision" | "change">): string | null {
  switch (followUp.state) {
    case "nothing":
      return null;
    case "open":
      return "Follow-up open";
    case "overdue":
      return "Follow-up overdue";
    case "decided":
      return followUp.decision === "make_permanent" ? permanenceWord(followUp.change) : "Decided: revert";
  }
}

/** How the request stands that makes a patch permanent. */
function permanenceWord(change: FollowUpView["change"]): string {
  if (change?.state === "applied") return "Made permanent";
  if (change?.state === "closed") return "Proposal closed: not kept";
  return "To be permanent";
}

/** A sentence with its digests cut to the length that pages show; whole ones stand beside them. */
export function withShortDigests(text: string): string {
  return text.replace(/sha256:[0-9a-f]{64}/g, shortDigest);
}

/** The review after the fact in two or three words; null: nothing is owed. */
export function reviewWord(review: Pick<ReviewView, "state">): string | null {
  switch (review.state) {
    case "nothing":
      return null;
    case "due":
      return "Review due";
    case "overdue":
      return "Review overdue";
    case "sound":
      return VERDICT_WORD.sound;
    case "objected":
      return VERDICT_WORD.objected;
  }
}

/** Minutes as a responder says them: `30 min`, `4 h`, `1 h 30 min`, `3 d`. */
export function minutesText(minutes: number): string {
  if (minutes >= 1_440 && minutes % 1_440 === 0) return `${minutes / 1_440} d`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Where a hot-patch is filed, filled in as far as it is known. Slugs. */
export function filingHref(place: {
  readonly system: string;
  readonly environment: string;
  readonly bundle?: string;
  readonly pointer?: string;
}): string {
  return `/hot-patches/new?${new URLSearchParams(place)}`;
}

import type { OpenHotPatch } from "#lib/hot-patches/queries/open-hot-patches.ts";

/** An open patch as the banner knows it; the time may have come over HTTP. */
export type BannerPatch = Omit<OpenHotPatch, "expiresAt"> & { readonly expiresAt: Date | string };

/** warn: something is patched · danger: something is owed after its time */
type BannerLine = {
  readonly tone: "warn" | "danger";
  /** The few words that a phone has room for. */
  readonly short: string;
  /** What a wide screen adds. */
  readonly more: string;
  readonly href: string;
  /** What is counted down; null: nothing is. */
  readonly until: Date | null;
  /** Which of several that is; null: there is one only. */
  readonly next: string | null;
};

/** What the banner says of the open patches, which come most urgent first; null: there is none. */
export function bannerLine(patches: readonly BannerPatch[]): BannerLine | null {
  const [first, ...others] = patches;
  if (!first) return null;
  const overdue = patches.filter((patch) => patch.isFollowUpOverdue || patch.isReviewOverdue).length;
  const tone = overdue > 0 ? "danger" : "warn";
  if (others.length === 0) {
    return {
      tone,
      short: `${first.name} ${stateWords(first)}`,
      more: `${first.environment.name} of ${first.system.name} · ${first.incident}`,
      href: `/hot-patches/${first.number}`,
      until: counts(first) ? new Date(first.expiresAt) : null,
      next: null,
    };
  }
  const running = patches
    .filter((patch) => patch.phase === "in_force")
    .toSorted((a, b) => new Date(a.expiresAt).getTime() - new Date(b.expiresAt).getTime());
  const places = [...new Set(patches.map((patch) => `${patch.environment.name} of ${patch.system.name}`))];
  return {
    tone,
    short: `${patches.length} hot-patches${overdue > 0 ? `, ${overdue} overdue` : ""}`,
    more: `${places.slice(0, 2).join(", ")}${places.length > 2 ? ` and ${places.length - 2} more` : ""}`,
    href: "/hot-patches?state=open",
    until: running[0] ? new Date(running[0].expiresAt) : null,
    next: running[0]?.name ?? null,
  };
}

function counts(patch: BannerPatch): boolean {
  return patch.phase === "in_force" || patch.phase === "requested";
}

function stateWords(patch: BannerPatch): string {
  if (patch.isFollowUpOverdue) return `is owed a decision by ${patch.ownerName}`;
  if (patch.isReviewOverdue) return "is owed a review";
  switch (patch.phase) {
    case "requested":
      return "asks for approval";
    case "in_force":
      return "is in force";
    case "leaving":
      return "is being taken back";
    case "kept":
      return "is over and still served";
    case "reverted":
    case "absorbed":
    case "escalated":
    case "denied":
    case "lapsed":
      return "is open";
  }
}

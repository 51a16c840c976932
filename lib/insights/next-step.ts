import type { Running } from "#lib/insights/running.ts";

/** What a person can do next about a place, and where. */
export type NextStep = { readonly label: string; readonly href: string };

/** As much of a place as its next step depends on. Slugs. */
export type PlaceAtAGlance = {
  readonly system: string;
  readonly environment: string;
  readonly isDeclared: boolean;
  readonly running: Running;
};

/**
 * The one thing to do next: what a person alone can end comes first, then what differs, then what will end by itself,
 * then what is not known. Null: nothing has to be done.
 */
export function nextStep(place: PlaceAtAGlance, now: Date): NextStep | null {
  const { running } = place;
  const path = `/systems/${place.system}/environments/${place.environment}`;
  if (!place.isDeclared) {
    return {
      label: "Promote a version",
      href: `/changes/new?kind=promotion&system=${place.system}&environment=${place.environment}`,
    };
  }
  if (running.quarantined !== null) {
    return { label: `Lift quarantine R-${running.quarantined}`, href: "/drift/remediations?state=quarantined" };
  }
  const overdue = running.patches.find((patch) => isOwedSince(patch, now));
  if (overdue) return { label: `Decide HP-${overdue.number}: overdue`, href: `/hot-patches/${overdue.number}` };
  if (running.worst && running.worst.severity !== "low") return review(running.worst.number);
  const [patch] = running.patches;
  if (patch) return { label: `Decide HP-${patch.number}`, href: `/hot-patches/${patch.number}` };
  if (running.worst) return review(running.worst.number);
  const fleet = `${path}/fleet`;
  if (running.unreadable > 0) return { label: "See what cannot be read", href: fleet };
  if (running.sync === "unknown" && running.instances === 0) return { label: "Connect a runtime", href: fleet };
  if (running.sync === "stale" || running.silent > 0) {
    return { label: "See who is silent", href: `${fleet}?silent=yes#instances` };
  }
  if (running.health === "degraded" || running.health === "failing") {
    return { label: "See who is not well", href: `${fleet}?health=${running.health}#instances` };
  }
  return null;
}

function isOwedSince(patch: Running["patches"][number], now: Date): boolean {
  const due = patch.followUp?.dueAt ?? (patch.isActive ? patch.expiresAt : null);
  return due !== null && due.getTime() <= now.getTime();
}

function review(number: number): NextStep {
  return { label: `Review F-${number}`, href: `/drift/${number}` };
}

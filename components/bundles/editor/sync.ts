import type { Theirs } from "#components/bundles/draft-answers.ts";
import { changedLayers } from "#lib/bundles/draft-rules.ts";
import type { BundleSource, Layer } from "#lib/bundles/model.ts";

/**
 * idle: nothing is under way · saving: a save is, after so many that had no answer · unreachable: the server did not
 * answer, it is tried again ·
 * conflict: someone else saved first, a person decides · refused: the server does not take this text, or the draft ended
 */
export type Phase =
  | { readonly is: "idle" }
  | { readonly is: "saving"; readonly attempts: number }
  | { readonly is: "unreachable"; readonly attempts: number }
  | { readonly is: "conflict"; readonly theirs: Theirs }
  | { readonly is: "refused"; readonly message: string };

export type Saved = { readonly source: BundleSource; readonly revision: number };

/** What is on the screen, what the server is known to have, and what happens between the two. */
export type Sync = { readonly saved: Saved; readonly text: BundleSource; readonly phase: Phase };

export type SyncEvent =
  | { readonly did: "type"; readonly text: BundleSource }
  | { readonly did: "send" }
  | { readonly did: "save"; readonly saved: Saved }
  | { readonly did: "miss" }
  | { readonly did: "conflict"; readonly theirs: Theirs }
  | { readonly did: "refuse"; readonly message: string }
  /** A person decided a conflict: this is the text now, on top of what the other one saved. */
  | { readonly did: "settle"; readonly text: BundleSource; readonly saved: Saved }
  /** The server changed the text itself, for example by an import. */
  | { readonly did: "replace"; readonly saved: Saved };

export function nextSync(sync: Sync, event: SyncEvent): Sync {
  const { phase } = sync;
  switch (event.did) {
    case "type":
      return { ...sync, text: event.text, phase: phase.is === "refused" ? { is: "idle" } : phase };
    case "send":
      return { ...sync, phase: { is: "saving", attempts: phase.is === "unreachable" ? phase.attempts : 0 } };
    case "save":
      return { ...sync, saved: event.saved, phase: { is: "idle" } };
    case "miss":
      return { ...sync, phase: { is: "unreachable", attempts: phase.is === "saving" ? phase.attempts + 1 : 1 } };
    case "conflict":
      return { ...sync, phase: { is: "conflict", theirs: event.theirs } };
    case "refuse":
      return { ...sync, phase: { is: "refused", message: event.message } };
    case "settle":
      return { saved: event.saved, text: event.text, phase: { is: "idle" } };
    case "replace":
      return { saved: event.saved, text: event.saved.source, phase: { is: "idle" } };
  }
}

/** The layers whose text on the screen is not what the server has. */
export function unsavedLayers({ saved, text }: Pick<Sync, "saved" | "text">): readonly Layer[] {
  return changedLayers(saved.source, text);
}

/** Pauses before another try when the server does not answer: 2, 4, 8 … at most 60 seconds. */
export function pauseBefore(attempts: number): number {
  return Math.min(60, 2 ** attempts) * 1000;
}

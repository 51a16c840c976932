import type { DraftCheck } from "#lib/bundles/check.ts";
import type { BundleSource, Layer, Problem } from "#lib/bundles/model.ts";

/** A draft as somebody else saved it. */
export type Theirs = {
  readonly source: BundleSource;
  readonly revision: number;
  readonly updatedBy: string;
  /** ISO 8601. */
  readonly updatedAt: string;
};

/** saved: it is stored · conflict: someone saved before, theirs is what they saved · refused: it can't be saved as it is */
export type SaveAnswer =
  | { readonly kind: "saved"; readonly revision: number }
  | { readonly kind: "conflict"; readonly theirs: Theirs }
  | { readonly kind: "refused"; readonly message: string };

/** ready: what the server found · refused: why it could not look */
export type CheckAnswer =
  | { readonly kind: "ready"; readonly check: DraftCheck }
  | { readonly kind: "refused"; readonly message: string };

/** imported: the layer has this text now · unreadable: nothing was changed · the others as in saving */
export type ImportAnswer = SaveAnswer | { readonly kind: "unreadable"; readonly problems: readonly Problem[] };

/** The server's side of the editor. */
export type DraftActions = {
  readonly save: (input: { draftId: string; source: BundleSource; revision: number }) => Promise<SaveAnswer>;
  readonly check: (input: {
    system: string;
    bundle: string;
    source: BundleSource;
    baseVersionId: string | null;
  }) => Promise<CheckAnswer>;
  readonly importText: (input: {
    draftId: string;
    layer: Layer;
    text: string;
    revision: number;
  }) => Promise<ImportAnswer>;
  readonly rename: (input: { draftId: string; title: string; revision: number }) => Promise<SaveAnswer>;
  readonly discard: (input: { draftId: string; revision: number; goTo: string }) => Promise<SaveAnswer>;
  /** Puts the saved text into the change request that carries the draft. */
  readonly update: (input: { number: number }) => Promise<SaveAnswer>;
};

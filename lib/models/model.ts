/**
 * snapshot: a pinned release · alias: moves to newer releases · floating: the provider replaces it in place ·
 * deployment: an opaque name that the customer's cloud resolves · unknown: not in the catalogue
 */
export type ModelClass = "snapshot" | "alias" | "floating" | "deployment" | "unknown";

export type ModelClassification = {
  readonly provider: string;
  readonly name: string;
  readonly class: ModelClass;
  /** A sentence that says why, and for a name that moves, what to pin instead. */
  readonly reason: string;
  /** A pinned release that the name stands for today, when the catalogue knows one. */
  readonly pinTo?: string;
  /** ISO 8601 date. */
  readonly retiresOn?: string;
};

import type { Json, JsonObject } from "#lib/kernel/json.ts";
import type { ParameterKind, Risk, Tier } from "#lib/systems/model.ts";

/** A bundle's document: what is reviewed, digested and versioned. Overlays are JSON Merge Patches (RFC 7396). */
export type BundleDocument = {
  readonly base: JsonObject;
  readonly overlays: Readonly<Record<string, JsonObject>>;
};

/** The same as people wrote it: YAML text for each layer, comments kept. A missing overlay is an empty one. */
export type BundleSource = {
  readonly base: string;
  readonly overlays: Readonly<Record<string, string>>;
};

/** open: being written · proposed: a change request carries it · published: became a version · discarded: given up */
export type DraftState = "open" | "proposed" | "published" | "discarded";

/** `base`, or the slug of the environment whose overlay it is. */
export type Layer = "base" | (string & {});

/** Something wrong with a document, and where. */
export type Problem = {
  /** Which rule found it, for example `yaml.duplicate_key`, `schema`, `constraint`, `secret`, `model.unpinned`, `overlay.same`. */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** What was wrong and what would be right, in a sentence. */
  readonly message: string;
  readonly layer: Layer;
  /** JSON Pointer in the layer's document; absent when the text could not be read. */
  readonly pointer?: string;
  /** Environment whose effective configuration shows it; absent: the layer itself. */
  readonly environment?: string;
  /** 1-based; absent when the place has no text of its own. */
  readonly line?: number;
  readonly column?: number;
};

/** How a change of one parameter reads to a reviewer. */
export type ChangeMeaning = "added" | "removed" | "changed" | "relaxed" | "tightened" | "prompt" | "model";

/** One row of a comparison. */
export type ParameterChange = {
  readonly bundle: string;
  readonly pointer: string;
  /** Absent: the parameter is not there on that side. */
  readonly before?: Json;
  readonly after?: Json;
  readonly meaning: ChangeMeaning;
  /** Absent: the catalogue does not describe it. */
  readonly kind?: ParameterKind;
  readonly risk?: Risk;
  readonly tier?: Tier;
  readonly locked: boolean;
  readonly title?: string;
  readonly unit?: string;
  /** Signed distance towards less strict, in the parameter's units; absent without a direction. */
  readonly relaxation?: number;
  /** Slugs of the environments whose effective configuration differs here. */
  readonly environments: readonly string[];
};

/** Where a value of an effective configuration comes from. */
export type Provenance = Readonly<Record<string, Layer>>;

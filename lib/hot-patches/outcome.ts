import { type Json, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { Comparison } from "#lib/systems/model.ts";
import { type HotPatch, LIMITS, type PatchChange } from "./model.ts";

/** What live runtimes run, one entry for each digest. A digest whose document is not known says nothing. */
export type RunningDocument = { readonly instances: number; readonly document: JsonObject };

/** kept: policy leaves it until somebody decides · leaving: over, some runtimes have not let go of it yet */
export type Ending =
  | { readonly kind: "kept" }
  | { readonly kind: "leaving"; readonly instances: number; readonly until: Date }
  | { readonly kind: "reverted" | "absorbed" | "escalated"; readonly note: string };

export type EndingQuestion = {
  readonly patch: Pick<HotPatch, "changes" | "expiresAt" | "revertsAtExpiry">;
  /** What is declared without this patch. */
  readonly declared: JsonObject;
  readonly running: readonly RunningDocument[];
  /** How the catalogue has values compared. */
  readonly comparisonAt: (pointer: string) => Comparison | undefined;
  readonly now: Date;
};

/** Whether everything that a patch sets is what is declared without it. */
export function isDeclared(changes: readonly PatchChange[], declared: JsonObject): boolean {
  return changes.every(({ pointer, after }) => jsonEqual(getAt(declared, pointer), after));
}

/**
 * What becomes of a patch whose time is over. Runtimes get the reviewed state back whatever else is going on, freeze
 * windows included: these hold back changes, not the way back. What runtimes report decides what is recorded.
 */
export function endingOf(question: EndingQuestion): Ending {
  const { patch, declared, running, now } = question;
  if (isDeclared(patch.changes, declared)) return { kind: "absorbed", note: "What it set is declared now" };
  if (!patch.revertsAtExpiry) return { kind: "kept" };
  const foreign = foreignValue(question);
  if (foreign !== null) return { kind: "escalated", note: foreign };
  const holding = running
    .filter(({ document }) => patch.changes.some((change) => runs(question, change, document) === "patched"))
    .reduce((sum, { instances }) => sum + instances, 0);
  if (holding === 0) return { kind: "reverted", note: revertedNote(running) };
  const until = new Date(patch.expiresAt.getTime() + LIMITS.takeBackMinutes * 60_000);
  if (now.getTime() < until.getTime()) return { kind: "leaving", instances: holding, until };
  const who = holding === 1 ? "1 live runtime still runs" : `${holding} live runtimes still run`;
  return { kind: "escalated", note: `${who} it ${LIMITS.takeBackMinutes} minutes after its end` };
}

function revertedNote(running: readonly RunningDocument[]): string {
  const seen = running.reduce((sum, { instances }) => sum + instances, 0);
  if (seen === 0) return "What is declared is delivered again; no live runtime reports here";
  return seen === 1 ? "The live runtime reports what is declared" : `All ${seen} live runtimes report what is declared`;
}

/** Somebody else changed a patched parameter: a sentence, or null. */
function foreignValue(question: EndingQuestion): string | null {
  for (const change of question.patch.changes) {
    const instances = question.running
      .filter(({ document }) => runs(question, change, document) === "foreign")
      .reduce((sum, one) => sum + one.instances, 0);
    if (instances > 0) {
      const who = instances === 1 ? "1 live runtime runs" : `${instances} live runtimes run`;
      return `${who} ${change.pointer} with a value that is neither the patched nor the declared one`;
    }
  }
  return null;
}

/** Whether a document has everything that a patch sets. */
export function runsPatch(
  changes: readonly PatchChange[],
  document: JsonObject,
  comparisonAt: EndingQuestion["comparisonAt"],
): boolean {
  return changes.every(({ pointer, after }) => isSame(getAt(document, pointer), after, comparisonAt(pointer)));
}

function runs(
  { declared, comparisonAt }: EndingQuestion,
  { pointer, before, after }: PatchChange,
  document: JsonObject,
): "declared" | "patched" | "foreign" {
  const comparison = comparisonAt(pointer);
  const value = getAt(document, pointer);
  if (comparison?.owner === "runtime" || comparison?.isVolatile) return "declared";
  if (isSame(value, getAt(declared, pointer), comparison)) return "declared";
  if (isSame(value, after, comparison)) return "patched";
  // What was declared when it was filed: a runtime that has not heard of a deployment since.
  return isSame(value, before, comparison) ? "declared" : "foreign";
}

/** Equal as text too, because environment variables and files carry numbers so. */
function isSame(a: Json | undefined, b: Json | undefined, comparison: Comparison | undefined): boolean {
  if (jsonEqual(a, b)) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a === "object" || typeof b === "object") return false;
  const distance = Math.abs(Number(a) - Number(b));
  if (comparison?.tolerance !== undefined && distance <= comparison.tolerance) return true;
  return typeof a !== typeof b && (String(a) === String(b) || (typeof a !== "boolean" && distance === 0));
}

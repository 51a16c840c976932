import { setImmediate } from "node:timers/promises";
import { isInForce } from "#lib/hot-patches/effective.ts";
import type { PatchInEffect } from "#lib/hot-patches/model.ts";
import { sha256 } from "#lib/kernel/digest.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { DeclaredState } from "#lib/runtimes/declared.ts";
import type { Operation, Rules } from "#lib/systems/model.ts";
import { compareDocuments, type Found } from "./compare.ts";
import { fingerprintOf } from "./differences.ts";
import type { IgnoreRuleFacts } from "./ignore.ts";
import {
  type KnownDocument,
  knownDocuments,
  type ObservedDocument,
  observedDocuments,
  type PlaceNames,
} from "./place-store.ts";

/** What the documents of a place are compared with. */
export type Against = {
  readonly place: PlaceNames;
  readonly state: DeclaredState;
  /** Hot-patches that are over, newest first: what some runtime still runs of them is told as such. */
  readonly ended: readonly PatchInEffect[];
  readonly rules: Rules;
  readonly operation: Operation;
  /** Those in force. */
  readonly ignoreRules: readonly IgnoreRuleFacts[];
  /** Says which of these they hide. */
  readonly hidden: (found: readonly Found[]) => readonly Found[];
  readonly now: Date;
};

/** So many documents are held at a time; one may have 1 MiB. */
const AT_A_TIME = 25;
const REMEMBERED = 20_000;
/** A comparison with more differences than this is made again rather than kept. */
const WORTH_KEEPING = 100;
const remembered = new Map<string, readonly Found[]>();

/**
 * What differs in each of these documents, by digest; one that nobody has sent yet is not in the answer. A comparison is
 * made once for the same documents, rules, patches and ignore rules, whoever asks and however often.
 */
export async function compareReports(
  reader: Reader,
  against: Against,
  digests: readonly string[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const { place, state } = against;
  const compared = new Map<string, readonly Found[]>();
  const known = await knownDocuments(reader, place, digests);
  const context = contextOf(against);
  const missing: string[] = [];
  for (const digest of digests) {
    const before = remembered.get(keyOf(context, digest, known));
    if (before) compared.set(digest, before);
    else if (digest === state.declaredDigest || known.has(digest)) missing.push(digest);
  }
  for (let from = 0; from < missing.length; from += AT_A_TIME) {
    const batch = missing.slice(from, from + AT_A_TIME);
    for (const observed of await documentsOf(reader, against, batch)) {
      const result = compareOne(against, observed);
      for (const found of result) fingerprintOf(place, found);
      // Runtimes are served by the same process: nobody waits for more than one comparison.
      await setImmediate();
      compared.set(observed.digest, result);
      remember(keyOf(context, observed.digest, known), result);
    }
  }
  return compared;
}

/** Whoever runs exactly what is declared has sent nothing that would have to be read. */
async function documentsOf(
  reader: Reader,
  { place, state }: Against,
  digests: readonly string[],
): Promise<readonly ObservedDocument[]> {
  const read = await observedDocuments(reader, place, digests);
  if (!digests.includes(state.declaredDigest) || read.some((one) => one.digest === state.declaredDigest)) return read;
  return [...read, { digest: state.declaredDigest, document: state.declared, origins: {} }];
}

function compareOne(against: Against, observed: ObservedDocument): readonly Found[] {
  const { place, state, ended, rules, operation, ignoreRules, now } = against;
  const { document, origins } = observed;
  return compareDocuments({
    rules,
    bundle: place.bundle.slug,
    declared: state.declared,
    observed: document,
    undeclared: operation.undeclared,
    patches: [...state.patches, ...ended],
    snapshotEffective: state.snapshot.effective,
    origins,
    ignoreRules,
    environment: place.environment.slug,
    now,
  }).differences;
}

/** Names everything that a comparison depends on besides the observed document. */
function contextOf({ place, state, ended, operation, ignoreRules, now }: Against): string {
  const facts = JSON.stringify([
    place.environmentId,
    place.bundleId,
    place.rulesDigest,
    state.snapshot.id,
    [...state.patches, ...ended].map((patch) => [
      patch.id,
      patch.expiresAt.getTime(),
      patch.changes,
      isInForce(patch, now),
    ]),
    operation.undeclared,
    ignoreRules,
  ]);
  return sha256(facts).toString("base64url");
}

function keyOf(context: string, digest: string, known: ReadonlyMap<string, KnownDocument>): string {
  return `${digest} ${known.get(digest)?.originsKey ?? ""} ${context}`;
}

function remember(key: string, result: readonly Found[]): void {
  if (result.length > WORTH_KEEPING) return;
  const [oldest] = remembered.keys();
  if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, result);
}

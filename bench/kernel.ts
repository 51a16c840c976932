// Canonical form, digest, structural diff and three-way merge, each beside the least that any way of doing it must do.
import { isDeepStrictEqual } from "node:util";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { diffJson } from "#lib/kernel/diff.ts";
import { digestOf, sha256 } from "#lib/kernel/digest.ts";
import type { Json } from "#lib/kernel/json.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import { mergeThreeWay } from "#lib/kernel/three-way.ts";
import { configurationOf, editedFrom, reordered } from "./support/document.ts";
import { type Figure, report, rounded } from "./support/report.ts";
import { medianMicroseconds } from "./support/steady.ts";

const sizes = [1_000, 10_000];

type Measured = { readonly what: string; readonly work: () => unknown; readonly floor: () => unknown };

/** A document that shares nothing with the other one, as when both were read from the database. */
function readAgain(document: Json): Json {
  return JSON.parse(JSON.stringify(document)) as Json;
}

function flattened(document: Json): ReadonlyMap<string, string> {
  return new Map(leavesOf(document).map(({ pointer, value }) => [pointer, JSON.stringify(value)]));
}

/** What one would write first: both sides as flat maps, compared key by key. */
function naiveDiff(before: Json, after: Json): number {
  const [left, right] = [flattened(before), flattened(after)];
  let differences = 0;
  for (const [pointer, value] of left) if (right.get(pointer) !== value) differences++;
  for (const pointer of right.keys()) if (!left.has(pointer)) differences++;
  return differences;
}

function besideFloor({ what, work, floor }: Measured, parameters: number): Figure {
  const [time, least] = [medianMicroseconds(work), medianMicroseconds(floor)];
  const name = `${what}, ${parameters.toLocaleString("en")}`;
  return { name, "p50 µs": time, "floor µs": least, "times the floor": rounded(time / least) };
}

/** Floors: JSON's own serialiser for the canonical form; for the digest, that and the hash of the bytes. */
function spelling(parameters: number): readonly Figure[] {
  const document = reordered(configurationOf(parameters));
  const bytes = Buffer.from(canonicalJson(document));
  const stringify = () => JSON.stringify(document);
  const measured: readonly Measured[] = [
    { what: "canonical form", work: () => canonicalJson(document), floor: stringify },
    { what: "digest", work: () => digestOf(document), floor: () => [stringify(), sha256(bytes)] },
  ];
  return measured.map((one) => besideFloor(one, parameters));
}

/** The floor: walking two documents side by side, once for each pair, only to learn that they are equal. */
function comparing(parameters: number): readonly Figure[] {
  const document = configurationOf(parameters);
  const [copy, another] = [readAgain(document), readAgain(document)];
  const [ours, theirs] = [readAgain(editedFrom(document, 7)), readAgain(editedFrom(document, 23))];
  const walk = () => isDeepStrictEqual(document, copy);
  const walkTwice = () => [walk(), isDeepStrictEqual(document, another)];
  const measured: readonly Measured[] = [
    { what: "diff, one in fifty changed", work: () => diffJson(document, ours), floor: walk },
    { what: "diff of equal documents", work: () => diffJson(document, copy), floor: walk },
    { what: "diff by flat maps, for comparison", work: () => naiveDiff(document, ours), floor: walk },
    { what: "three-way merge", work: () => mergeThreeWay(document, ours, theirs), floor: walkTwice },
  ];
  return measured.map((one) => besideFloor(one, parameters));
}

report("kernel", {
  "Canonical form and digest, by parameters (floor: JSON.stringify, and SHA-256 for the digest)":
    sizes.flatMap(spelling),
  "Diff and merge, by parameters (floor: one walk over each pair of documents)": sizes.flatMap(comparing),
});

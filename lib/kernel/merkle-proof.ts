import { assertWithin, type CompactRange, foldRight } from "./merkle.ts";

/**
 * Reads the root of a complete subtree: at `level` n, `index` i, the one over the leaves from i·2ⁿ up to (i+1)·2ⁿ.
 * Level 0 are the leaf hashes. Every node that is asked for lies wholly inside the tree.
 */
export type HashReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** The leaves from `start` up to, without, `end`. */
type Span = { readonly start: number; readonly end: number };

/**
 * The inclusion proof of the leaf at `index` in the tree of the first `size` leaves, from the leaf upwards
 * (RFC 9162 §2.1.3.1). Reads O(log size) nodes. Throws `Refusal` "invalid" when there is no such leaf.
 */
export function inclusionProof(index: number, size: number, getHash: HashReader): Promise<readonly Uint8Array[]> {
  assertWithin(index + 1, size);
  return readSpans(inclusionSpans(index, { start: 0, end: size }), getHash);
}

function inclusionSpans(index: number, span: Span): readonly Span[] {
  if (span.end - span.start === 1) return [];
  const [left, right] = split(span);
  return index < right.start ? [...inclusionSpans(index, left), right] : [...inclusionSpans(index, right), left];
}

/**
 * The proof that the first `size1` leaves are the beginning of the first `size2` (RFC 9162 §2.1.4.1); empty for equal
 * sizes. Reads O(log size2) nodes. Throws `Refusal` "invalid" unless `0 < size1 <= size2`.
 */
export function consistencyProof(size1: number, size2: number, getHash: HashReader): Promise<readonly Uint8Array[]> {
  assertWithin(size1, size2);
  return readSpans(consistencySpans(size1, { start: 0, end: size2 }), getHash);
}

function consistencySpans(size1: number, span: Span): readonly Span[] {
  // The subtree that the older tree ends with needs no hash of its own where it is the older tree itself.
  if (span.end === size1) return span.start === 0 ? [] : [span];
  const [left, right] = split(span);
  return size1 <= right.start ? [...consistencySpans(size1, left), right] : [...consistencySpans(size1, right), left];
}

/** What a log needs to grow from this size on (see `CompactRange`), read back from its stored nodes. */
export async function readRange(size: number, getHash: HashReader): Promise<CompactRange> {
  return { size, hashes: await readNodes({ start: 0, end: size }, getHash) };
}

/** Splits at the largest power of two that is smaller than the number of leaves (RFC 9162 §2.1.1). */
function split({ start, end }: Span): readonly [Span, Span] {
  const middle = start + largestPowerOfTwo(end - start - 1);
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}

function largestPowerOfTwo(limit: number): number {
  let power = 1;
  while (power * 2 <= limit) power *= 2;
  return power;
}

function readSpans(spans: readonly Span[], getHash: HashReader): Promise<readonly Uint8Array[]> {
  return Promise.all(spans.map((span) => rootOfSpan(span, getHash)));
}

async function rootOfSpan(span: Span, getHash: HashReader): Promise<Uint8Array> {
  const root = foldRight(await readNodes(span, getHash));
  if (!root) throw new Error("A span of a tree has at least one leaf");
  return root;
}

/** The complete subtrees that make up a span, left to right. Splitting makes spans that start where these align. */
function readNodes({ start, end }: Span, getHash: HashReader): Promise<readonly Uint8Array[]> {
  const nodes: (Uint8Array | Promise<Uint8Array>)[] = [];
  let at = start;
  while (at < end) {
    const width = largestPowerOfTwo(end - at);
    nodes.push(getHash(Math.log2(width), at / width));
    at += width;
  }
  return Promise.all(nodes);
}

/** Above this many lines only the visible ones are in the document. */
const WINDOWED_ABOVE = 2000;
/** Above this many changed lines folding takes seconds; the reader decides whether to wait. */
const ASK_ABOVE = 1500;

export type DiffSize = { readonly lines: number; readonly isWindowed: boolean; readonly isHeavy: boolean };

/** A quick estimate, linear in the size of the texts: lines of either side that the other does not have. */
export function diffSize(before: string, after: string): DiffSize {
  const left = before.split("\n");
  const right = after.split("\n");
  const inLeft = new Set(left);
  const inRight = new Set(right);
  const changed = left.filter((line) => !inRight.has(line)).length + right.filter((line) => !inLeft.has(line)).length;
  const lines = Math.max(left.length, right.length);
  return { lines, isWindowed: lines > WINDOWED_ABOVE, isHeavy: changed > ASK_ABOVE };
}

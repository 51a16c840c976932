import { hashLength } from "./merkle.ts";
import { strictBase64 } from "./note.ts";
import { Refusal } from "./refusal.ts";

/** What a log says of itself: which log it is, how many entries it has, and the root of the tree over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/**
 * The text of a checkpoint (C2SP tlog-checkpoint): origin, size and base64 of the root, a line each. Sign it with
 * `signNote`. Throws `Refusal` "invalid" when it could not be read back.
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
  parseCheckpoint(text);
  return text;
}

/** Reads a checkpoint's text, which has exactly the three lines. Throws `Refusal` "invalid" for anything else. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", digits = "", encoded = "", end, ...more] = text.split("\n");
  if (end !== "" || more.length > 0) {
    throw new Refusal("invalid", "A checkpoint has three lines: the log's origin, its size and its root");
  }
  if (origin === "") throw new Refusal("invalid", "The first line of a checkpoint names the log; it is empty");
  const size = Number(digits);
  if (!/^(0|[1-9]\d*)$/.test(digits) || !Number.isSafeInteger(size)) {
    throw new Refusal("invalid", `The second line of a checkpoint is the log's size in digits, not "${digits}"`);
  }
  const root = strictBase64(encoded);
  if (root?.length !== hashLength) {
    throw new Refusal("invalid", "The third line of a checkpoint is the root: base64 of 32 bytes");
  }
  return { origin, size, root };
}

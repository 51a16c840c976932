import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { hashLength, leafHash, verifyInclusion } from "./merkle.ts";
import { strictBase64, verifyNote } from "./note.ts";
import { Refusal } from "./refusal.ts";

const header = "c2sp.org/tlog-proof@v1";

/** That one entry is in the log, in a single text (C2SP tlog-proof). */
export type PortableProof = {
  /** The entry itself, so that the text needs nothing beside it. */
  readonly entry: Uint8Array;
  /** Position of the leaf, from 0. */
  readonly index: number;
  /** From the leaf upwards. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint that the proof leads to. */
  readonly checkpoint: string;
};

/** Header, the entry as `extra`, index, hashes, an empty line, the signed checkpoint. */
export function formatPortableProof({ entry, index, proof, checkpoint }: PortableProof): string {
  const lines = [header, `extra ${toBase64(entry)}`, `index ${index}`, ...proof.map(toBase64)];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** Reads the text. Throws `Refusal` "invalid" for anything that `formatPortableProof` does not write. */
export function parsePortableProof(text: string): PortableProof {
  const end = text.indexOf("\n\n");
  const [first, extra = "", place = "", ...hashes] = (end === -1 ? "" : text.slice(0, end)).split("\n");
  if (first !== header) throw new Refusal("invalid", `A proof starts with ${header} and ends with a checkpoint`);
  const entry = extra.startsWith("extra ") ? strictBase64(extra.slice("extra ".length)) : undefined;
  const index = /^index (0|[1-9]\d{0,14})$/.exec(place)?.[1];
  if (!entry || index === undefined) {
    throw new Refusal("invalid", 'The second line of a proof is "extra" with the event, the third its "index"');
  }
  const proof = hashes.map((line) => {
    const hash = strictBase64(line);
    if (hash?.length !== hashLength) throw new Refusal("invalid", `"${line}" is not a hash: base64 of 32 bytes`);
    return hash;
  });
  return { entry, index: Number(index), proof, checkpoint: text.slice(end + 2) };
}

/**
 * Checks signature and inclusion against the public keys that one trusts; answers the checkpoint that vouches.
 * Throws `Refusal` "invalid" when either does not hold.
 */
export function verifyPortableProof(given: PortableProof, vkeys: readonly string[]): Checkpoint {
  const checkpoint = parseCheckpoint(verifyNote(given.checkpoint, vkeys).text);
  const { size, root } = checkpoint;
  const leaf = leafHash(given.entry);
  if (!verifyInclusion({ index: given.index, size, leaf, proof: given.proof, root })) {
    throw new Refusal(
      "invalid",
      `Event ${given.index} is not what the checkpoint of ${size} events holds at that index`,
    );
  }
  return checkpoint;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

// Checks an export of the audit log offline. It needs Node, this file and lib/kernel; it trusts the public keys alone.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseCheckpoint } from "#lib/kernel/checkpoint.ts";
import { appendAll, type CompactRange, hashLength, leafHash, rootOfRange } from "#lib/kernel/merkle.ts";
import { parseVerifierKey, strictBase64, verifyNote } from "#lib/kernel/note.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { parsePortableProof, verifyPortableProof } from "#lib/kernel/tlog-proof.ts";

/** 0: everything fits · 1: it does not · 2: there was nothing to check it with */
export type Verdict = { readonly code: 0 | 1 | 2; readonly message: string };

export type VerifyRequest = {
  /** An export, a folder that holds one as audit-log.ndjson, or a portable proof of one event. */
  readonly path: string;
  /** Every key that is trusted: where the log's key was changed, each signed a stretch of it. */
  readonly vkeys: readonly string[];
  /** File of an older checkpoint, kept by whoever verifies. */
  readonly since?: string;
};

/** What does not fit, and the first index at which it does not where that can be told. */
function misfit(message: string): Refusal {
  return new Refusal("invalid", message);
}

/** Checks an export or a proof. Throws for nothing but an outage, such as a disk that cannot be read. */
export async function verifyExport({ path, vkeys, since }: VerifyRequest): Promise<Verdict> {
  try {
    vkeys.forEach(parseVerifierKey);
  } catch (error) {
    return { code: 2, message: `--key cannot be used: ${error instanceof Error ? error.message : String(error)}` };
  }
  const found = await stat(path).catch(() => null);
  if (!found) return { code: 2, message: `There is no file or folder ${path}` };
  try {
    const file = found.isDirectory() ? join(path, "audit-log.ndjson") : path;
    if (file.endsWith(".tlog-proof")) return await verifyProofFile(file, vkeys);
    const older = since === undefined ? undefined : await readCheckpoint(since, vkeys);
    return { code: 0, message: await verifyLog(createLines(file), vkeys, older) };
  } catch (error) {
    if (error instanceof Refusal) return { code: 1, message: error.message };
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { code: 2, message: error.message };
    throw error;
  }
}

async function verifyProofFile(file: string, vkeys: readonly string[]): Promise<Verdict> {
  const proof = parsePortableProof(await readFile(file, "utf8"));
  const { origin, size } = verifyPortableProof(proof, vkeys);
  return { code: 0, message: `Event ${proof.index} is in the log ${origin}, under its checkpoint of ${size} events` };
}

async function readCheckpoint(
  file: string,
  vkeys: readonly string[],
): Promise<{ readonly size: number; readonly root: Uint8Array }> {
  return parseCheckpoint(verifyNote(await readFile(file, "utf8"), vkeys).text);
}

function createLines(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}

/** `size`: how many events the file says there are, those before `from` included. It proves nothing, but names a cut. */
type Head = { readonly from: number; readonly size: number; readonly range: CompactRange };

async function verifyLog(
  lines: AsyncIterable<string>,
  vkeys: readonly string[],
  older: { readonly size: number; readonly root: Uint8Array } | undefined,
): Promise<string> {
  let head: Head | undefined;
  let range: CompactRange = { size: 0, hashes: [] };
  let [signed, checkpoints] = [0, 0];
  let isOlderSeen = false;
  const compareOlder = () => {
    if (older?.size !== range.size) return;
    if (!rootOfRange(range).equals(older.root)) {
      throw misfit(`The first ${older.size} events are not those of your older checkpoint: history was rewritten`);
    }
    isOlderSeen = true;
  };
  for await (const line of lines) {
    if (!head) {
      head = readHead(line);
      range = head.range;
      compareOlder();
      continue;
    }
    const entry = readEntry(line, range.size);
    if ("leaf" in entry) {
      range = appendAll(range, [entry.leaf]);
      compareOlder();
      continue;
    }
    const { size, root } = readNote(entry.checkpoint, vkeys, range.size);
    if (size !== range.size || !rootOfRange(range).equals(root)) {
      throw misfit(`Index ${signed}: between here and ${range.size - 1} an event is not what was signed`);
    }
    [signed, checkpoints] = [size, checkpoints + 1];
  }
  if (!head) throw misfit("The file is empty");
  if (range.size < head.size) {
    throw misfit(`Index ${range.size}: the file ends here and says itself that there are ${head.size} events`);
  }
  if (signed !== range.size || checkpoints === 0) {
    throw misfit(`Index ${signed}: no checkpoint covers the events from here on`);
  }
  if (older && !isOlderSeen) throw misfit(notReached(older.size, head.from, signed));
  const events = `${signed - head.from} events (index ${head.from} to ${signed - 1}) under ${checkpoints} checkpoints`;
  return older ? `${events} fit, and continue your older checkpoint of ${older.size} events` : `${events} fit`;
}

function notReached(older: number, from: number, size: number): string {
  return older > size
    ? `Index ${size}: your older checkpoint covers ${older} events, but the log ends here: the end was cut off`
    : `Your older checkpoint covers ${older} events; export from index ${older} or before, not from ${from}`;
}

function readHead(line: string): Head {
  const { format, from, size, range } = parseObject(line, 0);
  const isHead = format === "plumbline-audit-log/1" && typeof from === "number" && typeof size === "number";
  if (!isHead || !Array.isArray(range)) {
    throw misfit("The first line is not the head of an exported audit log");
  }
  const hashes = range.map((text: unknown) => (typeof text === "string" ? strictBase64(text) : undefined));
  const ones = from.toString(2).replaceAll("0", "").length;
  if (!Number.isSafeInteger(from) || from < 0 || hashes.length !== ones) throw misfit("The head is not well formed");
  return {
    from,
    size,
    range: {
      size: from,
      hashes: hashes.map((hash) => {
        if (hash?.length !== hashLength) throw misfit("The head holds something that is not a hash");
        return hash;
      }),
    },
  };
}

type Entry = { readonly leaf: Uint8Array } | { readonly checkpoint: string };

function readEntry(line: string, next: number): Entry {
  const { index, hash, event, checkpoint } = parseObject(line, next);
  if (typeof checkpoint === "string") return { checkpoint };
  if (typeof event !== "string") throw misfit(`Index ${next}: this line is neither an event nor a checkpoint`);
  if (index !== next) throw misfit(`Index ${next}: the event is missing; the next one in the file is ${index}`);
  // The hash in the file proves nothing, but names the very event where someone changed one and not the other.
  const leaf = leafHash(event);
  if (hash !== leaf.toString("hex"))
    throw misfit(`Index ${next}: the event is not what its hash says; one was changed`);
  return { leaf };
}

function readNote(
  note: string,
  vkeys: readonly string[],
  next: number,
): { readonly size: number; readonly root: Uint8Array } {
  try {
    return parseCheckpoint(verifyNote(note, vkeys).text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw misfit(`Index ${next - 1}: the checkpoint after it is not genuine: ${error.message}`);
  }
}

function parseObject(line: string, next: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below, with its place.
  }
  throw misfit(`Index ${next}: this line of the file cannot be read as JSON`);
}

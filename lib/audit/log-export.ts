import { lastCheckpoint } from "#lib/audit/checkpoints.ts";
import { storedTiles } from "#lib/audit/tiles.ts";
import { readRange } from "#lib/kernel/merkle-proof.ts";
import { hashesInTiles } from "#lib/kernel/merkle-tiles.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { inSnapshot, type Snapshot } from "#lib/platform/snapshot.ts";

/** First line of the format that `plumbline audit verify` reads. */
export const logFormat = "plumbline-audit-log/1";

type EventLine = { readonly leaf_index: string; readonly hash: string; readonly canonical: string };
type CheckpointLine = { readonly size: string; readonly note: string };

/**
 * The log as NDJSON, up to its newest checkpoint. First `{format, from, size, range}`: `range` holds the hashes
 * (base64) that stand for the events before `from`. Then in order of the index `{index, hash, event}`, `event` being
 * the canonical form as a text and `hash` its leaf hash in hex, and each `{checkpoint}` right after the last event that it covers.
 * @throws Refusal `conflict` while nothing is signed, `invalid` when `from` lies beyond what is signed
 */
export async function logLines(from: number): Promise<AsyncGenerator<string, void, undefined>> {
  const last = await lastCheckpoint(database());
  if (!last) throw new Refusal("conflict", "No checkpoint was signed yet; try again in half a minute");
  if (from >= last.size) {
    throw new Refusal("invalid", `The newest checkpoint covers ${last.size} events: from must be below that`);
  }
  const range = await readRange(from, hashesInTiles(storedTiles(database())));
  const head = {
    format: logFormat,
    from,
    size: last.size,
    range: range.hashes.map((hash) => Buffer.from(hash).toString("base64")),
  };
  return inSnapshot((snapshot) => lines(snapshot, head));
}

async function* lines(
  snapshot: Snapshot,
  head: { readonly from: number; readonly size: number },
): AsyncGenerator<string, void, undefined> {
  const { from, size } = head;
  yield `${JSON.stringify(head)}\n`;
  const checkpoints = await snapshot.rows<CheckpointLine>(Prisma.sql`
    SELECT size, note FROM audit_checkpoint WHERE size > ${from} AND size <= ${size} ORDER BY size`);
  const noteAt = new Map(checkpoints.map((one) => [Number(one.size), one.note]));
  const events = Prisma.sql`
    SELECT l.leaf_index, encode(l.leaf_hash, 'hex') AS hash, e.canonical FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id
    WHERE l.leaf_index >= ${from} AND l.leaf_index < ${size} ORDER BY l.leaf_index`;
  for await (const batch of snapshot.batches<EventLine>(events, 500)) {
    let text = "";
    for (const { leaf_index, hash, canonical } of batch) {
      const index = Number(leaf_index);
      text += `${JSON.stringify({ index, hash, event: canonical })}\n`;
      const note = noteAt.get(index + 1);
      if (note !== undefined) text += `${JSON.stringify({ checkpoint: note })}\n`;
    }
    yield text;
  }
}

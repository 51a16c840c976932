import type { Actor } from "#lib/access/actor.ts";
import { recordExport, recordLogExport } from "#lib/audit/commands.ts";
import { resolveFilter, whereOf } from "#lib/audit/conditions.ts";
import { csvLine } from "#lib/audit/csv.ts";
import { ExportEvents, type ExportFormat, ExportLog, ShowEvent } from "#lib/audit/input.ts";
import { logLines } from "#lib/audit/log-export.ts";
import { type OcsfSource, ocsfOf } from "#lib/audit/ocsf.ts";
import { showEventProof } from "#lib/audit/queries.ts";
import { auditScopes } from "#lib/audit/rules.ts";
import { database } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { inSnapshot, type Snapshot } from "#lib/platform/snapshot.ts";

/** A file that is made while it is sent. Cancelling the body ends the reading. */
export type Download = {
  readonly contentType: string;
  readonly fileName: string;
  readonly body: ReadableStream<Uint8Array>;
};

const contentTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson",
  ocsf: "application/x-ndjson",
};

/**
 * Exactly the events that a filter lets through and the actor may read, newest first, through a server-side cursor.
 * The export itself is on record before the first byte. @throws Refusal `forbidden`, `invalid` or `not_found`
 */
export async function exportEvents(actor: Actor, raw: unknown, now: Date = new Date()): Promise<Download> {
  await recordExport(actor, raw, { now });
  const { format, ...filter } = ExportEvents.parse(raw);
  const where = whereOf(await resolveFilter(database(), filter, auditScopes(actor)));
  const lines = inSnapshot((snapshot) => eventLines(snapshot, where, format));
  const ending = format === "ocsf" ? "ocsf.ndjson" : format;
  return download(lines, { contentType: contentTypes[format], fileName: `audit-${dayOf(now)}.${ending}` });
}

/**
 * The log for offline verification: every event from an index on up to the newest checkpoint, in its canonical form.
 * @throws Refusal `forbidden` or `invalid`, `conflict` while nothing is signed
 */
export async function exportLog(actor: Actor, raw: unknown, now: Date = new Date()): Promise<Download> {
  await recordLogExport(actor, raw, { now });
  const { from } = ExportLog.parse(raw);
  const lines = await logLines(from);
  return download(lines, { contentType: "application/x-ndjson", fileName: `audit-log-${dayOf(now)}.ndjson` });
}

/** The proof that one event is in the log, as a file. @throws Refusal as `showEventProof` does */
export async function exportProof(actor: Actor, raw: unknown): Promise<Download> {
  const { proof } = await showEventProof(actor, raw);
  const { id } = ShowEvent.parse(raw);
  const body = new Blob([proof]).stream();
  return { contentType: "text/plain; charset=utf-8", fileName: `event-${id}.tlog-proof`, body };
}

function download(lines: AsyncGenerator<string>, about: Omit<Download, "body">): Download {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return { ...about, body };
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

type ExportRow = OcsfSource & {
  readonly canonical: string;
  readonly system: string | null;
  readonly change: number | null;
};

const csvHeader = [
  ...["time", "event", "leaf_index", "actor_kind", "actor_id", "actor", "channel", "address", "request", "command"],
  ...["action", "subject", "summary", "system", "environment", "change", "incident", "reason", "detail", "hash"],
] as const;

async function* eventLines(
  snapshot: Snapshot,
  where: Prisma.Sql,
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  if (format === "csv") yield csvLine(csvHeader);
  const rows = Prisma.sql`
    SELECT e.*, s.slug AS system, c.number AS change, l.leaf_index
    FROM (SELECT * FROM audit_event WHERE ${where} ORDER BY occurred_at DESC, id DESC) e
    LEFT JOIN system s ON s.id = e.system_id
    LEFT JOIN change_request c ON c.id = e.change_request_id
    LEFT JOIN audit_leaf l ON l.event_id = e.id
    ORDER BY e.occurred_at DESC, e.id DESC`;
  for await (const batch of snapshot.batches<ExportRow>(rows, 500)) {
    yield batch.map((row) => lineOf(row, format)).join("");
  }
}

function lineOf(row: ExportRow, format: ExportFormat): string {
  switch (format) {
    case "csv":
      return csvLine(cellsOf(row));
    case "ndjson": {
      const index = row.leaf_index === null ? null : Number(row.leaf_index);
      const head = JSON.stringify({ id: row.id, index, hash: row.leaf_hash.toString("hex") });
      // The canonical form goes out as it is: its bytes are what the hash is of.
      return `${head.slice(0, -1)},"event":${row.canonical}}\n`;
    }
    case "ocsf":
      return `${JSON.stringify(ocsfOf(row))}\n`;
  }
}

function cellsOf(row: ExportRow): readonly (string | null)[] {
  return [
    ...[row.occurred_at.toISOString(), row.id, row.leaf_index, row.actor_kind, row.actor_id, row.actor_name],
    ...[row.channel, row.address, row.request_id, row.command, row.action, `${row.subject_type}:${row.subject_id}`],
    ...[row.summary, row.system, row.environment, row.change === null ? null : String(row.change), row.incident],
    ...[row.reason, JSON.stringify(row.detail), row.leaf_hash.toString("hex")],
  ];
}

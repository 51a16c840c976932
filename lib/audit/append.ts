import type { Actor } from "#lib/access/actor.ts";
import type { AuditLine, CanonicalEvent } from "#lib/audit/model.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { leafHash } from "#lib/kernel/merkle.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";

/** Who did it, with which command, when. */
export type Doing = { readonly actor: Actor; readonly command: string; readonly now: Date };

/** The event that a line becomes: exactly what its leaf in the Merkle tree commits to. */
export function canonicalEvent({ actor, command, now }: Doing, line: AuditLine): CanonicalEvent {
  return {
    version: 1,
    occurredAt: now.toISOString(),
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    channel: actor.channel,
    address: actor.address,
    requestId: actor.requestId,
    command,
    action: line.action,
    subject: line.subject,
    summary: line.summary,
    systemId: line.systemId ?? null,
    environment: line.environment ?? null,
    changeRequestId: line.changeRequestId ?? null,
    incident: line.incident ?? null,
    reason: line.reason ?? null,
    detail: line.detail ?? {},
  };
}

/** Far below PostgreSQL's 65,535 parameters a statement. */
const mostLinesAtOnce = 500;

/** Appends the events of one command. A trigger queues each for the sequencer. */
export async function appendAudit(tx: Tx, doing: Doing, lines: readonly [AuditLine, ...AuditLine[]]): Promise<void> {
  for (let from = 0; from < lines.length; from += mostLinesAtOnce) {
    const rows = lines.slice(from, from + mostLinesAtOnce).map((line) => rowOf(doing.now, canonicalEvent(doing, line)));
    await tx.$executeRaw`
      INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, address, request_id, command,
        action, subject_type, subject_id, summary, system_id, environment, change_request_id, incident, reason, detail,
        canonical, leaf_hash)
      VALUES ${Prisma.join(rows)}`;
  }
}

function rowOf(now: Date, event: CanonicalEvent): Prisma.Sql {
  const canonical = canonicalJson(event);
  // The database's text has no NUL; the log must say exactly what the canonical form says.
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(canonical)) {
    throw new Refusal("invalid", "A text holds the character U+0000, which cannot be recorded; remove it");
  }
  const { actor, subject } = event;
  return Prisma.sql`(${now}::timestamptz, ${actor.kind}, ${actor.id}, ${actor.name}, ${event.channel}, ${event.address},
    ${event.requestId}, ${event.command}, ${event.action}, ${subject.type}, ${subject.id}, ${event.summary},
    ${event.systemId}::uuid, ${event.environment}, ${event.changeRequestId}::uuid, ${event.incident}, ${event.reason},
    ${JSON.stringify(event.detail)}::jsonb, ${canonical}, ${leafHash(canonical)}::bytea)`;
}

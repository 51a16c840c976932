import type { Actor } from "#lib/access/actor.ts";
import type { AuditLine, CanonicalEvent } from "#lib/audit/model.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { leafHash } from "#lib/kernel/merkle.ts";
import type { Tx } from "#lib/platform/db.ts";

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

/** Appends the events of one command. A trigger queues each for the sequencer. */
export async function appendAudit(tx: Tx, doing: Doing, lines: readonly [AuditLine, ...AuditLine[]]): Promise<void> {
  await tx.auditEvent.createMany({
    data: lines.map((line) => {
      const event = canonicalEvent(doing, line);
      const canonical = canonicalJson(event);
      return {
        occurredAt: doing.now,
        actorKind: event.actor.kind,
        actorId: event.actor.id,
        actorName: event.actor.name,
        channel: event.channel,
        address: event.address,
        requestId: event.requestId,
        command: event.command,
        action: event.action,
        subjectType: event.subject.type,
        subjectId: event.subject.id,
        summary: event.summary,
        systemId: event.systemId,
        environment: event.environment,
        changeRequestId: event.changeRequestId,
        incident: event.incident,
        reason: event.reason,
        detail: event.detail ?? Prisma.JsonNull,
        canonical,
        leafHash: new Uint8Array(leafHash(Buffer.from(canonical, "utf8"))),
      };
    }),
  });
}

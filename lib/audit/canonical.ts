import type { CanonicalEvent } from "#lib/audit/model.ts";
import type { Json } from "#lib/kernel/json.ts";

/** The columns of an event that its canonical form is made of. */
export type EventColumns = {
  readonly occurred_at: Date;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly channel: string;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly command: string;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly summary: string;
  readonly system_id: string | null;
  readonly environment: string | null;
  readonly change_request_id: string | null;
  readonly incident: string | null;
  readonly reason: string | null;
  readonly detail: Json;
};

/** The event as it was appended, made again from its columns. */
export function eventFromColumns(row: EventColumns): CanonicalEvent {
  return {
    version: 1,
    occurredAt: row.occurred_at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    channel: row.channel,
    address: row.address,
    requestId: row.request_id,
    command: row.command,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    summary: row.summary,
    systemId: row.system_id,
    environment: row.environment,
    changeRequestId: row.change_request_id,
    incident: row.incident,
    reason: row.reason,
    detail: row.detail,
  };
}

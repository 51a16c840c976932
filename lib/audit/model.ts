import type { Json } from "#lib/kernel/json.ts";

/** What a command says about what it did. At least one for every command. */
export type AuditLine = {
  /** In the past tense, for example `change.approved`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  /** A sentence for people, without a full stop. */
  readonly summary: string;
  readonly systemId?: string;
  /** Slug. */
  readonly environment?: string;
  readonly changeRequestId?: string;
  readonly incident?: string;
  readonly reason?: string;
  /** What changed: `{ changes: [{pointer, before?, after?}] }` where there is a before and an after. */
  readonly detail?: Json;
};

/** The event as the Merkle tree hashes it, in RFC 8785 canonical JSON. Null where there is nothing to say. */
export type CanonicalEvent = {
  readonly version: 1;
  readonly occurredAt: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly channel: string;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly command: string;
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly summary: string;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly changeRequestId: string | null;
  readonly incident: string | null;
  readonly reason: string | null;
  /** `{}` where there is nothing more to say. */
  readonly detail: Json;
};

/** An event as lists show it. */
export type EventRow = {
  /** Digits; it grows with time, with gaps. */
  readonly id: string;
  readonly occurredAt: Date;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly channel: string;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly command: string;
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly summary: string;
  readonly system: { readonly id: string; readonly slug: string; readonly name: string } | null;
  readonly environment: string | null;
  readonly change: { readonly id: string; readonly number: number; readonly title: string } | null;
  readonly incident: string | null;
  readonly reason: string | null;
  /** null: too large for a list; the event's own page has it. */
  readonly detail: Json;
  /** Hexadecimal. */
  readonly leafHash: string;
  /** Position in the Merkle tree; null until it is sequenced. */
  readonly leafIndex: number | null;
};

export type EventPage = {
  readonly events: readonly EventRow[];
  /** Cursor of the next page back in time; null on the last one. */
  readonly older: string | null;
  /** Cursor of the next page forward in time; null on the newest one. */
  readonly newer: string | null;
};

/** One thing that changed, as `detail.changes` names it. */
export type RecordedChange = { readonly pointer: string; readonly before?: Json; readonly after?: Json };

/** The before and after of an event; empty where it names none. */
export function changesOf(detail: Json): readonly RecordedChange[] {
  if (typeof detail !== "object" || detail === null || !("changes" in detail)) return [];
  const { changes } = detail;
  if (!Array.isArray(changes)) return [];
  return changes.flatMap((one: Json) => {
    if (typeof one !== "object" || one === null || !("pointer" in one) || typeof one.pointer !== "string") return [];
    return [
      {
        pointer: one.pointer,
        ...("before" in one && { before: one.before }),
        ...("after" in one && { after: one.after }),
      },
    ];
  });
}

/** What a check of the whole log found. `index` null: no single event can be named. */
export type Misfit = { readonly index: number | null; readonly eventId: string | null; readonly problem: string };

/** requested: waits for a worker · running · sound: everything fits · broken: `misfit` says what does not */
export type CheckState = "requested" | "running" | "sound" | "broken";
export type LogCheck = {
  readonly state: CheckState;
  /** Events checked so far, and how many there are. */
  readonly checked: number;
  readonly size: number;
  readonly requestedBy: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly misfit: Misfit | null;
};

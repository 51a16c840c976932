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
  readonly detail: Json;
};

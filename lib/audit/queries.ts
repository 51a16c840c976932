import { z } from "zod";
import { may } from "#lib/access/may.ts";
import { countEvents, type EventCount, findEvent, neighboursOf, pageOfEvents } from "#lib/audit/browse.ts";
import { checkpointCovering, lastCheckpoint, publicKeys } from "#lib/audit/checkpoints.ts";
import { latestCheck } from "#lib/audit/checks.ts";
import { resolveFilter, whereOf } from "#lib/audit/conditions.ts";
import { type AuditFacets, auditFacets } from "#lib/audit/facets.ts";
import { AuditFilter, ListEvents, ShowConsistency, ShowEvent } from "#lib/audit/input.ts";
import type { EventPage, EventRow, LogCheck } from "#lib/audit/model.ts";
import { consistencyOf, portableProofOf } from "#lib/audit/proofs.ts";
import { auditScopes, mayReadEvent } from "#lib/audit/rules.ts";
import { treeHead } from "#lib/audit/tiles.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";

/** A page of the log under a filter, newest first. */
export const listAuditEvents = query(
  {
    name: "audit.list",
    may: "audit:read",
    on: "anywhere",
    input: ListEvents,
    summary: "Browse the audit log, newest first, by any combination of filters",
    http: { method: "GET", path: "/audit/events" },
  },
  async ({ db, actor, input: { after, before, limit, ...filter } }): Promise<EventPage> => {
    const where = whereOf(await resolveFilter(db, filter, auditScopes(actor)));
    return pageOfEvents(db, { where, after, before, limit });
  },
);

/** How many events a filter lets through, counted no further than 10,000, with words no further than 1,000. */
export const countAuditEvents = query(
  {
    name: "audit.count",
    may: "audit:read",
    on: "anywhere",
    input: AuditFilter,
    summary: "Count the events that a filter lets through, up to 10,000, with words up to 1,000",
    http: { method: "GET", path: "/audit/count" },
  },
  async ({ db, actor, input }): Promise<EventCount> => {
    const where = whereOf(await resolveFilter(db, input, auditScopes(actor)));
    return countEvents(db, where, input.text !== undefined);
  },
);

/** Values to filter by. */
export const listAuditFacets = query(
  {
    name: "audit.facets",
    may: "audit:read",
    on: "anywhere",
    input: z.object({}),
    summary: "List the actions, actors, environments, incidents and systems that occur in the audit log",
    http: { method: "GET", path: "/audit/facets" },
  },
  ({ db, actor }): Promise<AuditFacets> => auditFacets(db, auditScopes(actor)),
);

export type EventView = {
  readonly event: EventRow;
  /** The first signed checkpoint that covers it; null while none does. */
  readonly checkpoint: { readonly size: number; readonly signedAt: Date } | null;
  /** Ids of the neighbours under the filter that was given. */
  readonly newer: string | null;
  readonly older: string | null;
};

/** One event with all that is known of it. Whoever may read its change request may read it too, refused attempts aside. */
export const showAuditEvent = query(
  {
    name: "audit.show",
    may: "system:read",
    on: "anywhere",
    input: ShowEvent,
    summary: "Show one audit event with its before and after, its place in the tree and its neighbours",
    http: { method: "GET", path: "/audit/events/{id}" },
  },
  async ({ db, actor, input: { id, ...filter } }): Promise<EventView> => {
    const event = await readableEvent({ db, actor }, id);
    const scopes = auditScopes(actor);
    const [checkpoint, neighbours] = await Promise.all([
      event.leafIndex === null ? null : checkpointCovering(db, event.leafIndex),
      scopes?.length === 0
        ? { newer: null, older: null }
        : resolveFilter(db, filter, scopes).then((resolved) => neighboursOf(db, whereOf(resolved), event)),
    ]);
    return {
      event,
      checkpoint: checkpoint && { size: checkpoint.size, signedAt: checkpoint.createdAt },
      ...neighbours,
    };
  },
);

type Asking = { readonly db: Parameters<typeof findEvent>[0]; readonly actor: Parameters<typeof mayReadEvent>[0] };

async function readableEvent({ db, actor }: Asking, id: bigint): Promise<EventRow> {
  const event = await findEvent(db, id);
  const systemId = event?.system?.id ?? null;
  const isReadable =
    event &&
    (mayReadEvent(actor, { systemId, environment: event.environment }) ||
      (event.change !== null &&
        event.action !== "access.denied" &&
        systemId !== null &&
        may(actor, "system:read", { systemId })));
  if (!isReadable) throw new Refusal("not_found", `There is no audit event ${id} that you may read`);
  return event;
}

/** The proof that an event is in the log, as a text to take away (C2SP tlog-proof). */
export const showEventProof = query(
  {
    name: "audit.prove-event",
    may: "system:read",
    on: "anywhere",
    input: ShowEvent,
    summary: "Prove that an event is in the log: a C2SP tlog-proof with the event inside",
    http: { method: "GET", path: "/audit/events/{id}/proof" },
  },
  async ({ db, actor, input: { id } }): Promise<{ readonly proof: string }> => {
    await readableEvent({ db, actor }, id);
    return { proof: await portableProofOf(db, id) };
  },
);

export type LogState = {
  /** Events in the tree. */
  readonly size: number;
  /** Root of the tree, base64. */
  readonly root: string;
  /** Events that wait for the tree, counted up to 10,001. */
  readonly pending: number;
  readonly checkpoint: { readonly size: number; readonly note: string; readonly signedAt: Date } | null;
  /** Public keys that have signed, the newest last. */
  readonly keys: readonly string[];
  readonly check: LogCheck | null;
};

/** What the log says of itself: size, root, newest checkpoint, public keys, newest check. */
export const showLogState = query(
  {
    name: "audit.state",
    may: "audit:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Show the audit log's size, root, newest signed checkpoint, public keys and newest check",
    http: { method: "GET", path: "/audit/log" },
  },
  async ({ db }): Promise<LogState> => {
    const [head, pending, checkpoint, keys, check] = await Promise.all([
      treeHead(db),
      db.auditPending.count({ take: 10_001 }),
      lastCheckpoint(db),
      publicKeys(db),
      latestCheck(db),
    ]);
    return {
      size: head.size,
      root: Buffer.from(head.root).toString("base64"),
      pending,
      checkpoint: checkpoint && { size: checkpoint.size, note: checkpoint.note, signedAt: checkpoint.createdAt },
      keys,
      check,
    };
  },
);

/** That the log of one size is the beginning of the log of another. */
export const showConsistency = query(
  {
    name: "audit.prove-consistency",
    may: "audit:read",
    on: "anywhere",
    input: ShowConsistency,
    summary: "Prove that the log of `from` events is the beginning of the log of `to` (RFC 9162): base64 hashes",
    http: { method: "GET", path: "/audit/consistency" },
  },
  async ({
    db,
    input: { from, to },
  }): Promise<{ readonly from: number; readonly to: number; readonly proof: readonly string[] }> => {
    const { size } = await treeHead(db);
    if (to > size) throw new Refusal("invalid", `The log has ${size} events, not ${to}`);
    const proof = await consistencyOf(db, from, to);
    return { from, to, proof: proof.map((hash) => Buffer.from(hash).toString("base64")) };
  },
);

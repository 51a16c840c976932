import type { EventPage, EventRow } from "#lib/audit/model.ts";
import { decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";

/** Details of more bytes than this are left to the event's own page. */
const largestDetail = 8_192;
/** Counting stops here: beyond it the exact number helps nobody and costs a scan. Words cost more to count. */
const countCap = 10_000;
const wordCountCap = 1_000;

type Row = {
  readonly id: bigint;
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
  readonly system_slug: string | null;
  readonly system_name: string | null;
  readonly environment: string | null;
  readonly change_request_id: string | null;
  readonly change_number: number | null;
  readonly change_title: string | null;
  readonly incident: string | null;
  readonly reason: string | null;
  readonly detail: Json;
  readonly leaf_hash: string;
  readonly leaf_index: bigint | null;
};

/** How to go through the events: newest first, or as they happened. */
type Direction = "back" | "forward";
export type Place = { readonly occurredAt: Date; readonly id: string };

export function encodePlace({ occurredAt, id }: Place): string {
  return encodeCursor([occurredAt.toISOString(), id]);
}

function decodePlace(cursor: string): Place {
  const [at, id] = decodeCursor(cursor, ["string", "string"]);
  const occurredAt = new Date(at);
  // Years beyond four digits, and the year 0, are spelt in ways that the database does not read.
  const isTime = /^\d{4}-/.test(at) && occurredAt.getTime() >= Date.parse("0001-01-01T00:00:00Z");
  if (!isTime || !/^\d{1,18}$/.test(id)) {
    throw new Refusal("invalid", "This place in the log cannot be read; start again from the newest events");
  }
  return { occurredAt, id };
}

type Reading = {
  readonly where: Prisma.Sql;
  readonly direction: Direction;
  /** Rows strictly beyond this place only. */
  readonly place: Place | undefined;
  readonly limit: number;
  /** Largest detail to include, in bytes; null: every one. */
  readonly detailLimit: number | null;
};

async function readEvents(db: Reader, reading: Reading): Promise<readonly EventRow[]> {
  const { where, direction, place, limit, detailLimit } = reading;
  const order = direction === "back" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const beyond = direction === "back" ? Prisma.sql`<` : Prisma.sql`>`;
  const keyset = place
    ? Prisma.sql`AND (occurred_at, id) ${beyond} (${place.occurredAt}::timestamptz, ${BigInt(place.id)}::bigint)`
    : Prisma.empty;
  const detail =
    detailLimit === null
      ? Prisma.sql`e.detail`
      : Prisma.sql`CASE WHEN pg_column_size(e.detail) <= ${detailLimit} AND octet_length(e.detail::text) <= ${detailLimit}
          THEN e.detail END AS detail`;
  // Lateral with a limit: one look into an index for each row, whatever the planner thinks of the tables' sizes.
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.occurred_at, e.actor_kind, e.actor_id, e.actor_name, e.channel, e.address, e.request_id, e.command,
      e.action, e.subject_type, e.subject_id, e.summary, e.system_id, s.slug AS system_slug, s.name AS system_name,
      e.environment, e.change_request_id, c.number AS change_number, c.title AS change_title, e.incident, e.reason,
      ${detail}, encode(e.leaf_hash, 'hex') AS leaf_hash, l.leaf_index
    FROM (
      SELECT * FROM audit_event WHERE ${where} ${keyset}
      ORDER BY occurred_at ${order}, id ${order} LIMIT ${limit}
    ) e
    LEFT JOIN LATERAL (SELECT slug, name FROM system WHERE id = e.system_id LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT number, title FROM change_request WHERE id = e.change_request_id LIMIT 1) c ON true
    LEFT JOIN LATERAL (SELECT leaf_index FROM audit_leaf WHERE event_id = e.id LIMIT 1) l ON true
    ORDER BY e.occurred_at ${order}, e.id ${order}`;
  return rows.map(eventOf);
}

function eventOf(row: Row): EventRow {
  return {
    id: row.id.toString(),
    occurredAt: row.occurred_at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    channel: row.channel,
    address: row.address,
    requestId: row.request_id,
    command: row.command,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    summary: row.summary,
    system:
      row.system_id === null || row.system_slug === null || row.system_name === null
        ? null
        : { id: row.system_id, slug: row.system_slug, name: row.system_name },
    environment: row.environment,
    change:
      row.change_request_id === null || row.change_number === null || row.change_title === null
        ? null
        : { id: row.change_request_id, number: row.change_number, title: row.change_title },
    incident: row.incident,
    reason: row.reason,
    detail: row.detail,
    leafHash: row.leaf_hash,
    leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
  };
}

export type PageRequest = {
  readonly where: Prisma.Sql;
  /** Cursor of the place in the list that the page follows: older events. */
  readonly after?: string;
  /** Cursor of the place that the page stands before: newer events. */
  readonly before?: string;
  readonly limit: number;
};

/**
 * One page of the log, newest first, by keyset on (time, id): as fast a million events deep as at the start.
 * @throws Refusal `invalid` for a cursor that cannot be read
 */
export async function pageOfEvents(db: Reader, { where, after, before, limit }: PageRequest): Promise<EventPage> {
  const isForward = before !== undefined;
  const cursor = before ?? after;
  const found = await readEvents(db, {
    where,
    direction: isForward ? "forward" : "back",
    place: cursor === undefined ? undefined : decodePlace(cursor),
    limit: limit + 1,
    detailLimit: largestDetail,
  });
  const isMore = found.length > limit;
  const kept = found.slice(0, limit);
  const events = isForward ? kept.toReversed() : kept;
  const [first, last] = [events.at(0), events.at(-1)];
  const hasOlder = isForward || isMore;
  const hasNewer = isForward ? isMore : after !== undefined;
  return {
    events,
    older: hasOlder && last ? encodePlace(last) : null,
    newer: hasNewer && first ? encodePlace(first) : null,
  };
}

/** `isCapped`: there are more than `count`. */
export type EventCount = { readonly count: number; readonly isCapped: boolean };

/** How many events there are, counted no further than 10,000, and where words are looked for no further than 1,000. */
export async function countEvents(db: Reader, where: Prisma.Sql, hasWords: boolean): Promise<EventCount> {
  const cap = hasWords ? wordCountCap : countCap;
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (SELECT 1 FROM audit_event WHERE ${where} LIMIT ${cap + 1}) AS counted`;
  const counted = Number(rows[0]?.count ?? 0);
  return { count: Math.min(counted, cap), isCapped: counted > cap };
}

/** One event with all of its detail, or null. */
export async function findEvent(db: Reader, id: bigint): Promise<EventRow | null> {
  const where = Prisma.sql`id = ${id}`;
  const [event] = await readEvents(db, { where, direction: "back", place: undefined, limit: 1, detailLimit: null });
  return event ?? null;
}

/** Ids of the events just newer and just older than this one, among those that the conditions let through. */
export async function neighboursOf(
  db: Reader,
  where: Prisma.Sql,
  place: Place,
): Promise<{ readonly newer: string | null; readonly older: string | null }> {
  const key = Prisma.sql`(${place.occurredAt}::timestamptz, ${BigInt(place.id)}::bigint)`;
  const [newer, older] = await Promise.all([
    db.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM audit_event WHERE ${where} AND (occurred_at, id) > ${key} ORDER BY occurred_at, id LIMIT 1`,
    db.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM audit_event WHERE ${where} AND (occurred_at, id) < ${key} ORDER BY occurred_at DESC, id DESC LIMIT 1`,
  ]);
  return { newer: newer[0]?.id.toString() ?? null, older: older[0]?.id.toString() ?? null };
}

/**
 * Everything that happened to a change request, as it happened. Attempts that were refused are no part of it: anybody
 * can make as many as they like; auditors find them by the request. The caller has checked that its reader may read the request. `next` is the cursor of what follows, null at the end.
 */
export async function timelineOf(
  db: Reader,
  changeRequestId: string,
  { cursor, limit = 200 }: { readonly cursor?: string; readonly limit?: number } = {},
): Promise<{ readonly events: readonly EventRow[]; readonly next: string | null }> {
  const found = await readEvents(db, {
    where: Prisma.sql`change_request_id = ${changeRequestId}::uuid AND action <> 'access.denied'`,
    direction: "forward",
    place: cursor === undefined ? undefined : decodePlace(cursor),
    limit: limit + 1,
    detailLimit: largestDetail,
  });
  const events = found.slice(0, limit);
  const last = events.at(-1);
  return { events, next: found.length > limit && last ? encodePlace(last) : null };
}

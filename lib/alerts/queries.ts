import { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import type { Db } from "#lib/platform/db.ts";
import { MOST_ATTEMPTS } from "#lib/platform/outbox.ts";
import { query } from "#lib/query.ts";
import { ListChannels, ShowChannel } from "./input.ts";
import { channelKindOf, type DeliveryState, laneOf } from "./model.ts";
import { shownAddress } from "./rules.ts";
import { ofChannel } from "./scope.ts";
import { type ChannelRow, loadChannel } from "./store.ts";

const PAGE = 50;

/** Where alerts go besides inboxes, by name, and how deliveries stand. */
export const listChannels = query(
  {
    name: "alert-channel.list",
    may: "alert:manage",
    on: "anywhere",
    input: ListChannels,
    summary: "List the alert channels that you may manage, with the state of their deliveries",
    http: { method: "GET", path: "/alert-channels" },
  },
  async ({ db, actor }) => {
    const rows = await db.alertChannel.findMany({ orderBy: { name: "asc" } });
    const channels = rows.filter((row) => isManagedBy(actor, row));
    const [counts, systems] = await Promise.all([countsOf(db, channels), systemsOf(db, channels)]);
    return {
      channels: channels.map((row) => ({
        ...shownChannel(row),
        system: systems.get(row.systemId ?? "") ?? null,
        deliveries: counts.get(laneOf(row.id)) ?? NONE,
      })),
    };
  },
);

/** One channel, and what it was sent, newest first. */
export const showChannel = query(
  {
    name: "alert-channel.show",
    may: "alert:manage",
    on: ofChannel,
    input: ShowChannel,
    summary: "Show an alert channel and what it was sent, newest first: sent, waiting or given up, and why",
    http: { method: "GET", path: "/alert-channels/{channelId}" },
  },
  async ({ db, input }) => {
    const channel = await loadChannel(db, input.channelId);
    const before = input.cursor === undefined ? null : decodeCursor(input.cursor, ["string"])[0];
    const rows = await db.outbox.findMany({
      where: { lane: laneOf(channel.id), ...(before !== null && { id: { lt: BigInt(before) } }) },
      orderBy: { id: "desc" },
      take: PAGE + 1,
    });
    const sent = rows.map((row) => ({ ...row, ...Told.parse(row.payload) }));
    const alerts = await db.alert.findMany({
      where: { id: { in: sent.flatMap(({ alertId }) => alertId ?? []) } },
      select: { id: true, title: true, href: true, topic: true, severity: true, environment: true },
    });
    const [counts, systems] = await Promise.all([countsOf(db, [channel]), systemsOf(db, [channel])]);
    const page = pageOf(sent, PAGE, ({ id }) => [id.toString()]);
    return {
      channel: {
        ...shownChannel(channel),
        system: systems.get(channel.systemId ?? "") ?? null,
        deliveries: counts.get(laneOf(channel.id)) ?? NONE,
      },
      next: page.next,
      items: page.items.map((row) => ({
        id: row.id.toString(),
        /** Null: a test. */
        alert: alerts.find(({ id }) => id === row.alertId) ?? null,
        state: stateOf(row),
        attempts: row.attempts,
        createdAt: row.createdAt,
        sentAt: row.deliveredAt,
        nextAttemptAt: stateOf(row) === "waiting" ? row.nextAttemptAt : null,
        lastError: row.lastError,
      })),
    };
  },
);

const Told = z.object({ alertId: z.string().optional() });

function stateOf(row: { readonly deliveredAt: Date | null; readonly attempts: number }): DeliveryState {
  if (row.deliveredAt) return "sent";
  return row.attempts >= MOST_ATTEMPTS ? "given_up" : "waiting";
}

function isManagedBy(actor: Actor, { systemId }: ChannelRow): boolean {
  return may(actor, "alert:manage", systemId === null ? {} : { systemId });
}

/** A channel without its secret, and without what of its address lets anybody write there. */
function shownChannel(row: ChannelRow) {
  const kind = channelKindOf(row.kind);
  return {
    id: row.id,
    name: row.name,
    kind,
    address: shownAddress(kind, row.address),
    environments: row.environments,
    topics: row.topics,
    minimumSeverity: row.minimumSeverity,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    rotatedAt: row.rotatedAt,
    disabledAt: row.disabledAt,
    disabledReason: row.disabledReason,
    revision: row.revision,
  };
}

async function systemsOf(db: Db, channels: readonly ChannelRow[]) {
  const ids = channels.flatMap(({ systemId }) => systemId ?? []);
  const systems = await db.system.findMany({
    where: { id: { in: ids } },
    select: { id: true, slug: true, name: true },
  });
  return new Map(systems.map(({ id, slug, name }) => [id, { slug, name }]));
}

type Counts = {
  readonly sent: number;
  readonly waiting: number;
  readonly givenUp: number;
  readonly lastSentAt: Date | null;
  /** Of the deliveries that wait: the next attempt. */
  readonly nextAttemptAt: Date | null;
  /** Of the newest delivery that was not sent. */
  readonly lastError: string | null;
};
const NONE: Counts = { sent: 0, waiting: 0, givenUp: 0, lastSentAt: null, nextAttemptAt: null, lastError: null };

async function countsOf(db: Db, channels: readonly ChannelRow[]): Promise<ReadonlyMap<string, Counts>> {
  const lanes = channels.map(({ id }) => laneOf(id));
  if (lanes.length === 0) return new Map();
  const rows = await db.$queryRaw<readonly (Counts & { readonly lane: string })[]>`
    SELECT lane,
      count(*) FILTER (WHERE delivered_at IS NOT NULL)::int AS sent,
      count(*) FILTER (WHERE delivered_at IS NULL AND attempts < ${MOST_ATTEMPTS})::int AS waiting,
      count(*) FILTER (WHERE delivered_at IS NULL AND attempts >= ${MOST_ATTEMPTS})::int AS "givenUp",
      max(delivered_at) AS "lastSentAt",
      min(next_attempt_at) FILTER (WHERE delivered_at IS NULL AND attempts < ${MOST_ATTEMPTS}) AS "nextAttemptAt",
      (array_agg(last_error ORDER BY id DESC) FILTER (WHERE delivered_at IS NULL AND last_error IS NOT NULL))[1]
        AS "lastError"
    FROM outbox WHERE lane = ANY(${lanes}) GROUP BY lane`;
  return new Map(rows.map(({ lane, ...counts }) => [lane, counts]));
}

import type { Actor } from "#lib/access/actor.ts";
import { may, readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { type Paged, pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { ListRuntimes, OfObservation, OfRuntime } from "./input.ts";
import type { HealthState, Origins, ServedModel } from "./model.ts";
import { factsOfPlaces } from "./place-facts.ts";
import { observationOf, placeOf } from "./report.ts";
import { isSilent, silentFrom } from "./report-rules.ts";
import { comparedDigests, PLACE_COLUMNS, type PlaceColumns, placedIn, whereRuntimes } from "./runtime-conditions.ts";
import { NO_INSTANCE, ofRuntime } from "./scope.ts";
import type { InstancePage, InstanceRow, ObservationPage } from "./views.ts";

const FIRST_REPORTED = 20;
const NO_OBSERVATION = "No runtime here reported this digest with its document, or it is not kept any more";

type RuntimeRow = PlaceColumns & {
  readonly id: string;
  readonly environment_id: string;
  readonly bundle_id: string;
  readonly fleet: string;
  readonly instance: string;
  readonly digest: string | null;
  readonly unreadable: string | null;
  readonly models: unknown;
  readonly build: string | null;
  readonly health: string;
  readonly health_note: string | null;
  readonly client: string | null;
  readonly interval_seconds: number;
  readonly restored: string | null;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly changed_at: Date;
};

/** Instances in the order of environment, bundle and name, which one index gives however many there are. */
export const listRuntimes = query(
  {
    name: "runtime.list",
    may: "system:read",
    on: "anywhere",
    input: ListRuntimes,
    summary: "List running instances by system, environment, bundle, fleet, digest, health and silence",
    http: { method: "GET", path: "/runtimes" },
  },
  async ({ db, actor, now, input }): Promise<Paged<InstanceRow>> => {
    const after = input.cursor ? decodeCursor(input.cursor, ["id", "id", "string"]) : null;
    const conditions = [whereRuntimes(input, { readable: readableSystems(actor), now })];
    if (after) {
      conditions.push(
        Prisma.sql`(r.environment_id, r.bundle_id, r.instance) > (${after[0]}::uuid, ${after[1]}::uuid, ${after[2]})`,
      );
    }
    const rows = await db.$queryRaw<RuntimeRow[]>`
      SELECT r.*, ${PLACE_COLUMNS} FROM runtime r
      JOIN environment e ON e.id = r.environment_id JOIN system s ON s.id = e.system_id JOIN bundle b ON b.id = r.bundle_id
      WHERE ${Prisma.join(conditions, " AND ")}
      ORDER BY r.environment_id, r.bundle_id, r.instance LIMIT ${input.limit + 1}`;
    const page = pageOf(rows, input.limit, (row) => [row.environment_id, row.bundle_id, row.instance]);
    return { items: page.items.map((row) => rowView(row, now)), next: page.next };
  },
);

/** One instance: what it last said, and what is known of its past. */
export const showRuntime = query(
  {
    name: "runtime.show",
    may: "system:read",
    on: ofRuntime,
    input: OfRuntime,
    missing: () => NO_INSTANCE,
    summary: "Show one running instance: what it last reported, since when, and what it reported first",
    http: { method: "GET", path: "/runtimes/{runtime}" },
  },
  async ({ db, actor, now, input }): Promise<InstancePage> => {
    const [row] = await db.$queryRaw<RuntimeRow[]>`
      SELECT r.*, ${PLACE_COLUMNS} FROM runtime r
      JOIN environment e ON e.id = r.environment_id JOIN system s ON s.id = e.system_id JOIN bundle b ON b.id = r.bundle_id
      WHERE r.id = ${input.runtime}::uuid`;
    if (!row) throw new Refusal("not_found", NO_INSTANCE);
    const place = { environmentId: row.environment_id, bundleId: row.bundle_id };
    const [facts, compared, document, firstReported, restored] = await Promise.all([
      factsOfPlaces(db, [place], now),
      comparedDigests(db, [place]),
      db.observation.count({ where: { ...place, digest: row.digest ?? "" } }),
      db.observation.findMany({
        where: { ...place, reportedBy: row.instance },
        orderBy: { firstSeenAt: "desc" },
        take: FIRST_REPORTED,
        select: { digest: true, firstSeenAt: true, lastSeenAt: true },
      }),
      restoreOf(db, row.restored),
    ]);
    const view = rowView(row, now);
    return {
      ...view,
      models: row.models as readonly ServedModel[],
      silentFrom: silentFrom(view),
      servedDigest: facts.get(placeOf(place))?.servedDigest ?? null,
      hasDocument: document > 0,
      sync: compared.get(observationOf({ ...place, digest: row.digest })) ?? null,
      restored,
      firstReported,
      can: { retire: mayRetire(actor, await ofRuntime({ tx: db, input })) && view.isSilent },
    };
  },
);

/** The document behind a digest that was seen running. */
export const showObservation = query(
  {
    name: "observation.show",
    may: "system:read",
    on: ofEnvironment,
    input: OfObservation,
    missing: () => NO_OBSERVATION,
    summary: "Show a document that runtimes reported, with where its values came from",
    http: {
      method: "GET",
      path: "/systems/{system}/environments/{environment}/bundles/{bundle}/observations/{digest}",
    },
  },
  async ({ db, now, input }): Promise<ObservationPage> => {
    const [environment, bundle] = await Promise.all([
      db.environment.findFirst({
        where: { slug: input.environment, system: { slug: input.system } },
        select: { id: true, slug: true, name: true, system: { select: { slug: true, name: true } } },
      }),
      db.bundle.findFirst({
        where: { slug: input.bundle, system: { slug: input.system } },
        select: { id: true, slug: true, name: true },
      }),
    ]);
    const place = { environmentId: environment?.id ?? "", bundleId: bundle?.id ?? "" };
    const found =
      environment &&
      bundle &&
      (await db.observation.findUnique({
        where: { environmentId_bundleId_digest: { ...place, digest: input.digest } },
      }));
    if (!found) {
      throw new Refusal("not_found", NO_OBSERVATION);
    }
    const running = { ...place, digest: input.digest };
    const [facts, instances, newest] = await Promise.all([
      factsOfPlaces(db, [place], now),
      db.runtime.count({ where: running }),
      db.runtime.findFirst({ where: running, orderBy: { lastSeenAt: "desc" }, select: { lastSeenAt: true } }),
    ]);
    return {
      system: environment.system,
      environment: { slug: environment.slug, name: environment.name },
      bundle: { slug: bundle.slug, name: bundle.name },
      digest: found.digest,
      document: found.document as JsonObject,
      origins: found.origins as Origins,
      reportedBy: found.reportedBy,
      firstSeenAt: found.firstSeenAt,
      lastSeenAt: newest?.lastSeenAt ?? found.lastSeenAt,
      instances,
      isServed: facts.get(placeOf(place))?.servedDigest === found.digest,
    };
  },
);

function rowView(row: RuntimeRow, now: Date): InstanceRow {
  const heard = { lastSeenAt: row.last_seen_at, intervalSeconds: row.interval_seconds };
  return {
    ...placedIn(row),
    ...heard,
    id: row.id,
    fleet: row.fleet,
    instance: row.instance,
    digest: row.digest,
    unreadable: row.unreadable,
    build: row.build,
    health: row.health as HealthState,
    healthNote: row.health_note,
    client: row.client,
    firstSeenAt: row.first_seen_at,
    changedAt: row.changed_at,
    isSilent: isSilent(heard, now),
  };
}

async function restoreOf(reader: Reader, id: string | null): Promise<InstancePage["restored"]> {
  if (id === null) return null;
  return reader.remediation.findFirst({
    where: { OR: [{ id }, { restoreId: id }] },
    select: { number: true, state: true, startedAt: true },
  });
}

function mayRetire(actor: Actor, scope: { readonly systemId: string; readonly environment: string }): boolean {
  return may(actor, "drift:triage", scope);
}

import { may } from "#lib/access/may.ts";
import { ACTIVITY_STEP } from "#lib/accounts/model.ts";
import { machineOf, type TokenRow, tokenOfId, tokenOfSecret, touch } from "#lib/accounts/token-row.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";
import { pauseFor } from "#lib/platform/loop.ts";
import type { RuntimeCaller } from "./model.ts";

/** Remembers tokens, so that a request of a runtime asks the database for nothing. */
export type RuntimeAccess = {
  /**
   * Who presents this secret, at this moment. `environment`: the one that is asked for, where the token reaches a whole
   * system.
   * @throws Refusal `unauthenticated`, the same whatever is wrong with the token; `forbidden`, `not_found`, `invalid`
   * about what the token's own system holds
   */
  readonly callerOf: (secret: string | undefined, environment: string | null) => Promise<RuntimeCaller>;
  /** The same at once, for whom nothing has to be looked up and nothing refused; null: ask `callerOf`. */
  readonly knownCaller: (secret: string | undefined, environment: string | null) => RuntimeCaller | null;
  /** The same for a token whose secret was seen before. @throws Refusal like `callerOf` */
  readonly callerOfId: (tokenId: string, environment: string) => Promise<RuntimeCaller>;
  /** Whether the token still holds, as far as is known here. */
  readonly isHolding: (tokenId: string) => boolean;
  /** Takes in a notice of the channel `plumbline_access`: a token's id, or nothing for "any of them". */
  readonly onNotice: (payload: string | null) => void;
};

type Entry = {
  readonly row: TokenRow;
  /** Slug → id, of the token's system. */
  readonly environments: ReadonlyMap<string, string>;
  readonly callers: Map<string, RuntimeCaller>;
  standing: { readonly mayFetch: boolean; readonly mayReport: boolean; readonly until: number } | null;
  /** Something changed that may concern it: it is read again, and holds meanwhile only if that fails. */
  isSuspect: boolean;
  touchedAt: number;
};

const MOST_TOKENS = 10_000;
/** More lookups at once than that are no runtime's doing. */
const MOST_LOOKUPS = 200;
/** How long a request waits at most for a second look at a token, in milliseconds. */
const PATIENCE = 1_000;

/** The one answer to a token that does not hold: it says nothing of the reason. */
export const stranger = new Refusal(
  "unauthenticated",
  "Send a runtime's token that holds as Authorization: Bearer plb_…, or as X-API-Key",
);

/** An empty memory of tokens on this database. `clock`: the time at which standing is decided. */
export function runtimeAccess(db: Db, clock: () => Date): RuntimeAccess {
  const entries = new Map<string, Entry>();
  const ids = new Map<string, string>();
  const lookups = new Map<string, Promise<Entry | null>>();
  let changes = 0;

  async function lookUp(find: () => Promise<TokenRow | null>): Promise<Entry | null> {
    const seen = changes;
    const row = await find();
    if (!row) return null;
    const environments = await environmentsOf(db, row);
    const touchedAt = entries.get(row.id)?.touchedAt ?? 0;
    // What was told while it was read may have come too late for it.
    const isSuspect = changes !== seen;
    const entry: Entry = { row, environments, callers: new Map(), standing: null, isSuspect, touchedAt };
    bounded(entries).set(row.id, entry);
    return entry;
  }

  function lookUpOnce(key: string, find: () => Promise<TokenRow | null>): Promise<Entry | null> {
    const under = lookups.get(key);
    if (under) return under;
    if (lookups.size >= MOST_LOOKUPS) throw new Refusal("too_many", "Too many unknown tokens at once; try again", wait);
    const lookup = lookUp(find).finally(() => lookups.delete(key));
    lookups.set(key, lookup);
    return lookup;
  }

  async function lookUpId(id: string): Promise<Entry | null> {
    const entry = await lookUpOnce(id, () => tokenOfId(db, id));
    if (!entry) entries.delete(id);
    return entry;
  }

  async function entryOfSecret(secret: string): Promise<Entry | null> {
    const id = ids.get(secret);
    if (id !== undefined) return entryOfId(id);
    const entry = await lookUpOnce(secret, () => tokenOfSecret(db, secret));
    if (entry) bounded(ids).set(secret, entry.row.id);
    return entry;
  }

  async function entryOfId(id: string): Promise<Entry | null> {
    const known = entries.get(id);
    if (!known) return lookUpId(id);
    return known.isSuspect ? lookAgain(known) : known;
  }

  /** Nothing says that the token itself has changed, so what was known of it outlives a database that does not answer. */
  async function lookAgain(known: Entry): Promise<Entry | null> {
    const ending = new AbortController();
    try {
      const late = pauseFor(PATIENCE, ending.signal).then(() => known);
      return await Promise.race([lookUpId(known.row.id), late]);
    } catch (error) {
      log.warn({ err: error }, "a token could not be looked at again; what was known of it holds on");
      return known;
    } finally {
      ending.abort();
    }
  }

  async function callerFrom(held: Entry | null, environment: string | null): Promise<RuntimeCaller> {
    const now = clock();
    if (!held || !isIn(held, now)) throw stranger;
    if (now.getTime() - held.touchedAt >= ACTIVITY_STEP) rememberUse(held, now);
    const name = environmentAsked(held.row, environment);
    // It may have been added since.
    const entry = held.environments.has(name) ? held : ((await lookUpId(held.row.id)) ?? held);
    const { mayFetch, mayReport } = standingOf(entry, now);
    const caller = entry.callers.get(name);
    if (caller) return caller;
    const made = { ...placeOf(entry, name), environment: name, mayFetch, mayReport };
    entry.callers.set(name, made);
    return made;
  }

  function rememberUse(entry: Entry, now: Date): void {
    entry.touchedAt = now.getTime();
    void touch(db, { subjectId: entry.row.id, lastSeenAt: null }, now).catch((error: unknown) => {
      log.warn({ err: error }, "the use of a token was not recorded");
    });
  }

  return {
    callerOf: async (secret, environment) =>
      callerFrom(secret === undefined ? null : await entryOfSecret(secret), environment),
    knownCaller: (secret, environment) => {
      const entry = secret === undefined ? undefined : entries.get(ids.get(secret) ?? "");
      if (!entry || entry.isSuspect) return null;
      const now = clock();
      // Only what the token reaches is in there.
      const caller = entry.callers.get(environment ?? entry.row.environment ?? "");
      const isCurrent = isIn(entry, now) && now.getTime() - entry.touchedAt < ACTIVITY_STEP;
      return isCurrent && caller ? caller : null;
    },
    callerOfId: async (tokenId, environment) => callerFrom(await entryOfId(tokenId), environment),
    isHolding: (tokenId) => {
      const entry = entries.get(tokenId);
      // Whoever asks again soon hears what came of it.
      if (entry?.isSuspect) void lookAgain(entry);
      return entry !== undefined && isIn(entry, clock());
    },
    onNotice: (payload) => {
      changes++;
      if (payload) entries.delete(payload);
      else for (const entry of entries.values()) entry.isSuspect = true;
    },
  };
}

/** The map with room for one more: what came first goes first. */
function bounded<Value>(map: Map<string, Value>): Map<string, Value> {
  const [oldest] = map.keys();
  if (map.size >= MOST_TOKENS && oldest !== undefined) map.delete(oldest);
  return map;
}

/** Decided once, and again when something of it ends. */
function standingOf(entry: Entry, now: Date): NonNullable<Entry["standing"]> {
  const known = entry.standing;
  if (known && now.getTime() < known.until) return known;
  const machine = machineOf(entry.row, { channel: "api", now });
  const reach = { systemId: entry.row.systemId ?? undefined, environment: entry.row.environment ?? undefined };
  entry.callers.clear();
  entry.standing = {
    mayFetch: machine !== null && may(machine, "configuration:read", reach),
    mayReport: machine !== null && entry.row.environment !== null && may(machine, "observation:report", reach),
    until: machine === null ? Number.NEGATIVE_INFINITY : nextEnd(entry.row, now),
  };
  return entry.standing;
}

function isIn(entry: Entry, now: Date): boolean {
  return standingOf(entry, now).until > now.getTime();
}

const wait = { details: { waitMs: 1_000 } };

/** Until when nothing about a token changes by the clock alone. */
function nextEnd({ expiresAt, owner }: TokenRow, now: Date): number {
  const grants = [...owner.grants, ...owner.memberships.flatMap(({ group }) => group.grants)];
  const ends = [expiresAt, ...grants.map((grant) => grant.expiresAt)].map((end) => end?.getTime() ?? Infinity);
  return Math.min(...ends.filter((end) => end > now.getTime()));
}

async function environmentsOf(db: Db, { systemId }: TokenRow): Promise<ReadonlyMap<string, string>> {
  if (systemId === null) return new Map();
  const rows = await db.environment.findMany({ where: { systemId }, select: { id: true, slug: true } });
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** @throws Refusal when the token is for another environment, or for a whole system and none was named */
function environmentAsked({ environment: own }: TokenRow, asked: string | null): string {
  if (own !== null) {
    if (asked === null || asked === own) return own;
    throw new Refusal("forbidden", `This token is for ${own} alone`);
  }
  if (asked !== null) return asked;
  const message = "This token is for a whole system: say which environment is meant, as in ?environment=staging";
  throw new Refusal("invalid", message, { fields: { environment: [message] } });
}

function placeOf(
  { row, environments }: Entry,
  environment: string,
): Pick<RuntimeCaller, "tokenId" | "systemId" | "environmentId"> {
  if (row.systemId === null) throw new Refusal("forbidden", "Runtimes use a token that is for one system");
  const environmentId = environments.get(environment);
  if (environmentId === undefined) throw new Refusal("not_found", `There is no environment ${environment} here`);
  return { tokenId: row.id, systemId: row.systemId, environmentId };
}

import type { Actor } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { appendAudit } from "#lib/audit/append.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { createDb, type Db } from "#lib/platform/db.ts";
import { testDatabase } from "#lib/platform/testing/database.ts";

/** Someone with a role everywhere; give what matters. */
export function anActor(given: Partial<Actor> & { readonly role?: Role } = {}): Actor {
  const { role = "auditor", ...rest } = given;
  return {
    kind: "person",
    id: "01936d5e-7c00-7000-8000-000000000001",
    name: "Ines Okafor",
    grants: [{ role, systemId: null, environment: null }],
    groups: [],
    channel: "browser",
    address: "192.0.2.10",
    requestId: "req-1",
    ...rest,
  };
}

/** A line about bundle 1; give what matters. */
export function aLine(given: Partial<AuditLine> = {}): AuditLine {
  return {
    action: "bundle.created",
    subject: { type: "bundle", id: "1" },
    summary: "Ines Okafor created the bundle Support assistant",
    ...given,
  };
}

export type Appending = {
  readonly actor?: Actor;
  readonly now?: Date;
  readonly lines?: readonly [AuditLine, ...AuditLine[]];
};

/** Appends events in a transaction of their own. */
export async function append(db: Db, { actor = anActor(), now, lines = [aLine()] }: Appending = {}): Promise<void> {
  await db.$transaction((tx) =>
    appendAudit(tx, { actor, command: "bundle.create", now: now ?? new Date("2026-03-01T10:00:00.000Z") }, lines),
  );
}

/** Appends this many events, a second apart, each with another subject: `bundle:<n>`. */
export async function appendMany(db: Db, count: number, start = new Date("2026-03-01T10:00:00.000Z")): Promise<void> {
  for (let i = 0; i < count; i++) {
    const lines = [
      aLine({ subject: { type: "bundle", id: String(i) }, detail: { changes: [{ pointer: "/n", after: i }] } }),
    ] as const;
    await append(db, { now: new Date(start.getTime() + i * 1_000), lines });
  }
}

/** Many connections to this file's database at once. */
export function wideDb(size: number): Db {
  return createDb(testDatabase().appUrl, size);
}

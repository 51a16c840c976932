import { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { type Paged, pageOf } from "#lib/kernel/page.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { findingRows, listedFinding, severityRank, stateAt } from "../finding-rows.ts";
import { ListFindings } from "../input.ts";
import type { FindingCounts, FindingRow } from "../views.ts";

type Input = z.output<typeof ListFindings>;

/** Findings, worst or newest first. */
export const listFindings = query(
  {
    name: "finding.list",
    may: "system:read",
    on: "anywhere",
    input: ListFindings,
    summary:
      "List drift findings, worst or newest first, by system, environment, bundle, kind, severity, state and text",
    http: { method: "GET", path: "/findings" },
  },
  async ({ db, actor, now, input }): Promise<Paged<FindingRow>> => {
    const isWorstFirst = input.order === "worst";
    const where = Prisma.join([...conditions(input, now), readable(actor), after(input)], " AND ");
    const order = isWorstFirst ? Prisma.sql`${severityRank}, f.number DESC` : Prisma.sql`f.number DESC`;
    const rows = await findingRows(db, where, { order, limit: input.limit + 1, now });
    const page = pageOf(rows, input.limit, (row) => (isWorstFirst ? [row.rank, row.number] : [row.number]));
    return { items: page.items.map(listedFinding), next: page.next };
  },
);

/** How many findings wait for somebody. */
export const countFindings = query(
  {
    name: "finding.count",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Count the open drift findings of the systems that you can read, up to 100",
    http: { method: "GET", path: "/finding-counts" },
  },
  async ({ db, actor, now }): Promise<FindingCounts> => {
    const rows = await db.$queryRaw<{ severity: string }[]>`
      SELECT severity FROM drift_finding f
      WHERE ${stateAt(now)} = 'open' AND f.kind <> 'hot_patched' AND ${readable(actor)} LIMIT ${COUNTED_TO}`;
    return { open: rows.length, critical: rows.filter((row) => row.severity === "critical").length };
  },
);

const COUNTED_TO = 100;

function readable(actor: Actor): Prisma.Sql {
  const systems = readableSystems(actor);
  return systems === null ? Prisma.sql`true` : Prisma.sql`f.system_id = ANY(${[...systems]}::uuid[])`;
}

/** A place after the one that the cursor names, in the order asked for. */
function after({ cursor, order }: Input): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  if (order === "newest") return Prisma.sql`f.number < ${decodeCursor(cursor, ["number"])[0]}`;
  const [rank, number] = decodeCursor(cursor, ["number", "number"]);
  return Prisma.sql`(${severityRank} > ${rank} OR (${severityRank} = ${rank} AND f.number < ${number}))`;
}

function conditions(input: Input, now: Date): readonly Prisma.Sql[] {
  const { system, environment, bundle, kind, severity } = input;
  return [
    ...(system ? [Prisma.sql`s.slug = ${system}`] : []),
    ...(environment ? [Prisma.sql`e.slug = ${environment}`] : []),
    ...(bundle ? [Prisma.sql`b.slug = ${bundle}`] : []),
    ...(kind ? [Prisma.sql`f.kind = ${kind}`] : []),
    ...(severity ? [Prisma.sql`f.severity = ${severity}`] : []),
    inState(input.state, now),
    ...(input.q ? [saying(input.q)] : []),
  ];
}

function inState(state: Input["state"], now: Date): Prisma.Sql {
  if (state === "any") return Prisma.sql`true`;
  const states = state === "active" ? ["open", "acknowledged", "accepted"] : [state];
  return Prisma.sql`${stateAt(now)} = ANY(${states}::text[])`;
}

/** F-12 is one finding; anything else is looked for in what is said of it. */
function saying(q: string): Prisma.Sql {
  const named = /^f-?(\d{1,9})$/i.exec(q);
  if (named?.[1]) return Prisma.sql`f.number = ${Number(named[1])}`;
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(f.summary ILIKE ${like} OR f.pointer ILIKE ${like})`;
}

import { readableSystems } from "#lib/access/may.ts";
import { ListHotPatches } from "#lib/hot-patches/input.ts";
import { hotPatchOf } from "#lib/hot-patches/load.ts";
import { decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import type { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { rowsOf } from "./rows.ts";

type Where = Prisma.HotPatchWhereInput;

/** The register: every hot-patch there was, newest first, with how long it lasted and how it ended. */
export const listHotPatches = query(
  {
    name: "hotPatch.list",
    may: "system:read",
    on: "anywhere",
    input: ListHotPatches,
    summary: "List hot-patches, newest first: who, what, why, for how long, how they ended and what they still owe",
    http: { method: "GET", path: "/hot-patches" },
  },
  async ({ db, actor, now, input }) => {
    const readable = readableSystems(actor);
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const after = input.newer ? decodeCursor(input.newer, ["number"])[0] : undefined;
    const places =
      input.system || input.environment
        ? await db.environment.findMany({
            where: {
              ...(input.system && { system: { slug: input.system } }),
              ...(input.environment && { slug: input.environment }),
            },
            select: { id: true },
          })
        : null;
    const rows = await db.hotPatch.findMany({
      where: {
        AND: [
          readable ? { systemId: { in: [...readable] } } : {},
          places ? { environmentId: { in: places.map((one) => one.id) } } : {},
          inState(input.state),
          input.overdue ? overdue(now) : {},
          input.q ? saying(input.q) : {},
          input.pointer ? { changes: { array_contains: [{ pointer: input.pointer }] } } : {},
          before ? { number: { lt: before } } : {},
          after ? { number: { gt: after } } : {},
        ],
      },
      orderBy: { number: after ? "asc" : "desc" },
      take: input.limit + 1,
      include: { followUp: true },
    });
    const page = pageOf(rows, input.limit, (row) => [row.number]);
    const ordered = after ? page.items.toReversed() : page.items;
    const items = await rowsOf(db, ordered.map(hotPatchOf), now);
    const cursorOf = (row: { readonly number: number } | undefined) => (row ? encodeCursor([row.number]) : null);
    return {
      items,
      next: after ? cursorOf(ordered.at(-1)) : page.next,
      newer: after ? page.next : before ? cursorOf(ordered[0]) : null,
      now,
    };
  },
);

/** Owes a decision or a review after its time. */
function overdue(now: Date): Where {
  return {
    activatedAt: { not: null },
    OR: [{ followUp: { state: "open", dueAt: { lte: now } } }, { reviewedAt: null, reviewDueAt: { lte: now } }],
  };
}

function inState(state: string): Where {
  if (state === "any") return {};
  if (state !== "open") return { state };
  return {
    OR: [
      { state: { in: ["requested", "active"] } },
      { followUp: { state: "open" } },
      { activatedAt: { not: null }, reviewedAt: null },
    ],
  };
}

function saying(text: string): Where {
  const contains = { contains: text, mode: "insensitive" } as const;
  const number = /^hp-?(\d{1,9})$/i.exec(text)?.[1];
  return {
    OR: [
      { incident: contains },
      { reason: contains },
      { filedByName: contains },
      ...(number ? [{ number: Number(number) }] : []),
    ],
  };
}

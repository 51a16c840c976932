import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";

/** A decision that a hot-patch owes. */
export type OwedFollowUp = {
  readonly number: number;
  readonly incident: string;
  readonly system: string;
  readonly environment: string;
  readonly ownerName: string;
  readonly isMine: boolean;
  /** When the time for it began. */
  readonly from: Date;
  readonly dueAt: Date;
};

const MOST = 50;

/** What hot-patches owe, the most urgent first. */
export const owedFollowUps = query(
  {
    name: "board.follow_ups",
    may: "system:read",
    on: "anywhere",
    input: z.object({ limit: z.coerce.number().int().min(1).max(MOST).default(MOST) }),
    summary: "List the follow-ups that hot-patches owe, by the time that is left",
    http: { method: "GET", path: "/board/follow-ups" },
  },
  async ({ db, actor, input }): Promise<readonly OwedFollowUp[]> => {
    const readable = readableSystems(actor);
    const rows = await db.followUp.findMany({
      where: {
        state: "open",
        hotPatch: {
          state: { in: ["active", "reverted", "absorbed", "escalated"] },
          ...(readable && { systemId: { in: [...readable] } }),
        },
      },
      orderBy: { dueAt: "asc" },
      take: input.limit,
      select: {
        ownerId: true,
        ownerName: true,
        dueAt: true,
        hotPatch: { select: { number: true, incident: true, filedAt: true, activatedAt: true, environmentId: true } },
      },
    });
    const places = await db.environment.findMany({
      where: { id: { in: rows.map((row) => row.hotPatch.environmentId) } },
      select: { id: true, name: true, system: { select: { name: true } } },
    });
    const placeOf = new Map(places.map((place) => [place.id, place]));
    return rows.map(({ hotPatch, ownerId, ownerName, dueAt }) => ({
      number: hotPatch.number,
      incident: hotPatch.incident,
      system: placeOf.get(hotPatch.environmentId)?.system.name ?? "",
      environment: placeOf.get(hotPatch.environmentId)?.name ?? "",
      ownerName,
      isMine: actor.kind === "person" && actor.id === ownerId,
      from: hotPatch.activatedAt ?? hotPatch.filedAt,
      dueAt,
    }));
  },
);

import { z } from "zod";
import { timelineOf } from "#lib/audit/browse.ts";
import { query } from "#lib/query.ts";
import { OfChange } from "#lib/reviews/input.ts";
import { changeByNumber } from "#lib/reviews/load.ts";
import { ofChange } from "#lib/reviews/queries/show-change.ts";

/** Everything that happened to a request, as it happened, from the log that nobody can alter. */
export const showChangeTimeline = query(
  {
    name: "change.timeline",
    may: "system:read",
    on: ofChange,
    input: OfChange.extend({ cursor: z.string().max(500).optional() }),
    summary: "Show everything that happened to a change request, oldest first",
    http: { method: "GET", path: "/changes/{number}/timeline" },
  },
  async ({ db, input }) => {
    const request = await changeByNumber(db, input.number);
    return timelineOf(db, request.id, { cursor: input.cursor });
  },
);

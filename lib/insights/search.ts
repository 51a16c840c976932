import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";
import { visibleChanges } from "#lib/reviews/queries/list-changes.ts";

export type Found = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly href: string;
  readonly group: "Systems" | "Bundles" | "Change requests" | "Snapshots";
};

const MOST = 6;

/** What the command palette finds: systems and bundles by name, change requests by number or title, snapshots by number. */
export const search = query(
  {
    name: "search.find",
    may: "system:read",
    on: "anywhere",
    input: z.object({ q: z.string().trim().min(1, "Say what to look for").max(100) }),
    summary: "Find systems, bundles, change requests and snapshots by name or number",
    http: { method: "GET", path: "/search" },
  },
  async ({ db, actor, input }): Promise<readonly Found[]> => {
    const readable = readableSystems(actor);
    const systemId = readable ? { in: [...readable] } : undefined;
    const words = { contains: input.q, mode: "insensitive" } as const;
    const digits = /^(?:#|S-)?(\d{1,9})$/i.exec(input.q)?.[1];
    const number = digits ? Number(digits) : undefined;
    const [systems, bundles, changes, snapshots] = await Promise.all([
      db.system.findMany({
        where: { id: systemId, OR: [{ name: words }, { slug: words }] },
        take: MOST,
        select: { slug: true, name: true, owningTeam: true },
      }),
      db.bundle.findMany({
        where: { systemId, archivedAt: null, OR: [{ name: words }, { slug: words }] },
        take: MOST,
        select: { slug: true, name: true, system: { select: { slug: true, name: true } } },
      }),
      db.changeRequest.findMany({
        where: { AND: [visibleChanges(actor), { OR: [{ title: words }, ...(number ? [{ number }] : [])] }] },
        orderBy: { number: "desc" },
        take: MOST,
        select: { number: true, title: true, state: true },
      }),
      number
        ? db.snapshot.findMany({
            where: { systemId, number },
            select: { number: true, bundle: { select: { name: true } }, environment: { select: { name: true } } },
          })
        : [],
    ]);
    return [
      ...systems.map((one) => found("Systems", `/systems/${one.slug}`, one.name, one.owningTeam)),
      ...bundles.map((one) =>
        found("Bundles", `/systems/${one.system.slug}/bundles/${one.slug}`, one.name, one.system.name),
      ),
      ...changes.map((one) =>
        found("Change requests", `/changes/${one.number}`, `#${one.number} ${one.title}`, one.state.replace("_", " ")),
      ),
      ...snapshots.map((one) =>
        found(
          "Snapshots",
          `/snapshots/${one.number}`,
          `Snapshot S-${one.number}`,
          `${one.bundle.name} in ${one.environment.name}`,
        ),
      ),
    ];
  },
);

function found(group: Found["group"], href: string, label: string, hint: string): Found {
  return { id: href, group, href, label, hint };
}

import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";
import { visibleChanges } from "#lib/reviews/queries/list-changes.ts";

export type Found = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly href: string;
  readonly group: "Systems" | "Bundles" | "Change requests" | "Findings" | "Hot-patches" | "Snapshots";
};

const MOST = 6;

/** What names a thing by its number: `F-12`, `HP-3`, `S-7`, `#184`, or the bare number. */
const NUMBERED = /^(#|s-|f-|hp-)?(\d{1,9})$/i;

/** What the command palette finds: by name or words, or by the number that people call a thing by. */
export const search = query(
  {
    name: "search.find",
    may: "system:read",
    on: "anywhere",
    input: z.object({ q: z.string().trim().min(1, "Say what to look for").max(100) }),
    summary: "Find systems, bundles, change requests, findings, hot-patches and snapshots by name or number",
    http: { method: "GET", path: "/search" },
  },
  async ({ db, actor, input }): Promise<readonly Found[]> => {
    const readable = readableSystems(actor);
    const systemId = readable ? { in: [...readable] } : undefined;
    const words = { contains: input.q, mode: "insensitive" } as const;
    const [, prefix = "", digits] = NUMBERED.exec(input.q) ?? [];
    const numbered = (...prefixes: readonly string[]) =>
      digits !== undefined && ["", ...prefixes].includes(prefix.toLowerCase()) ? Number(digits) : undefined;
    const [change, snapshot, finding, patch] = [numbered("#"), numbered("s-"), numbered("f-"), numbered("hp-")];
    const [systems, bundles, changes, findings, patches, snapshots] = await Promise.all([
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
        where: { AND: [visibleChanges(actor), { OR: [{ title: words }, ...(change ? [{ number: change }] : [])] }] },
        orderBy: { number: "desc" },
        take: MOST,
        select: { number: true, title: true, state: true },
      }),
      db.driftFinding.findMany({
        where: {
          systemId,
          OR: [
            { state: { not: "resolved" }, OR: [{ summary: words }, { pointer: words }] },
            ...(finding ? [{ number: finding }] : []),
          ],
        },
        orderBy: { number: "desc" },
        take: MOST,
        select: { number: true, summary: true, state: true },
      }),
      db.hotPatch.findMany({
        where: { systemId, OR: [{ incident: words }, ...(patch ? [{ number: patch }] : [])] },
        orderBy: { number: "desc" },
        take: MOST,
        select: { number: true, incident: true, state: true },
      }),
      snapshot
        ? db.snapshot.findMany({
            where: { systemId, number: snapshot },
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
      ...findings.map((one) => found("Findings", `/drift/${one.number}`, `F-${one.number} ${one.summary}`, one.state)),
      ...patches.map((one) =>
        found("Hot-patches", `/hot-patches/${one.number}`, `HP-${one.number} ${one.incident}`, one.state),
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

import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";
import { ListSystems, OfSystem, Page, PublicNumber, Slug } from "#lib/systems/input.ts";
import type { Rules } from "#lib/systems/model.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";

/** Systems by name, a page at a time. */
export const listSystems = query(
  {
    name: "system.list",
    may: "system:read",
    on: "anywhere",
    input: ListSystems,
    summary: "List the systems that you may read, by slug; q finds them by name, slug or owning team",
    http: { method: "GET", path: "/systems" },
  },
  async ({ db, actor, input }) => {
    const readable = readableSystems(actor);
    const after = input.cursor ? decodeCursor(input.cursor, ["string"])[0] : undefined;
    const rows = await db.system.findMany({
      where: {
        ...(readable && { id: { in: [...readable] } }),
        ...(after && { slug: { gt: after } }),
        ...(input.q && {
          OR: [
            { name: { contains: input.q, mode: "insensitive" } },
            { slug: { contains: input.q, mode: "insensitive" } },
            { owningTeam: { contains: input.q, mode: "insensitive" } },
          ],
        }),
      },
      orderBy: { slug: "asc" },
      take: input.limit + 1,
      include: {
        environments: { orderBy: { position: "asc" }, select: { slug: true, name: true, heldAt: true } },
        bundles: { where: { archivedAt: null }, orderBy: { slug: "asc" }, select: { slug: true, name: true } },
      },
    });
    return pageOf(rows, input.limit, (system) => [system.slug]);
  },
);

/** Everything the system page's header and overview show. */
export const showSystem = query(
  {
    name: "system.show",
    may: "system:read",
    on: ofSystem,
    input: OfSystem,
    summary: "Show a system with its environments and bundles",
    http: { method: "GET", path: "/systems/{system}" },
  },
  async ({ db, input }) => {
    const system = await db.system.findUniqueOrThrow({
      where: { slug: input.system },
      include: {
        environments: { orderBy: { position: "asc" } },
        bundles: { where: { archivedAt: null }, orderBy: { slug: "asc" } },
      },
    });
    const { rules, ...current } = await currentRules(db, system.id);
    return {
      ...system,
      rules: {
        ...current,
        parameters: rules.parameters.length,
        constraints: rules.constraints.length,
        dependencies: rules.dependencies.length,
        policies: rules.policies.length,
      },
    };
  },
);

const OfRules = z.object({ system: Slug, sequence: PublicNumber.optional() });

/** One version of the rules; without a sequence, the one in force. */
export const showRules = query(
  {
    name: "rules.show",
    may: "system:read",
    on: ofSystem,
    input: OfRules,
    summary: "Show the catalogue, constraints, dependencies and policies of a system",
    http: { method: "GET", path: "/systems/{system}/rules" },
  },
  async ({ db, input }) => {
    const system = await db.system.findUniqueOrThrow({ where: { slug: input.system } });
    const row = await db.rulesVersion.findFirst({
      where: { systemId: system.id, ...(input.sequence && { sequence: input.sequence }) },
      orderBy: { sequence: "desc" },
    });
    if (!row) throw new Refusal("not_found", `The rules of ${system.name} have no version ${input.sequence}`);
    const { document, ...rest } = row;
    const [environments, groups, bundles] = await Promise.all([
      environmentsOf(db, system.id),
      db.group.findMany({ orderBy: { slug: "asc" }, select: { slug: true, name: true } }),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: { slug: true, name: true },
      }),
    ]);
    return {
      ...rest,
      rules: document as unknown as Rules,
      isCurrent: row.id === system.currentRulesId,
      isProtected: system.isProtected,
      environments,
      groups,
      bundles,
    };
  },
);

/** Versions of the rules, newest first. */
export const listRules = query(
  {
    name: "rules.list",
    may: "system:read",
    on: ofSystem,
    input: Page.extend({ system: Slug }),
    summary: "List the versions of a system's rules, newest first",
    http: { method: "GET", path: "/systems/{system}/rules/versions" },
  },
  async ({ db, input }) => {
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const rows = await db.rulesVersion.findMany({
      where: { system: { slug: input.system }, ...(before && { sequence: { lt: before } }) },
      orderBy: { sequence: "desc" },
      take: input.limit + 1,
      select: {
        id: true,
        sequence: true,
        digest: true,
        reason: true,
        changeRequestId: true,
        createdBy: true,
        createdAt: true,
      },
    });
    const ids = rows.flatMap((version) => version.changeRequestId ?? []);
    const requests = await db.changeRequest.findMany({
      where: { id: { in: ids } },
      select: { id: true, number: true },
    });
    const named = rows.map((version) => ({
      ...version,
      change: requests.find((request) => request.id === version.changeRequestId)?.number ?? null,
    }));
    return pageOf(named, input.limit, (version) => [version.sequence]);
  },
);

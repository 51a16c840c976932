import { may } from "#lib/access/may.ts";
import { TokensPage } from "#lib/accounts/input.ts";
import { placeAfter } from "#lib/accounts/queries/cursor.ts";
import { tokenState } from "#lib/accounts/rules.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import { query } from "#lib/query.ts";

const PAGE = 50;

/** The tokens of machines, newest first; nobody can see their secrets again. */
export const listTokens = query(
  {
    name: "token.list",
    may: "access:read",
    on: "anywhere",
    input: TokensPage,
    summary: "List API tokens, newest first",
    http: { method: "GET", path: "/tokens" },
  },
  async ({ db, actor, input, now }) => {
    const after = placeAfter(input.cursor);
    const systems = may(actor, "access:read")
      ? null
      : [...new Set(actor.grants.flatMap(({ systemId }) => (systemId ? [systemId] : [])))].filter((systemId) =>
          may(actor, "access:read", { systemId }),
        );
    const rows = await db.apiToken.findMany({
      where: {
        ...(after ? { id: { lt: after.id } } : {}),
        ...(systems ? { systemId: { in: systems } } : {}),
        ...(input.state === "live" ? { revokedAt: null, expiresAt: { gt: now } } : {}),
      },
      orderBy: { id: "desc" },
      take: PAGE + 1,
      select: {
        id: true,
        name: true,
        prefix: true,
        role: true,
        environment: true,
        expiresAt: true,
        revokedAt: true,
        createdAt: true,
        system: { select: { slug: true } },
        owner: { select: { id: true, name: true, deactivatedAt: true } },
      },
    });
    const shown = rows.slice(0, PAGE);
    const seen = await db.activity.findMany({ where: { subjectId: { in: shown.map(({ id }) => id) } } });
    const seenAt = new Map(seen.map((row) => [row.subjectId, row.lastSeenAt]));
    const last = shown.at(-1);
    return {
      tokens: shown.map(({ system, owner, ...token }) => ({
        ...token,
        system: system?.slug ?? null,
        owner: { id: owner.id, name: owner.name, isActive: owner.deactivatedAt === null },
        state: tokenState(token, now),
        lastUsedAt: seenAt.get(token.id) ?? null,
      })),
      nextCursor: rows.length > PAGE && last ? encodeCursor(["", last.id]) : null,
    };
  },
);

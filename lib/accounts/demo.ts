import { z } from "zod";
import { isRole } from "#lib/accounts/actors.ts";
import { database } from "#lib/platform/db.ts";

const Made = z.object({ state: z.literal("made"), at: z.coerce.date() });

export type DemoPerson = { readonly name: string; readonly email: string; readonly roles: readonly string[] };

/**
 * The people of the demo organisation, for the sign-in page, or null where there is none. Only those that came with it: people
 * who were let in later are nobody's business before signing in.
 */
export async function demoPeople(): Promise<readonly DemoPerson[] | null> {
  const db = database();
  const setting = await db.setting.findUnique({ where: { key: "demo_organisation" } });
  const made = Made.safeParse(setting?.value);
  if (!made.success) return null;
  const people = await db.person.findMany({
    where: { deactivatedAt: null, passwordHash: { not: null }, createdAt: { lte: made.data.at } },
    orderBy: { createdAt: "asc" },
    take: 12,
    select: {
      name: true,
      email: true,
      grants: { select: { role: true } },
      memberships: { select: { group: { select: { grants: { select: { role: true } } } } } },
    },
  });
  return people.map(({ name, email, grants, memberships }) => {
    const all = [...grants, ...memberships.flatMap(({ group }) => group.grants)].map(({ role }) => role);
    return { name, email, roles: [...new Set(all.filter(isRole))] };
  });
}

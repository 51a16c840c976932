import type { Scope } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { actorOfRow, actorSelect } from "#lib/accounts/actors.ts";
import type { Reader } from "#lib/platform/db.ts";

/** Active people who hold a permission in a place, by name. */
export async function peopleWho(
  reader: Reader,
  permission: Permission,
  scope: Scope,
  now: Date,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await reader.person.findMany({
    where: { deactivatedAt: null },
    select: actorSelect,
    orderBy: { name: "asc" },
  });
  return rows
    .map((row) => actorOfRow(row, { channel: "job", now }))
    .filter((person) => may(person, permission, scope))
    .map(({ id, name }) => ({ id, name }));
}

/**
 * People for tests.
 *
 *     const grace = await aPerson({ roles: ["reviewer"], groups: ["safety"] });          // everywhere
 *     const ada = await aPerson({ name: "Ada", roles: [{ role: "author", system: "support-assistant" }] });
 *     await approveChange(grace, { … });
 *
 * Groups that do not exist yet are made. The people have no password unless one is given.
 */
import { randomBytes } from "node:crypto";
import type { Actor, Channel } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { createGroup } from "#lib/accounts/commands/groups.ts";
import { createPerson } from "#lib/accounts/commands/people.ts";
import { database } from "#lib/platform/db.ts";

export type PersonWish = {
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  /** A role alone is everywhere. `system`: id or slug. */
  readonly roles?: readonly (Role | { readonly role: Role; readonly system?: string; readonly environment?: string })[];
  readonly groups?: readonly string[];
  readonly channel?: Channel;
  readonly now?: Date;
};

/** Someone who exists in the database, as the actor that commands take. */
export async function aPerson(wish: PersonWish = {}): Promise<Actor> {
  const now = wish.now ?? new Date();
  const setUp = bootstrapActor(now);
  const groups = wish.groups ?? [];
  for (const slug of groups) {
    const exists = await database().group.count({ where: { slug } });
    if (exists === 0) await createGroup(setUp, { slug, name: slug }, { now });
  }
  const unique = randomBytes(5).toString("hex");
  const person = await createPerson(
    setUp,
    {
      email: wish.email ?? `person-${unique}@example.org`,
      name: wish.name ?? `Person ${unique}`,
      password: wish.password,
      roles: (wish.roles ?? ["viewer"]).map((role) => (typeof role === "string" ? { role } : role)),
      groups,
    },
    { now },
  );
  return actorOfPerson(database(), person.id, { channel: wish.channel ?? "browser", now });
}

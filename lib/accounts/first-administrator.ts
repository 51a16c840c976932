import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { createPerson } from "#lib/accounts/commands/people.ts";
import { database } from "#lib/platform/db.ts";

export type FirstAdministrator = { readonly email: string; readonly password: string };

/**
 * Lets the first person in, as administrator of everything, where nobody can sign in yet. Later ones are let in by them.
 * @returns whether there was nobody
 */
export async function makeFirstAdministrator({ email, password }: FirstAdministrator, now: Date): Promise<boolean> {
  if ((await database().person.count()) > 0) return false;
  const name = email.slice(0, email.indexOf("@")) || email;
  await createPerson(bootstrapActor(now), { email, name, password, roles: [{ role: "administrator" }] }, { now });
  return true;
}

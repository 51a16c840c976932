import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Role } from "#lib/access/permissions.ts";
import type { Api } from "./api.ts";

export const password = "a-plain-long-password";

export type Someone = { readonly id: string; readonly email: string; readonly name: string };

const Made = z.object({ id: z.string() });

/** A person of one test alone, with one role. No system: everywhere. */
export async function aPerson(
  administrator: Api,
  grant: { readonly role: Role; readonly system?: string; readonly environment?: string },
): Promise<Someone> {
  const unique = randomBytes(4).toString("hex");
  const person = { email: `guest-${unique}@wrenfield.example`, name: `Guest ${unique}` };
  const { id } = Made.parse(await administrator.send("POST", "/people", { ...person, password, roles: [grant] }));
  return { id, ...person };
}

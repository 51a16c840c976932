import type { Actor, Channel, Grant } from "#lib/access/actor.ts";
import { ROLES, type Role } from "#lib/access/permissions.ts";
import { isInForce } from "#lib/accounts/rules.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** How the actor came in. `requestId` is made when there is none. */
export type Arrival = {
  readonly channel: Channel;
  readonly address?: string | null;
  readonly requestId?: string;
  /** Which grants are in force. */
  readonly now?: Date;
};

/** What has to be read of a person to act as them. */
export const actorSelect = {
  id: true,
  name: true,
  deactivatedAt: true,
  grants: { select: { role: true, systemId: true, environment: true, expiresAt: true } },
  memberships: {
    select: {
      group: {
        select: {
          slug: true,
          grants: { select: { role: true, systemId: true, environment: true, expiresAt: true } },
        },
      },
    },
  },
} as const;

type GrantRow = {
  readonly role: string;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
};
export type ActorRow = {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly GrantRow[];
  readonly memberships: readonly { readonly group: { readonly slug: string; readonly grants: readonly GrantRow[] } }[];
};

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** The grants of these rows that are in force. A role this version does not know gives nothing. */
export function grantsInForce(rows: readonly GrantRow[], now: Date): readonly Grant[] {
  return rows.flatMap(({ role, systemId, environment, expiresAt }) =>
    isRole(role) && isInForce({ expiresAt }, now) ? [{ role, systemId, environment }] : [],
  );
}

/** A person's row as the actor that commands take: their own grants and those of their groups. */
export function actorOfRow(person: ActorRow, arrival: Arrival): Actor {
  const now = arrival.now ?? new Date();
  const groups = person.memberships.map(({ group }) => group);
  return {
    kind: "person",
    id: person.id,
    name: person.name,
    grants: grantsInForce([...person.grants, ...groups.flatMap((group) => group.grants)], now),
    groups: groups.map((group) => group.slug),
    channel: arrival.channel,
    address: arrival.address ?? null,
    requestId: arrival.requestId ?? newId(),
  };
}

/**
 * Someone by id or e-mail address, as the actor that commands take: for jobs, scripts and the demo organisation.
 * @throws Refusal `not_found` for someone unknown, `forbidden` for someone deactivated
 */
export async function actorOfPerson(reader: Reader, idOrEmail: string, arrival: Arrival): Promise<Actor> {
  const where = idOrEmail.includes("@") ? { email: idOrEmail.toLowerCase() } : { id: idOrEmail };
  const person = await reader.person.findUnique({ where, select: actorSelect });
  if (!person) throw new Refusal("not_found", `There is no person ${idOrEmail}`);
  if (person.deactivatedAt) throw new Refusal("forbidden", `${person.name} is deactivated and cannot act`);
  return actorOfRow(person, arrival);
}

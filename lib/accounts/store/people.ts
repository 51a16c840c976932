import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, type Tx, uniqueViolation } from "#lib/platform/db.ts";

export type NewPerson = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly oidcSubject: string | null;
};

/** @throws Refusal `conflict` when the address has a person already */
export async function insertPerson(tx: Tx, person: NewPerson, now: Date): Promise<string> {
  const id = newId(now);
  try {
    await tx.person.create({ data: { ...person, id, createdAt: now } });
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw new Refusal("conflict", `There is already a person with the address ${person.email}`, {
      fields: { email: ["This address belongs to someone already; find them in the list of members"] },
    });
  }
  return id;
}

const seen = {
  id: true,
  email: true,
  name: true,
  passwordHash: true,
  oidcSubject: true,
  sessionEpoch: true,
  deactivatedAt: true,
  revision: true,
} as const;

/** @throws Refusal `not_found` */
export async function loadPerson(reader: Reader, id: string) {
  const person = await reader.person.findUnique({ where: { id }, select: seen });
  if (!person) throw new Refusal("not_found", "There is no such person");
  return person;
}

export type PersonChange = {
  readonly name?: string;
  readonly passwordHash?: string;
  readonly oidcSubject?: string;
  readonly deactivatedAt?: Date | null;
  /** Whether every session of this person must end. */
  readonly endsSessions: boolean;
};

/** Compare-and-set on the revision that the rules saw. @throws Refusal `conflict` */
export async function changePerson(
  tx: Tx,
  person: { readonly id: string; readonly revision: number },
  { endsSessions, ...data }: PersonChange,
): Promise<void> {
  const { count } = await tx.person.updateMany({
    where: { id: person.id, revision: person.revision },
    data: { ...data, revision: { increment: 1 }, ...(endsSessions ? { sessionEpoch: { increment: 1 } } : {}) },
  });
  if (count === 0) throw new Refusal("conflict", "Someone else changed this person first; look again and repeat");
}

/** Ends every session of these people, because what they may do has changed. */
export async function endSessionsOf(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  // In one order for everybody, so that two changes of the same people cannot wait for each other.
  await tx.$queryRaw`SELECT id FROM person WHERE id = ANY(${[...personIds]}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.person.updateMany({ where: { id: { in: [...personIds] } }, data: { sessionEpoch: { increment: 1 } } });
}

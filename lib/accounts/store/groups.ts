import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, type Tx, uniqueViolation } from "#lib/platform/db.ts";

/** @throws Refusal `conflict` when the slug is taken */
export async function insertGroup(tx: Tx, group: { readonly slug: string; readonly name: string }, now: Date) {
  try {
    return await tx.group.create({ data: { ...group, id: newId(now), createdAt: now } });
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw new Refusal("conflict", `There is already a group ${group.slug}`, {
      fields: { slug: ["This name is taken; choose another"] },
    });
  }
}

/** @throws Refusal `not_found` naming the groups that exist */
export async function loadGroup(reader: Reader, slug: string) {
  const group = await reader.group.findUnique({
    where: { slug },
    select: { id: true, slug: true, name: true, revision: true },
  });
  if (group) return group;
  throw new Refusal("not_found", `There is no group ${slug}; see the list of groups under settings`);
}

/** Compare-and-set on the revision that the rules saw. @throws Refusal `conflict` */
export async function renameGroupRow(
  tx: Tx,
  group: { readonly id: string; readonly revision: number },
  name: string,
): Promise<void> {
  const { count } = await tx.group.updateMany({
    where: { id: group.id, revision: group.revision },
    data: { name, revision: { increment: 1 } },
  });
  if (count === 0) throw new Refusal("conflict", "Someone else changed this group first; look again and repeat");
}

/** Whether the membership is new. */
export async function insertMember(tx: Tx, groupId: string, personId: string): Promise<boolean> {
  const { count } = await tx.groupMember.createMany({ data: [{ groupId, personId }], skipDuplicates: true });
  return count === 1;
}

/** Whether there was a membership. */
export async function deleteMember(tx: Tx, groupId: string, personId: string): Promise<boolean> {
  const { count } = await tx.groupMember.deleteMany({ where: { groupId, personId } });
  return count === 1;
}

export async function memberIds(reader: Reader, groupId: string): Promise<readonly string[]> {
  const members = await reader.groupMember.findMany({ where: { groupId }, select: { personId: true } });
  return members.map((member) => member.personId);
}

import { AdmitFromCompany } from "#lib/accounts/input.ts";
import { assertAdministratorRemains } from "#lib/accounts/rules.ts";
import { administrators, lockAdministrators } from "#lib/accounts/store/grants.ts";
import { deleteMember, insertMember } from "#lib/accounts/store/groups.ts";
import { changePerson, endSessionsOf, insertPerson } from "#lib/accounts/store/people.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";

type Admission = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  readonly isVerified?: boolean;
  readonly name: string;
};

/**
 * Finds or makes the person that the company's identity provider vouches for. The first sign-in binds an existing address to
 * the provider's subject, so that an address given to someone else later does not open the old account.
 */
export const admitFromCompany = command(
  {
    name: "person.admit",
    may: "anyone",
    on: "everywhere",
    input: AdmitFromCompany,
    summary: "Admit whoever the company's identity provider vouches for",
  },
  async ({ tx, actor, now, input }) => {
    if (actor.kind !== "job") throw new Refusal("forbidden", "Only the sign-in admits people from the company");
    const { personId, line } = await findOrMake(tx, input, now);
    const moved = input.groups ? await alignGroups(tx, personId, input.groups) : [];
    const vouched: AuditLine = {
      action: "person.vouched",
      subject: { type: "person", id: personId },
      summary: `The company's sign-in vouched for ${input.email}`,
      detail: { issuer: input.issuer },
    };
    return { result: { personId }, audit: [line ?? vouched, ...moved] };
  },
);

type Found = { readonly personId: string; readonly line?: AuditLine };

async function findOrMake(tx: Tx, from: Admission, now: Date): Promise<Found> {
  const oidcSubject = `${from.issuer} ${from.subject}`;
  const bound = await tx.person.findUnique({ where: { oidcSubject }, select: { id: true, deactivatedAt: true } });
  if (bound?.deactivatedAt) throw new Refusal("unauthenticated", "This person is deactivated");
  if (bound) return { personId: bound.id };
  if (from.isVerified === false)
    throw new Refusal("unauthenticated", "The company has not verified this e-mail address");
  const known = await tx.person.findUnique({ where: { email: from.email } });
  if (!known) {
    const id = await insertPerson(tx, { email: from.email, name: from.name, passwordHash: null, oidcSubject }, now);
    const summary = `Let in ${from.name} (${from.email}) through the company's sign-in, without any role`;
    return { personId: id, line: { action: "person.created", subject: { type: "person", id }, summary } };
  }
  if (known.deactivatedAt) throw new Refusal("unauthenticated", "This person is deactivated");
  if (known.oidcSubject?.startsWith(`${from.issuer} `)) {
    throw new Refusal("unauthenticated", "This address belongs to someone else of the same company");
  }
  if (from.isVerified !== true) {
    throw new Refusal(
      "unauthenticated",
      "An account with this address exists, and the company does not say that it is verified",
    );
  }
  await changePerson(tx, known, { oidcSubject, endsSessions: false });
  return {
    personId: known.id,
    line: {
      action: "person.bound",
      subject: { type: "person", id: known.id },
      summary: `Bound ${known.name} to the company's sign-in`,
      detail: { issuer: from.issuer },
    },
  };
}

async function alignGroups(tx: Tx, personId: string, slugs: readonly string[]): Promise<readonly AuditLine[]> {
  const groups = await tx.group.findMany({ include: { members: { where: { personId } } } });
  const moves = groups.flatMap((group) => {
    const isIn = group.members.length > 0;
    const belongs = slugs.includes(group.slug);
    return isIn === belongs ? [] : [{ group, belongs }];
  });
  if (moves.length === 0) return [];
  const before = await lockAdministrators(tx);
  for (const { group, belongs } of moves) {
    if (belongs) await insertMember(tx, group.id, personId);
    else await deleteMember(tx, group.id, personId);
  }
  assertAdministratorRemains(before, await administrators(tx));
  await endSessionsOf(tx, [personId]);
  return moves.map(({ group, belongs }) => ({
    action: belongs ? "group.member_added" : "group.member_removed",
    subject: { type: "group", id: group.slug },
    summary: `The company's sign-in ${belongs ? "put someone into" : "took someone out of"} the group ${group.name}`,
    detail: { group: group.slug, personId },
  }));
}

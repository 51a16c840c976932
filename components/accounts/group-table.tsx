import { ROLE_WORDS, reachInWords } from "#components/accounts/role-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Role } from "#lib/access/permissions.ts";

type ShownGroup = {
  readonly slug: string;
  readonly name: string;
  readonly members: number;
  readonly grants: readonly {
    readonly role: Role;
    readonly system: string | null;
    readonly environment: string | null;
    readonly isInForce: boolean;
  }[];
};

/** Groups with how many people each has, and the roles that it gives. */
export function GroupTable({ groups }: { readonly groups: readonly ShownGroup[] }) {
  if (groups.length === 0) {
    return (
      <EmptyState title="No groups yet">
        A group names a team, for example safety, so that policies can ask for its approval.
      </EmptyState>
    );
  }
  return (
    <Table label="Groups">
      <TableHead>
        <Th>Group</Th>
        <Th>Slug</Th>
        <Th>Gives</Th>
        <Th end>People</Th>
      </TableHead>
      <TableBody>
        {groups.map((group) => (
          <Tr key={group.slug} href={`/settings/groups/${group.slug}`}>
            <Td phone="primary">
              <TextLink quiet href={`/settings/groups/${group.slug}`}>
                {group.name}
              </TextLink>
            </Td>
            <Td className="font-mono text-xs">{group.slug}</Td>
            <Td>
              {group.grants
                .filter((grant) => grant.isInForce)
                .map((grant) => `${ROLE_WORDS[grant.role].label}, ${reachInWords(grant)}`)
                .join("; ")}
            </Td>
            <Td phone="end" end>
              {group.members}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

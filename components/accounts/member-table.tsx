import { ROLE_WORDS, reachInWords } from "#components/accounts/role-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Role } from "#lib/access/permissions.ts";

export type Member = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly grants: readonly {
    readonly id: string;
    readonly role: Role;
    readonly system: string | null;
    readonly environment: string | null;
    readonly isInForce: boolean;
  }[];
  readonly groups: readonly { readonly slug: string; readonly name: string }[];
};

/** Who may sign in, with roles and groups. */
export function MemberTable({
  people,
  isFiltered,
}: {
  readonly people: readonly Member[];
  readonly isFiltered: boolean;
}) {
  if (people.length === 0) {
    return (
      <EmptyState title={isFiltered ? "Nobody matches" : "Nobody yet"} reason={isFiltered ? "filtered" : "none"}>
        {isFiltered ? <TextLink href="/settings/members">Show everyone</TextLink> : null}
      </EmptyState>
    );
  }
  return (
    <Table label="Members">
      <TableHead>
        <Th>Name</Th>
        <Th>Roles</Th>
        <Th>Groups</Th>
        <Th>State</Th>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <Tr key={person.id} href={`/settings/members/${person.id}`}>
            <Td phone="primary">
              <span className="flex items-center gap-2.5">
                <Avatar name={person.name} />
                <span className="min-w-0">
                  <TextLink quiet href={`/settings/members/${person.id}`}>
                    {person.name}
                  </TextLink>
                  <span className="block truncate text-xs text-muted">{person.email}</span>
                </span>
              </span>
            </Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {person.grants
                  .filter((grant) => grant.isInForce)
                  .map((grant) => (
                    <Badge key={grant.id} tone={grant.role === "administrator" ? "accent" : "neutral"}>
                      {ROLE_WORDS[grant.role].label}
                      {grant.system === null ? null : <span className="font-normal">{reachInWords(grant)}</span>}
                    </Badge>
                  ))}
              </span>
            </Td>
            <Td>{person.groups.map((group) => group.name).join(", ")}</Td>
            <Td phone="end">
              {person.isActive ? (
                <StatusBadge tone="ok">Active</StatusBadge>
              ) : (
                <StatusBadge tone="neutral">Deactivated</StatusBadge>
              )}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

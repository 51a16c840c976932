import type { FormAction } from "#components/ui/action-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";

type Person = { readonly id: string; readonly name: string; readonly email: string; readonly isActive: boolean };

/** The people of a group, each with the way out. */
export function GroupPeople({
  group,
  groupName,
  people,
  remove,
}: {
  readonly group: string;
  readonly groupName: string;
  readonly people: readonly Person[];
  readonly remove?: FormAction;
}) {
  if (people.length === 0) return <EmptyState title="Nobody is in this group" level={3} />;
  return (
    <ul className="divide-y divide-border">
      {people.map((person) => (
        <li key={person.id} className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
          <span className="min-w-0 grow">
            <TextLink quiet href={`/settings/members/${person.id}`}>
              {person.name}
            </TextLink>
            <span className="block truncate text-xs text-muted">{person.email}</span>
          </span>
          {person.isActive ? null : <Badge>Deactivated</Badge>}
          {remove ? (
            <ConfirmDialog
              trigger={{ label: `Remove`, size: "sm", variant: "ghost" }}
              title={`Remove ${person.name} from ${groupName}?`}
              description="What they may do through this group ends at once, and so do their sessions."
              confirmLabel="Remove"
              action={remove}
              hidden={{ group, personId: person.id }}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

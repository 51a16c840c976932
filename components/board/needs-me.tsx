import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";

export type WaitingChange = {
  readonly number: number;
  readonly title: string;
  readonly authorName: string;
  readonly updatedAt: Date;
  readonly environments: readonly string[];
  readonly system: { readonly name: string };
};

/** What waits for this person, and what of theirs waits for others. */
export function NeedsMe({
  title,
  empty,
  href,
  changes,
  now,
}: {
  readonly title: string;
  /** What to say when nothing waits. */
  readonly empty: string;
  readonly href: string;
  readonly changes: readonly WaitingChange[];
  readonly now: Date;
}) {
  const id = `waiting-${title.toLowerCase().replaceAll(" ", "-")}`;
  return (
    <Card labelledBy={id}>
      <CardHeader
        title={title}
        titleId={id}
        actions={
          changes.length > 0 ? (
            <TextLink href={href} className="inline-flex min-h-6 items-center text-sm">
              See all
            </TextLink>
          ) : null
        }
      />
      {changes.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">{empty}</p>
      ) : (
        <ul className="divide-y divide-border">
          {changes.map((change) => (
            <li
              key={change.number}
              data-row-href={`/changes/${change.number}`}
              className="grid gap-1 px-4 py-2.5 text-sm"
            >
              <TextLink quiet href={`/changes/${change.number}`}>
                {change.title} <span className="font-normal text-muted">#{change.number}</span>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                {change.system.name} · {change.authorName} · <Time at={change.updatedAt} now={now} show="relative" />
                {change.environments.map((environment) => (
                  <Badge key={environment}>{environment}</Badge>
                ))}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

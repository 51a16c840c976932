import { FindingStateBadge, SeverityBadge } from "#components/drift/badges.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { FindingSibling } from "#lib/drift/views.ts";

/** What else differs: the same parameter elsewhere first, then the same place. */
export function FindingSiblings({ siblings }: { readonly siblings: readonly FindingSibling[] }) {
  return (
    <Card labelledBy="siblings">
      <CardHeader
        title="What else differs"
        titleId="siblings"
        description="The same parameter elsewhere, and this place"
      />
      {siblings.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing else.</p>
      ) : (
        <ul className="divide-y divide-border">
          {siblings.map((one) => (
            <li key={one.number} data-row-href={`/drift/${one.number}`} className="grid gap-1 px-4 py-2.5 text-sm">
              <TextLink quiet href={`/drift/${one.number}`}>
                {one.summary} <span className="font-normal text-muted">F-{one.number}</span>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                <SeverityBadge severity={one.severity} />
                <FindingStateBadge state={one.state} kind={one.kind} />
                {one.environment.name} · {one.bundle.name}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

import { SeverityBadge } from "#components/drift/badges.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FindingRow } from "#lib/drift/views.ts";

/** The worst findings that nobody took yet. */
export function DriftCard({ findings, now }: { readonly findings: readonly FindingRow[]; readonly now: Date }) {
  return (
    <Card labelledBy="waiting-drift">
      <CardHeader
        title="Drift that nobody took"
        titleId="waiting-drift"
        actions={
          findings.length > 0 ? (
            <TextLink href="/drift?state=open" className="inline-flex min-h-6 items-center text-sm">
              See all
            </TextLink>
          ) : null
        }
      />
      {findings.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Every finding has somebody who looks after it.</p>
      ) : (
        <ul className="divide-y divide-border">
          {findings.map((finding) => (
            <li
              key={finding.number}
              data-row-href={`/drift/${finding.number}`}
              className="grid gap-1 px-4 py-2.5 text-sm"
            >
              <TextLink quiet href={`/drift/${finding.number}`}>
                {finding.summary} <span className="font-normal text-muted">F-{finding.number}</span>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                <SeverityBadge severity={finding.severity} />
                {finding.system.name} · {finding.environment.name} ·{" "}
                <Time at={finding.openedAt} now={now} show="relative" />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

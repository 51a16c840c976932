import { SEVERITY_LOOK, SeverityBadge } from "#components/drift/badges.tsx";
import { SEVERITY_WORD } from "#components/drift/words.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { cx } from "#components/ui/cx.ts";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import { TONE_TEXT } from "#components/ui/tone.ts";
import { SEVERITIES, type Severity } from "#lib/drift/model.ts";
import type { FindingRow } from "#lib/drift/views.ts";

/** How much drifts, by severity, and the worst findings that nobody took yet. */
export function DriftCard({
  bySeverity,
  findings,
  now,
}: {
  /** Of those that are not resolved, taken or not. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly findings: readonly FindingRow[];
  readonly now: Date;
}) {
  return (
    <Card labelledBy="waiting-drift">
      <CardHeader
        title="Drift"
        titleId="waiting-drift"
        actions={
          <TextLink href="/drift" className="inline-flex min-h-6 items-center text-sm">
            See all
          </TextLink>
        }
      />
      <ul
        aria-label="By severity"
        className="flex flex-wrap gap-x-4 gap-y-1 border-b border-border px-4 py-2.5 text-sm"
      >
        {SEVERITIES.map((severity) => {
          const { tone, icon: Icon } = SEVERITY_LOOK[severity];
          const count = bySeverity[severity];
          return (
            <li key={severity}>
              <Link
                href={`/drift?severity=${severity}`}
                className="inline-flex min-h-6 items-center gap-1 hover:underline"
              >
                <Icon aria-hidden className={cx("size-3.5", count > 0 ? TONE_TEXT[tone] : "text-muted")} />
                <span className="font-semibold tabular-nums">{count}</span>
                <span className="text-muted">{SEVERITY_WORD[severity].toLowerCase()}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {findings.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing waits for somebody to take it.</p>
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

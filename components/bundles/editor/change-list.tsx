import { ArrowRight, Lock } from "lucide-react";
import { MeaningBadge, RiskBadge } from "#components/diff/change-badges.tsx";
import { areLongTexts, LongTextDiff, ValueText } from "#components/diff/value-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { ParameterChange } from "#lib/bundles/model.ts";

/** Changed parameters in a narrow column, riskiest first. */
export function ChangeList({ changes }: { readonly changes: readonly ParameterChange[] }) {
  return (
    <ul className="divide-y divide-border">
      {changes.map((change) => (
        <li key={`${change.pointer} ${change.environments.join()}`} className="grid gap-1 px-4 py-2.5 text-sm">
          <span className="flex flex-wrap items-center gap-1.5">
            <MeaningBadge meaning={change.meaning} />
            {change.risk ? <RiskBadge risk={change.risk} suffix=" risk" /> : null}
            {change.locked ? (
              <Badge title="Needs one approval more">
                <Lock aria-hidden />
                Locked
              </Badge>
            ) : null}
            {change.title ? <span className="font-medium">{change.title}</span> : null}
          </span>
          <code className="font-mono text-xs text-muted [overflow-wrap:anywhere]">{change.pointer}</code>
          <Values change={change} />
          <span className="text-xs text-muted">
            {change.environments.length === 0
              ? "Reaches no environment: every overlay hides it"
              : `Reaches ${change.environments.join(", ")}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Values({ change }: { readonly change: ParameterChange }) {
  const { before, after, unit } = change;
  if (typeof before === "string" && typeof after === "string" && areLongTexts(before, after)) {
    return <LongTextDiff before={before} after={after} />;
  }
  return (
    <span className="flex min-w-0 flex-wrap items-start gap-x-2 gap-y-1">
      <ValueText value={before} side="before" />
      <ArrowRight aria-hidden className="mt-0.5 size-3.5 text-muted" />
      <ValueText value={after} side="after" />
      {unit ? <span className="text-xs text-muted">{unit}</span> : null}
    </span>
  );
}

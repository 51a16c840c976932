import { ParameterTable } from "#components/diff/parameter-table.tsx";
import { PrintDiff } from "#components/diff/print-diff.tsx";
import { TextDiff } from "#components/diff/text-diff.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { ParameterChange } from "#lib/bundles/model.ts";

export type ComparisonSide = { readonly label: string; readonly href: string; readonly digest: string };

/** Two configurations: the parameters that differ with what that means, and the texts. */
export function ComparisonView({
  left,
  right,
  isSame,
  rows,
  texts,
}: {
  readonly left: ComparisonSide;
  readonly right: ComparisonSide;
  readonly isSame: boolean;
  readonly rows: readonly ParameterChange[];
  readonly texts: readonly { readonly layer: string; readonly before: string; readonly after: string }[];
}) {
  const differing = texts.filter((one) => one.before !== one.after);
  return (
    <div className="grid gap-4">
      <dl className="grid gap-3 sm:grid-cols-2">
        {[
          { term: "Before", side: left },
          { term: "After", side: right },
        ].map(({ term, side }) => (
          <div key={term} className="rounded-lg border border-border bg-surface px-4 py-3 text-sm">
            <dt className="text-xs text-muted">{term}</dt>
            <dd>
              <TextLink quiet href={side.href}>
                {side.label}
              </TextLink>
              <span className="ml-2">
                <Digest value={side.digest} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {isSame ? <Callout tone="ok" title="Both sides are the same, digest for digest" /> : null}
      {rows.length > 0 ? (
        <Card labelledBy="parameters">
          <CardHeader
            title={`${rows.length} ${rows.length === 1 ? "parameter differs" : "parameters differ"}`}
            titleId="parameters"
          />
          <ParameterTable changes={rows} />
        </Card>
      ) : null}
      {differing.map((one) => (
        <Card key={one.layer} labelledBy={`text-${one.layer}`}>
          <CardHeader title={`Text of ${one.layer}`} titleId={`text-${one.layer}`} />
          <TextDiff
            id={one.layer}
            before={one.before}
            after={one.after}
            beforeTitle={left.label}
            afterTitle={right.label}
          />
          <PrintDiff before={one.before} after={one.after} beforeTitle={left.label} afterTitle={right.label} />
        </Card>
      ))}
    </div>
  );
}

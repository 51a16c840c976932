import { areLongTexts, LongTextDiff, ValueText } from "#components/diff/value-text.tsx";
import type { FindingRow } from "#lib/drift/views.ts";

/** Declared and observed side by side; two long texts as one, word by word. */
export function FindingValues({ values }: { readonly values: FindingRow["values"] }) {
  const { declared, observed } = values;
  if (areLongTexts(declared, observed) && typeof declared === "string" && typeof observed === "string") {
    return <LongTextDiff before={declared} after={observed} />;
  }
  return (
    <dl className="grid gap-3 sm:grid-cols-2">
      <div className="min-w-0">
        <dt className="mb-1 text-xs text-muted">Declared</dt>
        <dd>
          <ValueText value={declared} side="before" />
        </dd>
      </div>
      <div className="min-w-0">
        <dt className="mb-1 text-xs text-muted">Observed</dt>
        <dd>
          <ValueText value={observed} side="after" />
        </dd>
      </div>
    </dl>
  );
}

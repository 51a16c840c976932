import { Pointer } from "#components/diff/pointer.tsx";
import { areLongTexts, LongTextDiff, ValueText } from "#components/diff/value-text.tsx";
import type { PatchChange } from "#lib/hot-patches/model.ts";

type Named = PatchChange & { readonly title?: string; readonly unit?: string | null };

/** What a patch sets, one entry for each parameter: before and after, long texts as one, word by word. */
export function PatchChanges({ changes }: { readonly changes: readonly Named[] }) {
  return (
    <ul className="grid gap-3">
      {changes.map((change) => (
        <li key={change.pointer} className="grid min-w-0 gap-1">
          <p className="text-sm">
            {change.title && change.title !== change.pointer ? (
              <span className="block font-medium">{change.title}</span>
            ) : null}
            <span className="text-muted">
              <Pointer value={change.pointer} />
            </span>
          </p>
          <Values change={change} />
        </li>
      ))}
    </ul>
  );
}

function Values({ change }: { readonly change: Named }) {
  const { before, after, unit } = change;
  if (typeof before === "string" && typeof after === "string" && areLongTexts(before, after)) {
    return <LongTextDiff before={before} after={after} />;
  }
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
      <ValueText value={before} side="before" />
      <span aria-hidden className="text-muted">
        →
      </span>
      {after === undefined ? (
        <span className="text-xs font-medium">taken away</span>
      ) : (
        <ValueText value={after} side="after" />
      )}
      {unit ? <span className="text-xs text-muted">{unit}</span> : null}
    </p>
  );
}

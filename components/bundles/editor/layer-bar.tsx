import { MODES, type Mode } from "#components/bundles/editor/place.ts";
import { CountBadge } from "#components/ui/badge.tsx";
import { cx } from "#components/ui/cx.ts";
import type { Layer, Problem } from "#lib/bundles/model.ts";
import type { EnvironmentRef } from "#lib/systems/model.ts";

const MODE_WORD: Readonly<Record<Mode, string>> = { form: "Form", yaml: "YAML", json: "JSON" };

/** Which layer is written, and as what. */
export function LayerBar({
  environments,
  layer,
  mode,
  problems,
  unsaved,
  go,
}: {
  readonly environments: readonly EnvironmentRef[];
  readonly layer: Layer;
  readonly mode: Mode;
  readonly problems: readonly Problem[];
  readonly unsaved: readonly Layer[];
  readonly go: (place: { readonly layer?: Layer; readonly mode?: Mode }) => void;
}) {
  const errorsIn = (one: Layer) =>
    problems.filter((problem) => problem.layer === one && problem.severity === "error").length;
  const layers = [
    { slug: "base", name: "Base" },
    ...environments.map(({ slug, name }) => ({ slug, name: `${name} overlay` })),
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-border">
      <fieldset aria-label="Layer" className="flex max-w-full overflow-x-auto">
        {layers.map(({ slug, name }) => (
          <button
            key={slug}
            type="button"
            aria-pressed={slug === layer}
            onClick={() => go({ layer: slug })}
            className={cx(
              "tap -mb-px flex items-center gap-1.5 border-b-2 px-3 py-2 text-sm font-medium whitespace-nowrap -outline-offset-2",
              slug === layer ? "border-accent text-text" : "border-transparent text-muted hover:text-text",
            )}
          >
            {name}
            {unsaved.includes(slug) ? (
              <span className="text-xs text-muted" title="Not stored yet">
                ●<span className="sr-only"> not stored yet</span>
              </span>
            ) : null}
            <CountBadge count={errorsIn(slug)} tone="danger" label="errors" />
          </button>
        ))}
      </fieldset>
      <fieldset aria-label="Write as" className="m-1.5 flex rounded-md border border-border-strong p-0.5">
        {MODES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === mode}
            onClick={() => go({ mode: one })}
            className={cx(
              "tap min-h-6 rounded-sm px-2.5 text-xs font-medium",
              one === mode ? "bg-accent-bg text-accent-fg" : "text-muted hover:text-text",
            )}
          >
            {MODE_WORD[one]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

import { Pointer } from "#components/diff/pointer.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { RecurrenceView } from "#lib/hot-patches/queries/recurrences.ts";

/** Parameters that are patched again and again: what they need is a change that stays. */
export function Recurrences({ recurrences }: { readonly recurrences: readonly RecurrenceView[] }) {
  if (recurrences.length === 0) return null;
  return (
    <Card labelledBy="recurrences" className="mb-4">
      <CardHeader
        title="Patched again and again"
        titleId="recurrences"
        description="A parameter that every second incident touches asks for a governed change: reviewed, tested, and there to stay."
      />
      <ul className="divide-y divide-border">
        {recurrences.map((one) => (
          <li
            key={`${one.environmentId} ${one.bundleId} ${one.pointer}`}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 text-sm"
          >
            <div className="min-w-0 grow basis-64">
              <p>
                <span className="font-medium">{one.title}</span>{" "}
                <span className="text-muted">
                  {one.patches.length} times in 90 days in {one.environment.name} of {one.system.name}
                </span>
              </p>
              <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
                {one.title === one.pointer ? null : <Pointer value={one.pointer} />}
                {one.patches.map((patch) => (
                  <TextLink
                    key={patch.number}
                    href={`/hot-patches/${patch.number}`}
                    className="inline-flex min-h-6 items-center"
                  >
                    HP-{patch.number} ({patch.incident})
                  </TextLink>
                ))}
              </p>
            </div>
            <LinkButton size="sm" href={`/systems/${one.system.slug}/bundles/${one.bundle.slug}`}>
              Propose a change of {one.bundle.name}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

import { SYNC_LOOK } from "#components/drift/badges.tsx";
import { SYNC_HINT, SYNC_WORD } from "#components/drift/words.ts";
import { cx } from "#components/ui/cx.ts";
import { Link } from "#components/ui/link.tsx";
import { TONE_TEXT } from "#components/ui/tone.ts";
import type { BoardBundle } from "#lib/insights/board-bundle.ts";
import type { SyncState } from "#lib/runtimes/model.ts";

const WORST_FIRST: readonly SyncState[] = ["drifted", "hot_patched", "stale", "unknown", "in_sync"];

type Systems = readonly { readonly cells: readonly { readonly bundles: readonly BoardBundle[] }[] }[];

/** The state of sync that an address asks for. */
export function syncOf(text: string | undefined): SyncState | null {
  return WORST_FIRST.find((sync) => sync === text) ?? null;
}

/** How many places are in each state; choosing one shows the systems that have it. */
export function BoardSummary({ systems, chosen }: { readonly systems: Systems; readonly chosen: SyncState | null }) {
  const places = systems.flatMap((system) =>
    system.cells.flatMap((cell) => cell.bundles.filter((bundle) => bundle.declared !== null)),
  );
  return (
    <nav aria-label="Show systems by what runs" className="mb-4 flex flex-wrap gap-2" data-print="hide">
      {WORST_FIRST.map((sync) => {
        const { tone, icon: Icon } = SYNC_LOOK[sync];
        const count = places.filter((bundle) => bundle.running.sync === sync).length;
        const isChosen = chosen === sync;
        return (
          <Link
            key={sync}
            href={isChosen ? "/" : `/?sync=${sync}`}
            scroll={false}
            title={SYNC_HINT[sync]}
            aria-current={isChosen ? "true" : undefined}
            className={cx(
              "tap inline-flex min-h-8 items-center gap-1.5 rounded-md border bg-surface px-2.5 text-sm hover:bg-hover",
              isChosen ? "border-accent" : "border-border",
            )}
          >
            <Icon aria-hidden className={cx("size-4", count > 0 ? TONE_TEXT[tone] : "text-muted")} />
            <span className="font-semibold tabular-nums">{count}</span>
            <span className="text-muted">{SYNC_WORD[sync].toLowerCase()}</span>
          </Link>
        );
      })}
    </nav>
  );
}

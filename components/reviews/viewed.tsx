"use client";

import { ChevronDown } from "lucide-react";
import { createContext, type ReactNode, use, useId, useMemo, useState } from "react";
import { useStored, writeStored } from "#components/reviews/stored.ts";
import { cx } from "#components/ui/cx.ts";
import { Progress } from "#components/ui/progress.tsx";

type Viewed = {
  readonly marks: Readonly<Record<string, string>>;
  readonly mark: (id: string, hash: string | null) => void;
};

const ViewedContext = createContext<Viewed>({ marks: {}, mark: () => undefined });

/** What of a request its reader has ticked as viewed, kept on this machine. */
export function ViewedMarks({ storeAs, children }: { readonly storeAs: string; readonly children: ReactNode }) {
  const key = `plumbline:viewed:${storeAs}`;
  const text = useStored(key);
  const viewed = useMemo<Viewed>(() => {
    const marks = marksOf(text);
    return {
      marks,
      mark: (id, hash) => {
        const { [id]: _, ...others } = marks;
        writeStored(key, JSON.stringify(hash === null ? others : { ...others, [id]: hash }));
      },
    };
  }, [key, text]);
  return <ViewedContext value={viewed}>{children}</ViewedContext>;
}

function marksOf(text: string | null): Readonly<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(text ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, string>) : {};
  } catch {
    return {};
  }
}

export type ViewablePart = { readonly id: string; readonly hash: string };

/** How many of the parts are viewed as they are now: an edited part has to be looked at again. */
export function ViewedProgress({ parts }: { readonly parts: readonly ViewablePart[] }) {
  const { marks } = use(ViewedContext);
  const count = parts.filter((part) => marks[part.id] === part.hash).length;
  return <Progress label="Viewed" value={count} max={parts.length} />;
}

/** One part of the changes under its head: folds up once it is ticked as viewed. */
export function Viewable({
  part,
  title,
  badges,
  children,
}: {
  readonly part: ViewablePart;
  readonly title: ReactNode;
  readonly badges?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  const { marks, mark } = use(ViewedContext);
  const isViewed = marks[part.id] === part.hash;
  const [unfolded, setUnfolded] = useState<boolean | null>(null);
  const isOpen = unfolded ?? !isViewed;
  return (
    <section
      id={part.id}
      data-viewable=""
      aria-labelledby={id}
      className="min-w-0 scroll-mt-20 overflow-clip rounded-lg border border-border bg-surface"
    >
      <header
        className={cx("flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2", isOpen && "border-b border-border")}
      >
        <h3 className="flex min-w-0 grow items-center gap-1 text-sm font-semibold">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setUnfolded(!isOpen)}
            className="flex min-h-7 min-w-0 items-center gap-2 rounded-sm text-left"
            data-print="hide"
          >
            <ChevronDown aria-hidden className={cx("size-4 shrink-0 text-muted", !isOpen && "-rotate-90")} />
            <span id={id} className="min-w-0 [overflow-wrap:anywhere]">
              {title}
            </span>
          </button>
        </h3>
        {badges}
        <label className="tap flex min-h-7 items-center gap-2 text-sm text-muted" data-print="hide">
          <input
            type="checkbox"
            data-viewed=""
            checked={isViewed}
            onChange={(event) => {
              mark(part.id, event.target.checked ? part.hash : null);
              setUnfolded(null);
            }}
            className="size-4 accent-accent pointer-coarse:size-5"
          />
          Viewed
        </label>
      </header>
      <div className={isOpen ? undefined : "hidden print:block"}>{children}</div>
    </section>
  );
}

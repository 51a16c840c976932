"use client";

import { ChevronRight, ClockAlert, Flame } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type BannerPatch, bannerLine } from "#components/hot-patches/banner/banner-text.ts";
import { MinutesLeft } from "#components/hot-patches/banner/minutes-left.tsx";
import { followChanges } from "#components/shell/shared-live.ts";
import { cx } from "#components/ui/cx.ts";
import { Link } from "#components/ui/link.tsx";
import { TONE_CLASS } from "#components/ui/tone.ts";

type Open = { readonly patches: readonly BannerPatch[]; readonly now: Date | string };

/** What is open, read on its own: a page in which somebody types is left alone. */
async function readOpen(): Promise<Open | null> {
  try {
    const answer = await fetch("/api/v1/open-hot-patches");
    return answer.ok ? ((await answer.json()) as Open) : null;
  } catch (error) {
    // No connection: the next change, or the next page, tells again.
    if (error instanceof TypeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** One line on every page while a hot-patch is open or owes something. It follows changes by itself, and covers nothing. */
export function PatchBanner({ patches, now }: { readonly patches: readonly BannerPatch[]; readonly now: Date }) {
  const [read, setRead] = useState<Open | null>(null);
  const newest = read && new Date(read.now).getTime() > now.getTime() ? read : { patches, now };
  const madeAt = useRef(0);
  useEffect(() => {
    madeAt.current = new Date(newest.now).getTime();
  }, [newest.now]);
  useEffect(
    () =>
      followChanges({
        madeAt: () => madeAt.current,
        refresh: async () => {
          const open = await readOpen();
          if (open) setRead(open);
        },
      }),
    [],
  );
  const line = bannerLine(newest.patches);
  if (!line) return null;
  const Icon = line.tone === "danger" ? ClockAlert : Flame;
  return (
    <section
      aria-label="Open hot-patches"
      className={cx("border-b max-md:in-[body:has([data-production])]:pt-4", TONE_CLASS[line.tone])}
    >
      <Link
        href={line.href}
        className="tap flex h-9 items-center gap-2 px-4 text-sm hover:underline focus-visible:-outline-offset-2 max-md:px-3"
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 truncate">
          <span className="font-semibold">{line.short}</span>
          <span className="max-sm:sr-only"> · {line.more}</span>
        </span>
        {line.until ? (
          <span className="shrink-0 whitespace-nowrap">
            {line.next ? `${line.next}: ` : null}
            <MinutesLeft until={line.until} now={new Date(newest.now)} />
          </span>
        ) : null}
        <ChevronRight aria-hidden className="ml-auto size-4 shrink-0" />
      </Link>
    </section>
  );
}

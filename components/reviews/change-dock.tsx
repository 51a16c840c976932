"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "#components/ui/cx.ts";

/** The header's buttons: in their place, and once that is scrolled away at the lower edge. On a phone always there, for the thumb. */
export function ChangeDock({ children, menu }: { readonly children: ReactNode; readonly menu: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([entry]) => setAway(entry?.isIntersecting === false), {
      rootMargin: "-52px 0px 0px 0px",
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className="min-w-0 max-md:h-0 md:min-h-8" data-print="hide">
      <div
        className={cx(
          "flex items-center gap-2 md:flex-wrap",
          "max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:border-t max-md:border-border max-md:bg-surface max-md:px-3 max-md:pt-2 max-md:pb-[max(0.5rem,env(safe-area-inset-bottom))] max-md:empty:hidden",
          isAway &&
            "md:fixed md:right-6 md:bottom-5 md:z-20 md:rounded-lg md:border md:border-border-strong md:bg-surface md:p-2 md:shadow-pop",
        )}
      >
        {children}
        {menu}
      </div>
    </div>
  );
}

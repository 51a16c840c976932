import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";

export type Description = { readonly term: string; readonly value: ReactNode };

/** Facts about one thing: term beside value, stacked on a phone. */
export function DescriptionList({
  items,
  columns = 1,
}: {
  readonly items: readonly Description[];
  readonly columns?: 1 | 2;
}) {
  return (
    <dl className={cx("grid gap-x-8 text-sm", columns === 2 && "lg:grid-cols-2")}>
      {items.map((item) => (
        <div key={item.term} className="grid gap-x-4 py-1.5 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { cx } from "#components/ui/cx.ts";

/** A grey shape as large as what will come; it shows itself after 200 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cx("breathes rounded-sm bg-border", className)} />;
}

/** As many table rows as will come. */
export function SkeletonRows({ rows, label = "Loading" }: { readonly rows: number; readonly label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className="flex h-[2.1875rem] items-center gap-6 border-t border-border px-3 first:border-t-0">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 grow" />
        </div>
      ))}
    </div>
  );
}

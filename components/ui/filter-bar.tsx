import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Link, TextLink } from "#components/ui/link.tsx";

/** Search, filters and what they found, in one line above a list. */
export function FilterBar({
  label,
  summary,
  children,
}: {
  readonly label: string;
  readonly summary?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <search
      aria-label={label}
      className="flex flex-wrap items-center gap-2 border-b border-border px-3 py-2.5"
      data-print="hide"
    >
      {children}
      {summary ? (
        <p role="status" className="ml-auto text-sm whitespace-nowrap text-muted">
          {summary}
        </p>
      ) : null}
    </search>
  );
}

export type FilterChip = { readonly label: string; readonly value: string; readonly removeHref: string };

/** What is filtered at the moment, each with its way out. Nothing when nothing is. */
export function FilterChips({
  chips,
  clearHref,
}: {
  readonly chips: readonly FilterChip[];
  readonly clearHref: string;
}) {
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 border-b border-border px-3 py-2 text-xs">
      <ul className="contents" aria-label="Active filters">
        {chips.map((chip) => (
          <li key={`${chip.label}:${chip.value}`}>
            <Link
              href={chip.removeHref}
              scroll={false}
              aria-label={`Remove filter ${chip.label}: ${chip.value}`}
              className="tap inline-flex min-h-6 max-w-72 items-center gap-1.5 rounded-full border border-accent-border bg-accent-bg pr-1.5 pl-2.5 text-accent-fg hover:border-accent"
            >
              <span className="truncate">
                {chip.label}: <span className="font-medium">{chip.value}</span>
              </span>
              <X aria-hidden className="size-3.5 shrink-0" />
            </Link>
          </li>
        ))}
      </ul>
      <TextLink href={clearHref} scroll={false} className="inline-flex min-h-6 items-center px-1.5">
        Clear filters
      </TextLink>
    </div>
  );
}

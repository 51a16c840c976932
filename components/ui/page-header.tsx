import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "#components/ui/link.tsx";

export type Crumb = { readonly label: string; readonly href: string };

/** The head of a page: where one is, what it is, what is known about it, what can be done. */
export function PageHeader({
  title,
  suffix,
  meta,
  actions,
  breadcrumbs = [],
}: {
  readonly title: ReactNode;
  /** Quieter, after the title: a number. */
  readonly suffix?: ReactNode;
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
  readonly breadcrumbs?: readonly Crumb[];
}) {
  return (
    <header className="mb-5">
      {breadcrumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" className="mb-1" data-print="hide">
          <ol className="flex flex-wrap items-center gap-x-1 text-sm text-muted">
            {breadcrumbs.map((crumb) => (
              <li key={crumb.href} className="flex items-center gap-1">
                <Link href={crumb.href} className="inline-flex min-h-6 items-center hover:text-text hover:underline">
                  {crumb.label}
                </Link>
                <ChevronRight aria-hidden className="size-3.5" />
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-80">
          <h1 className="text-xl font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">
            {title}
            {suffix ? <span className="font-normal text-muted"> {suffix}</span> : null}
          </h1>
          {meta ? (
            <div className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm text-muted">{meta}</div>
          ) : null}
        </div>
        {actions ? (
          <div className="flex flex-wrap items-center gap-2" data-print="hide">
            {actions}
          </div>
        ) : null}
      </div>
    </header>
  );
}

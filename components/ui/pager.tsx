import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";

/** Pages of a list that is read from newest to oldest by keys, not by page numbers. An absent address: nothing there. */
export function Pager({
  newerHref,
  olderHref,
  summary,
  newerLabel = "Newer",
  olderLabel = "Older",
}: {
  readonly newerHref?: string;
  readonly olderHref?: string;
  readonly summary?: ReactNode;
  readonly newerLabel?: string;
  readonly olderLabel?: string;
}) {
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center gap-2 px-3 py-2.5 text-sm text-muted"
      data-print="hide"
    >
      <span className="grow">{summary}</span>
      <Step href={newerHref} rel="prev">
        <ChevronLeft aria-hidden />
        {newerLabel}
      </Step>
      <Step href={olderHref} rel="next">
        {olderLabel}
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

const DISABLED_LINK = { role: "link", "aria-disabled": true } as const;

function Step({ href, rel, children }: { readonly href?: string; readonly rel: string; readonly children: ReactNode }) {
  if (href) {
    return (
      <LinkButton href={href} rel={rel} size="sm">
        {children}
      </LinkButton>
    );
  }
  return (
    <span {...DISABLED_LINK} className={buttonClass("secondary", "sm")}>
      {children}
    </span>
  );
}

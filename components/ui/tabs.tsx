import { CountBadge } from "#components/ui/badge.tsx";
import { cx } from "#components/ui/cx.ts";
import { Link } from "#components/ui/link.tsx";

export type Tab = {
  readonly href: string;
  readonly label: string;
  readonly count?: number;
  readonly isCurrent: boolean;
};

/** Tabs are links: which one is open is in the address, and Back returns to it. They wrap, so that none is out of sight. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-4 border-b border-border" data-print="hide">
      <ul className="flex flex-wrap">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.isCurrent ? "page" : undefined}
              className={cx(
                "tap -mb-px flex items-center gap-1.5 border-b-2 px-2.5 py-2 text-sm lg:px-2 font-medium -outline-offset-2",
                tab.isCurrent
                  ? "border-accent text-text"
                  : "border-transparent text-muted hover:border-border-strong hover:text-text",
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <CountBadge count={tab.count} tone="neutral" />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

"use client";

import {
  Activity,
  ArrowLeftRight,
  Boxes,
  ChartLine,
  Flame,
  GitPullRequestArrow,
  LayoutGrid,
  type LucideIcon,
  Rocket,
  ScrollText,
  Settings,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { isOnPage, type NavCounts, PAGES, type PageId } from "#components/shell/navigation.ts";
import { CountBadge } from "#components/ui/badge.tsx";
import { cx } from "#components/ui/cx.ts";
import { Link } from "#components/ui/link.tsx";

const ICON: Readonly<Record<PageId, LucideIcon>> = {
  overview: LayoutGrid,
  systems: Boxes,
  changes: GitPullRequestArrow,
  drift: Activity,
  "hot-patches": Flame,
  deployments: Rocket,
  compare: ArrowLeftRight,
  insights: ChartLine,
  audit: ScrollText,
  settings: Settings,
};

/** The console's pages with what waits on each. */
export function Nav({
  counts,
  pages = PAGES.map((page) => page.id),
}: {
  readonly counts: NavCounts;
  readonly pages?: readonly PageId[];
}) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {PAGES.filter((page) => pages.includes(page.id)).map((page) => {
          const Icon = ICON[page.id];
          const isCurrent = isOnPage(pathname, page.href);
          return (
            <li key={page.id}>
              <Link
                href={page.href}
                aria-current={isCurrent ? "page" : undefined}
                className={cx(
                  "tap flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-sm",
                  isCurrent ? "bg-accent-bg font-medium text-accent-fg" : "text-muted hover:bg-hover hover:text-text",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className="grow">{page.label}</span>
                <CountBadge count={counts[page.id] ?? 0} label="waiting" />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

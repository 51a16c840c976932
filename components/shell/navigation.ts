/** The pages of the console that the sidebar, the palette and the keyboard know. */
export const PAGES = [
  { id: "overview", href: "/", label: "Overview", keys: "g o" },
  { id: "systems", href: "/systems", label: "Systems", keys: "g s" },
  { id: "changes", href: "/changes", label: "Change requests", keys: "g c" },
  { id: "drift", href: "/drift", label: "Drift", keys: "g r" },
  { id: "hot-patches", href: "/hot-patches", label: "Hot-patches", keys: "g h" },
  { id: "deployments", href: "/deployments", label: "Deployments", keys: "g d" },
  { id: "compare", href: "/compare", label: "Compare", keys: "g p" },
  { id: "insights", href: "/insights", label: "Insights", keys: "g i" },
  { id: "audit", href: "/audit", label: "Audit trail", keys: "g a" },
  { id: "settings", href: "/settings", label: "Settings", keys: "g e" },
] as const;

export type PageId = (typeof PAGES)[number]["id"];

/** How many things wait on a page; absent or 0 shows nothing. */
export type NavCounts = Readonly<Partial<Record<PageId, number>>>;

/** Pages of single things whose addresses do not lie below the page that lists them. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  "/systems": ["/drafts/", "/versions/"],
  "/deployments": ["/snapshots/"],
};

/** Whether an address lies on a page or below it. */
export function isOnPage(pathname: string, href: string): boolean {
  if (BELOW[href]?.some((prefix) => pathname.startsWith(prefix))) return true;
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}

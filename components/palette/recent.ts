export type Visit = { readonly href: string; readonly label: string };

const KEY = "plumbline:recent";
const KEPT = 8;

function isVisit(value: unknown): value is Visit {
  return (
    typeof value === "object" &&
    value !== null &&
    "href" in value &&
    "label" in value &&
    typeof value.href === "string" &&
    typeof value.label === "string"
  );
}

/** The pages that this tab showed last, newest first. They end with the tab, so that the next person does not see them. */
export function recentVisits(): readonly Visit[] {
  const stored = sessionStorage.getItem(KEY);
  if (stored === null) return [];
  const parsed: unknown = JSON.parse(stored);
  return Array.isArray(parsed) ? parsed.filter(isVisit) : [];
}

export function rememberVisit(visit: Visit): void {
  const others = recentVisits().filter((each) => each.href !== visit.href);
  sessionStorage.setItem(KEY, JSON.stringify([visit, ...others].slice(0, KEPT)));
}

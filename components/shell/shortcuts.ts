import { PAGES } from "#components/shell/navigation.ts";

export type ShortcutAction =
  | { readonly do: "go"; readonly href: string }
  | { readonly do: "row"; readonly step: 1 | -1 }
  | { readonly do: "change"; readonly step: 1 | -1 }
  | { readonly do: "open" | "select" | "search" | "help" }
  | { readonly do: "review" | "comment" | "viewed" };

export type Shortcut = {
  /** Pressed one after the other. */
  readonly keys: string;
  readonly label: string;
  readonly group: "Go to" | "Lists" | "Changes" | "Everywhere";
  readonly action: ShortcutAction;
};

/** Every key there is, the same in every list. The palette's Ctrl K stands apart: it also works inside fields. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...PAGES.map((page) => ({
    keys: page.keys,
    label: page.label,
    group: "Go to" as const,
    action: { do: "go" as const, href: page.href },
  })),
  { keys: "j", label: "Next row", group: "Lists", action: { do: "row", step: 1 } },
  { keys: "k", label: "Previous row", group: "Lists", action: { do: "row", step: -1 } },
  { keys: "o", label: "Open row (Enter works too)", group: "Lists", action: { do: "open" } },
  { keys: "x", label: "Select row", group: "Lists", action: { do: "select" } },
  { keys: "/", label: "Search or filter", group: "Lists", action: { do: "search" } },
  { keys: "n", label: "Next changed line", group: "Changes", action: { do: "change", step: 1 } },
  { keys: "p", label: "Previous changed line", group: "Changes", action: { do: "change", step: -1 } },
  { keys: "c", label: "Comment here", group: "Changes", action: { do: "comment" } },
  { keys: "v", label: "Tick as viewed", group: "Changes", action: { do: "viewed" } },
  { keys: "r", label: "Review", group: "Changes", action: { do: "review" } },
  { keys: "?", label: "Show these keys", group: "Everywhere", action: { do: "help" } },
];

export type Pressed = { readonly action: ShortcutAction | null; readonly pending: string };

/** What a key means after what was pressed just before it: an action, the beginning of one, or nothing. */
export function press(pending: string, key: string): Pressed {
  const keys = pending === "" ? key : `${pending} ${key}`;
  const found = SHORTCUTS.find((shortcut) => shortcut.keys === keys);
  if (found) return { action: found.action, pending: "" };
  const begins = SHORTCUTS.some((shortcut) => shortcut.keys.startsWith(`${keys} `));
  if (begins) return { action: null, pending: keys };
  return pending === "" ? { action: null, pending: "" } : press("", key);
}

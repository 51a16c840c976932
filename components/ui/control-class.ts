import { cx } from "#components/ui/cx.ts";

const BASE =
  "w-full rounded-md border bg-surface px-2.5 text-sm text-text transition-colors duration-75 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-danger-fg pointer-coarse:text-lg";

/** The look of whatever is typed into. Text of 16 px on a phone keeps the browser from zooming in. */
export function controlClass(more?: string): string {
  return cx(BASE, "border-field", more);
}

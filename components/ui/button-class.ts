import { cx } from "#components/ui/cx.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
  secondary: "border-border-strong bg-surface text-text hover:bg-hover",
  ghost: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-text",
  danger: "border-alarm bg-alarm text-on-alarm hover:border-alarm-hover hover:bg-alarm-hover",
};

const SIZE: Readonly<Record<ButtonSize, string>> = {
  sm: "min-h-7 gap-1.5 px-2.5 text-xs",
  md: "min-h-8 gap-2 px-3 text-sm",
};

const BASE =
  "tap inline-flex shrink-0 items-center justify-center rounded-md border py-1 font-medium whitespace-nowrap select-none transition-colors duration-75 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&>svg]:size-4 [&>svg]:shrink-0";

/** The look of a button, for buttons, links and triggers alike. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md", more?: string): string {
  return cx(BASE, VARIANT[variant], SIZE[size], more);
}

/** A square button that holds an icon only. */
export function iconButtonClass(variant: ButtonVariant = "ghost", size: ButtonSize = "md", more?: string): string {
  return cx(BASE, VARIANT[variant], size === "md" ? "size-8" : "size-7", "tap-square p-0!", more);
}

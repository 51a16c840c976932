/** The looks that every list of choices shares. */
export const POPUP_CLASS =
  "pops max-h-[min(20rem,var(--available-height))] min-w-(--anchor-width) max-w-[min(28rem,calc(100vw-1rem))] overflow-y-auto overscroll-contain rounded-lg border border-border-strong bg-surface p-1 shadow-pop outline-hidden";

export const OPTION_CLASS =
  "tap grid min-h-8 grid-cols-[1rem_minmax(0,1fr)] items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-disabled:text-muted data-highlighted:bg-hover";

"use client";

import { Search } from "lucide-react";
import { send } from "#components/shell/signals.ts";
import { Kbd } from "#components/ui/kbd.tsx";

/** Opens the command palette; on a phone an icon. */
export function SearchButton() {
  return (
    <button
      type="button"
      aria-label="Search or jump to"
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      onClick={() => send("palette")}
      className="tap-square flex h-8 items-center justify-center gap-2 rounded-md text-sm text-muted hover:bg-hover max-md:w-8 md:w-60 md:border md:border-border-strong md:bg-surface md:px-2.5"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="grow text-left max-md:hidden">Search or jump to…</span>
      <span className="max-md:hidden">
        <Kbd keys="Ctrl K" />
      </span>
    </button>
  );
}

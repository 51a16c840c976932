import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import type { ReactNode } from "react";

const ICON = { asc: ArrowUp, desc: ArrowDown } as const;

/** The head of a column that can be sorted by. */
export function SortButton({
  direction,
  onClick,
  children,
}: {
  readonly direction: false | "asc" | "desc";
  readonly onClick?: (event: unknown) => void;
  readonly children: ReactNode;
}) {
  const Icon = direction ? ICON[direction] : ArrowUpDown;
  return (
    <button
      type="button"
      onClick={onClick}
      className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-text"
    >
      {children}
      <Icon aria-hidden className={direction ? "size-3.5" : "size-3.5 opacity-50"} />
    </button>
  );
}

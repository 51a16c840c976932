import type { ReactNode } from "react";

/** Opens an entry's dialog from its row; the row's key opens it too. */
export function EntryButton({
  entry,
  onOpen,
  children,
}: {
  /** Its key in its list. */
  readonly entry: string;
  readonly onOpen: (entry: string) => void;
  readonly children: ReactNode;
}) {
  return (
    <a
      href={`?open=${encodeURIComponent(entry)}`}
      onClick={(event) => {
        event.preventDefault();
        onOpen(entry);
      }}
      className="font-medium text-text underline-offset-3 hover:text-link hover:underline"
    >
      {children}
    </a>
  );
}

import type { ReactNode } from "react";

/** Opens an entry's dialog from its row; the row's key opens it too. */
export function EntryButton({ onOpen, children }: { readonly onOpen: () => void; readonly children: ReactNode }) {
  return (
    <a
      href="?"
      onClick={(event) => {
        event.preventDefault();
        onOpen();
      }}
      className="font-medium text-text underline-offset-3 hover:text-link hover:underline"
    >
      {children}
    </a>
  );
}

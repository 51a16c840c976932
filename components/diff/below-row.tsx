"use client";

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

/** Content in a row of its own below the table row that this stands in. The library has no such rows. */
export function BelowRow({ children }: { readonly children: ReactNode }) {
  const marker = useRef<HTMLSpanElement>(null);
  const [cell, setCell] = useState<HTMLTableCellElement | null>(null);

  useLayoutEffect(() => {
    const row = marker.current?.closest("tr");
    if (!row) return;
    const below = document.createElement("tr");
    below.className = "diff-below";
    const only = below.insertCell();
    only.colSpan = [...row.cells].reduce((sum, each) => sum + each.colSpan, 0);
    row.after(below);
    setCell(only);
    return () => below.remove();
  }, []);

  return (
    <>
      <span ref={marker} hidden />
      {cell ? createPortal(children, cell) : null}
    </>
  );
}

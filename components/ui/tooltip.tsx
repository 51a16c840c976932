"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";

/** A hint on a word that needs one; reached by the keyboard too. Nothing that must be read belongs here. */
export function Tooltip({ hint, children }: { readonly hint: ReactNode; readonly children: ReactNode }) {
  return (
    <Base.Provider delay={250}>
      <Base.Root>
        <Base.Trigger
          render={
            <button
              type="button"
              className="cursor-help underline decoration-border-strong decoration-dotted underline-offset-3"
            />
          }
        >
          {children}
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={6} className="z-50">
            <Base.Popup
              role="tooltip"
              className="pops max-w-72 rounded-md border border-border-strong bg-surface px-2.5 py-1.5 text-xs text-text shadow-pop"
            >
              {hint}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  );
}

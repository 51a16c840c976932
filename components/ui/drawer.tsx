"use client";

import { Menu, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { iconButtonClass } from "#components/ui/button-class.ts";

/** A panel from the left edge for links; following one closes it. The browser's own dialog: focus stays inside, Escape closes. */
export function Drawer({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    const closeOn = (event: MouseEvent) => {
      const isLink = event.target instanceof Element && event.target.closest("a") !== null;
      if (isLink || event.target === current) current?.close();
    };
    current?.addEventListener("click", closeOn);
    return () => current?.removeEventListener("click", closeOn);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label={`Open ${label.toLowerCase()}`}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
        className={iconButtonClass("ghost")}
      >
        <Menu aria-hidden />
      </button>
      <dialog
        ref={dialog}
        aria-label={label}
        className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-border bg-surface text-text backdrop:bg-shade"
      >
        <div className="flex min-h-full flex-col p-3">
          <button
            type="button"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
            className={iconButtonClass("ghost", "md", "self-end")}
          >
            <X aria-hidden />
          </button>
          {children}
        </div>
      </dialog>
    </>
  );
}

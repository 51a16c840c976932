"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { rememberVisit } from "#components/palette/recent.ts";
import type { PageId } from "#components/shell/navigation.ts";
import { receive } from "#components/shell/signals.ts";

export type PaletteItem = {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** Quieter, behind the label: a number, a system. */
  readonly hint?: string;
  readonly href: string;
};

/** Finds what a few typed letters mean; a server action. */
export type PaletteSearch = (query: string) => Promise<readonly PaletteItem[]>;

const PaletteDialog = dynamic(() => import("#components/palette/palette-dialog.tsx"), { ssr: false });

const SETTLED = 800;

/** Loads the command palette when it is first wanted, and remembers the pages that were looked at. */
export function Palette({ search, pages }: { readonly search?: PaletteSearch; readonly pages?: readonly PageId[] }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const pathname = usePathname();
  useEffect(
    () =>
      receive("palette", () => {
        setWasOpen(true);
        setOpen(true);
      }),
    [],
  );
  useEffect(() => {
    const timer = setTimeout(() => {
      rememberVisit({ href: pathname, label: document.title.replace(/ · Plumbline$/, "") });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [pathname]);
  return wasOpen ? <PaletteDialog isOpen={isOpen} close={() => setOpen(false)} search={search} pages={pages} /> : null;
}

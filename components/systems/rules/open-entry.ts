"use client";

import { useSearchParams } from "next/navigation";
import { withParams } from "#components/ui/filter-url.ts";

const NEW = "+";

/** Which entry's dialog is open: in the address, so that it can be linked to. `+`: a new one. */
export function useOpenEntry() {
  const params = useSearchParams();
  const open = params.get("open");
  const show = (key: string | null) =>
    history.replaceState(null, "", withParams(params.toString(), { open: key }) || location.pathname);
  return { open: open === NEW ? null : open, isNew: open === NEW, show, showNew: () => show(NEW) };
}

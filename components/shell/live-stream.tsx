"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { followChanges } from "./shared-live.ts";

/** Asks for the page again when something has changed. `madeAt`: when this page was made, by the server's clock. */
export function LiveStream({ madeAt }: { readonly madeAt: number }) {
  const router = useRouter();
  const made = useRef(madeAt);
  useEffect(() => {
    made.current = madeAt;
  }, [madeAt]);
  useEffect(() => followChanges({ madeAt: () => made.current, refresh: () => router.refresh() }), [router]);
  return null;
}

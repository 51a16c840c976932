"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Milliseconds after which one looks again; by then a message has arrived, or there is an error to show. */
const LOOKS = [1_500, 4_000, 12_000];

/** Looks again for a while, because something is being sent. `of` names what is waited for. */
export function AwaitDelivery({ of }: { readonly of: string }) {
  const router = useRouter();
  useEffect(() => {
    if (of === "") return;
    const timers = LOOKS.map((after) => setTimeout(() => router.refresh(), after));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  }, [of, router]);
  return null;
}

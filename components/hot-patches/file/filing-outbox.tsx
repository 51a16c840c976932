"use client";

import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import type { Announced } from "#components/hot-patches/file/outbox.ts";
import { useToast } from "#components/ui/toast.tsx";

/** Loads what sends filings only where one waits, and says on whatever page one is by then what became of it. */
export function FilingOutbox({ personId }: { readonly personId: string }) {
  const toast = useToast();
  const pathname = usePathname();
  const tell = useEffectEvent(({ filing, sent }: Announced) => {
    if (sent.is === "filed") {
      const title = sent.isInForce ? `${sent.name} is in force` : `${sent.name} asks for approval`;
      toast.show({ title, description: filing.incident, tone: "ok" });
    } else if (pathname !== "/hot-patches/new") {
      toast.show({
        title: `The hot-patch for ${filing.incident} was not taken`,
        description: `${sent.refused.message} It is kept under “File a hot-patch”.`,
        tone: "danger",
      });
    }
  });
  const isFiling = pathname === "/hot-patches/new";
  useEffect(() => {
    let stop: (() => void) | null = null;
    let isGone = false;
    const start = async () => {
      if (!isFiling && !hasWaiting(personId)) return;
      const { hearFilings, startOutbox } = await import("#components/hot-patches/file/outbox.ts");
      if (isGone) return;
      stop = hearFilings((announced) => tell(announced));
      startOutbox(personId);
    };
    start();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [personId, isFiling]);
  return null;
}

function hasWaiting(personId: string): boolean {
  try {
    return localStorage.getItem(`plumbline:hot-patches:${personId}`)?.includes('"state":"waiting"') ?? false;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { DraftActions } from "#components/bundles/draft-answers.ts";
import type { DraftCheck } from "#lib/bundles/check.ts";
import type { BundleSource } from "#lib/bundles/model.ts";

const PAUSE = 400;

/** ready: of exactly this text · updating: of an earlier one · failed: the server could not look */
export type LiveCheck = {
  readonly check: DraftCheck | null;
  readonly state: "ready" | "updating" | "failed";
  readonly message?: string;
};

/** What the server finds in a text, shortly after each change of it. */
export function useCheck(
  text: BundleSource,
  of: { readonly system: string; readonly bundle: string; readonly baseVersionId: string | null },
  ask: DraftActions["check"],
): LiveCheck {
  const [answer, setAnswer] = useState<{ readonly of: BundleSource | null; readonly live: LiveCheck }>({
    of: null,
    live: { check: null, state: "updating" },
  });
  const look = useEffectEvent(async (source: BundleSource): Promise<LiveCheck> => {
    try {
      const found = await ask({ ...of, source });
      return found.kind === "ready"
        ? { check: found.check, state: "ready" }
        : { check: answer.live.check, state: "failed", message: found.message };
    } catch {
      // No answer from the server. The last findings stay on the screen, marked as old.
      return { check: answer.live.check, state: "failed", message: "The server did not answer" };
    }
  });
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const live = await look(text);
      if (isWanted) setAnswer({ of: text, live });
    }, PAUSE);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return answer.of === text ? answer.live : { ...answer.live, state: "updating" };
}

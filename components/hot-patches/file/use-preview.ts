"use client";

import { useEffect, useMemo, useState } from "react";
import {
  changesToSend,
  type Filing,
  type Refused,
  refusedBy,
  type SentChange,
} from "#components/hot-patches/file/filing.ts";
import { apiPath } from "#components/hot-patches/file/outbox.ts";
import type { PatchChange } from "#lib/hot-patches/model.ts";

type Problem = { readonly pointer: string; readonly message: string };

/** What filing would do now, as it comes over HTTP. */
type Preview = {
  readonly isAtOnce: boolean;
  readonly examination: {
    readonly changes: readonly PatchChange[];
    readonly problems: readonly Problem[];
    readonly warnings: readonly Problem[];
    readonly conflicts: readonly { readonly pointer: string; readonly number: number; readonly incident: string }[];
  } | null;
  readonly canFile: boolean;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly minutes: number;
  readonly shortened: string | null;
  readonly reviewHours: number;
  readonly revertsAtExpiry: boolean;
  readonly reviewers: readonly string[];
};

export type PreviewState = {
  /** The last answer, which may be about what was typed a moment ago. */
  readonly preview: Preview | null;
  readonly isChecking: boolean;
  readonly refused: Refused | null;
};

const PAUSE = 350;

/** Asks what filing would do, a moment after the last key; what was known stays until the answer comes. */
export function usePreview(filing: Filing, { isOnline }: { readonly isOnline: boolean }): PreviewState {
  const body = useMemo(
    () =>
      JSON.stringify({
        ...(filing.bundle !== "" && { bundle: filing.bundle }),
        level: filing.level,
        changes: changesToSend(filing),
        ...(filing.minutes !== null && { minutes: filing.minutes }),
      }),
    [filing],
  );
  const path = filing.environment === "" ? null : apiPath(filing, "hot-patch-preview");
  const asked = path === null ? "" : `${path} ${body}`;
  const [answer, setAnswer] = useState({
    asked: "",
    path: "",
    preview: null as Preview | null,
    refused: null as Refused | null,
  });
  useEffect(() => {
    if (path === null || !isOnline) return;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const headers = { "content-type": "application/json" };
        const response = await fetch(path, { method: "POST", headers, body, signal: stop.signal });
        const said: unknown = await response.json();
        if (stop.signal.aborted) return;
        if (response.ok) setAnswer({ asked: `${path} ${body}`, path, preview: said as Preview, refused: null });
        else setAnswer({ asked: `${path} ${body}`, path, preview: null, refused: refusedBy(said, sentIn(body)) });
      } catch (error) {
        // No connection, or no longer wanted: what was known stays.
        if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) return;
        throw error;
      }
    };
    const timer = setTimeout(ask, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, body, isOnline]);
  const isHere = answer.path === path;
  return {
    preview: isHere ? answer.preview : null,
    refused: answer.asked === asked ? answer.refused : null,
    isChecking: isOnline && path !== null && answer.asked !== asked,
  };
}

function sentIn(body: string): readonly string[] {
  const { changes } = JSON.parse(body) as { readonly changes: readonly SentChange[] };
  return changes.map((change) => change.pointer);
}

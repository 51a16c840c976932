"use client";

import { useMemo } from "react";
import { readStored, useStored, writeStored } from "#components/reviews/stored.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Anchor, Verdict } from "#lib/reviews/model.ts";

export type PendingComment = { readonly id: string; readonly anchor: Anchor; readonly body: string };

/** A review before it is sent: kept on this machine, so that it survives a reload. */
export type ReviewDraft = {
  readonly verdict: Verdict | null;
  readonly summary: string;
  readonly comments: readonly PendingComment[];
};

const EMPTY: ReviewDraft = { verdict: null, summary: "", comments: [] };
const nameOf = (key: string) => `plumbline:review:${key}`;

/** What is stored, or an empty review where it cannot be read: older versions may have written otherwise. */
export function parseDraft(text: string | null): ReviewDraft {
  if (text === null) return EMPTY;
  try {
    const stored = JSON.parse(text) as Partial<ReviewDraft> | null;
    if (!stored || !Array.isArray(stored.comments)) return EMPTY;
    return { ...EMPTY, ...stored };
  } catch {
    return EMPTY;
  }
}

export function readDraft(key: string): ReviewDraft {
  return parseDraft(readStored(nameOf(key)));
}

export function storeDraft(key: string, draft: ReviewDraft | null): void {
  writeStored(nameOf(key), draft === null ? null : JSON.stringify(draft));
}

export function useReviewDraft(key: string): ReviewDraft {
  const text = useStored(nameOf(key));
  return useMemo(() => parseDraft(text), [text]);
}

export function addComment(draft: ReviewDraft, anchor: Anchor, body: string): ReviewDraft {
  return { ...draft, comments: [...draft.comments, { id: newId(), anchor, body }] };
}

export function changeComment(draft: ReviewDraft, id: string, body: string): ReviewDraft {
  return { ...draft, comments: draft.comments.map((one) => (one.id === id ? { ...one, body } : one)) };
}

export function dropComment(draft: ReviewDraft, id: string): ReviewDraft {
  return { ...draft, comments: draft.comments.filter((one) => one.id !== id) };
}

"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { DraftActions, Theirs } from "#components/bundles/draft-answers.ts";
import { dropCopy, keepCopy, readCopy } from "#components/bundles/editor/local-copy.ts";
import {
  nextSync,
  pauseBefore,
  type Saved,
  type Sync,
  type SyncEvent,
  unsavedLayers,
} from "#components/bundles/editor/sync.ts";
import { changedLayers } from "#lib/bundles/draft-rules.ts";
import type { BundleSource } from "#lib/bundles/model.ts";

const PAUSE = 800;

export type DraftSync = Sync & {
  /** Layers that this browser had kept and that were put back when the page opened. */
  readonly restored: readonly string[];
  /** False when the browser has no room for what is not yet stored. */
  readonly isKept: boolean;
  /** Changes the text, as it is at that moment. */
  readonly type: (change: (text: BundleSource) => BundleSource) => void;
  /** Stores what is on the screen. @returns what is stored then; null: not everything is */
  readonly saveNow: () => Promise<Saved | null>;
  readonly apply: (event: SyncEvent) => void;
};

type Opened = Saved & { readonly id: string; readonly updatedBy: string; readonly updatedAt: string };

/** Keeps a draft on the screen, in this browser and on the server the same, and says where they are not. */
export function useDraftSync(draft: Opened, save: DraftActions["save"], isEditable: boolean): DraftSync {
  const [opened] = useState(() => opening(draft, isEditable));
  const [sync, setSync] = useState<Sync>(opened.sync);
  const [isKept, setKept] = useState(true);
  // The truth between two renders: an answer may arrive before React has drawn the last key.
  const latest = useRef(sync);
  const sending = useRef<Promise<void>>(undefined);

  const apply = (event: SyncEvent) => {
    latest.current = nextSync(latest.current, event);
    setSync(latest.current);
    const { saved, text } = latest.current;
    if (unsavedLayers(latest.current).length === 0) dropCopy(draft.id);
    else setKept(keepCopy(draft.id, { revision: saved.revision, base: saved.source, text }));
  };

  const attempt = async () => {
    const { saved, text } = latest.current;
    apply({ did: "send" });
    try {
      const answer = await save({ draftId: draft.id, source: text, revision: saved.revision });
      switch (answer.kind) {
        case "saved":
          return apply({ did: "save", saved: { source: text, revision: answer.revision } });
        case "conflict":
          return apply({ did: "conflict", theirs: answer.theirs });
        case "refused":
          return apply({ did: "refuse", message: answer.message });
      }
    } catch {
      // The server did not answer; what it would have refused it answers. The text is kept here and sent again.
      apply({ did: "miss" });
    }
  };

  const send = (): Promise<void> => {
    sending.current ??= attempt().finally(() => {
      sending.current = undefined;
    });
    return sending.current;
  };

  const mustSend = () => {
    const { phase } = latest.current;
    return (
      isEditable && unsavedLayers(latest.current).length > 0 && (phase.is === "idle" || phase.is === "unreachable")
    );
  };

  const saveNow = async () => {
    await sending.current;
    if (mustSend()) await send();
    return unsavedLayers(latest.current).length === 0 ? latest.current.saved : null;
  };

  const sendIfNeeded = useEffectEvent(() => {
    if (mustSend()) void send();
  });
  useEffect(() => {
    const { phase } = sync;
    const pause = phase.is === "unreachable" ? pauseBefore(phase.attempts) : PAUSE;
    const timer = setTimeout(() => sendIfNeeded(), pause);
    return () => clearTimeout(timer);
  }, [sync]);

  const isUnsaved = unsavedLayers(sync).length > 0;
  useEffect(() => {
    if (!isUnsaved) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", guard);
    return () => removeEventListener("beforeunload", guard);
  }, [isUnsaved]);

  return {
    ...sync,
    restored: opened.restored,
    isKept,
    type: (change) => {
      const text = change(latest.current.text);
      if (text !== latest.current.text) apply({ did: "type", text });
    },
    saveNow,
    apply,
  };
}

/** What the server has, with what this browser kept from an earlier visit put on top of it. */
function opening(draft: Opened, isEditable: boolean): { readonly sync: Sync; readonly restored: readonly string[] } {
  const saved: Saved = { source: draft.source, revision: draft.revision };
  const fresh: Sync = { saved, text: draft.source, phase: { is: "idle" } };
  const copy = isEditable ? readCopy(draft.id) : null;
  if (copy === null) return { sync: fresh, restored: [] };
  const restored = changedLayers(draft.source, copy.text);
  if (restored.length === 0) return { sync: fresh, restored };
  const hasMoved = copy.revision !== draft.revision && changedLayers(copy.base, draft.source).length > 0;
  if (!hasMoved) return { sync: { ...fresh, text: copy.text }, restored };
  const theirs: Theirs = { ...saved, updatedBy: draft.updatedBy, updatedAt: draft.updatedAt };
  return {
    sync: {
      saved: { source: copy.base, revision: copy.revision },
      text: copy.text,
      phase: { is: "conflict", theirs },
    },
    restored,
  };
}

"use client";

import { MessageSquarePlus } from "lucide-react";
import { useSyncExternalStore } from "react";
import { isSamePlace } from "#components/reviews/anchors.ts";
import { Composer } from "#components/reviews/composer.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { PendingCard } from "#components/reviews/pending-card.tsx";
import { ThreadCard } from "#components/reviews/thread-card.tsx";
import { iconButtonClass } from "#components/ui/button-class.ts";
import type { Anchor } from "#lib/reviews/model.ts";
import type { ThreadView } from "#lib/reviews/view.ts";

/** Which parameters have their composer open; shared by the button in the row and the talk below it. */
const open = new Set<string>();
const listeners = new Set<() => void>();

function setOpen(key: string, isOpen: boolean): void {
  if (isOpen) open.add(key);
  else open.delete(key);
  for (const each of listeners) each();
}

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
  };
};

function useIsOpen(key: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => open.has(key),
    () => false,
  );
}

type ParameterAnchor = Extract<Anchor, { readonly type: "parameter" }>;
const keyOf = (anchor: ParameterAnchor) => `${anchor.bundle}${anchor.pointer}`;

/** In a parameter's row: opens a comment on it. `n` and `p` stop here. */
export function ParameterCommentButton({ anchor }: { readonly anchor: ParameterAnchor }) {
  const { request } = useDesk();
  if (!request.can.comment) return <span data-change="" tabIndex={-1} className="sr-only" />;
  return (
    <span data-change="">
      <button
        type="button"
        data-comment=""
        aria-label={`Comment on ${anchor.pointer}`}
        title="Comment on this parameter"
        onClick={() => setOpen(keyOf(anchor), true)}
        className={iconButtonClass("ghost", "sm")}
      >
        <MessageSquarePlus aria-hidden />
      </button>
    </span>
  );
}

/** Below a parameter's row: what was said about it, what waits to be said, and the composer. Nothing where there is none. */
export function ParameterTalk({
  anchor,
  threads,
  now,
}: {
  readonly anchor: ParameterAnchor;
  readonly threads: readonly ThreadView[];
  readonly now: Date;
}) {
  const { request, actions, draft, addPending } = useDesk();
  const key = keyOf(anchor);
  const isOpen = useIsOpen(key);
  const pending = draft.comments.filter((comment) => isSamePlace(comment.anchor, anchor));
  if (!isOpen && pending.length === 0 && threads.length === 0) return null;
  const close = () => setOpen(key, false);
  return (
    <div className="grid gap-2 py-1">
      {threads.map((thread) => (
        <ThreadCard key={thread.id} thread={thread} now={now} anchorId={`thread-${thread.id}`} />
      ))}
      {pending.map((comment) => (
        <PendingCard key={comment.id} comment={comment} />
      ))}
      {isOpen ? (
        <div className="max-w-3xl">
          <Composer
            label={`Comment on ${anchor.pointer}`}
            storeAs={`plumbline:comment:${request.number}:${key}`}
            sendLabel="Comment now"
            autoFocus
            keep={(body) => addPending(anchor, body)}
            send={(body) => actions.start({ number: request.number, anchor, body })}
            onCancel={close}
            onSent={close}
          />
        </div>
      ) : null}
    </div>
  );
}

"use client";

import { CircleCheck, RotateCcw } from "lucide-react";
import { type ReactNode, startTransition, useOptimistic, useState } from "react";
import { Composer } from "#components/reviews/composer.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { cx } from "#components/ui/cx.ts";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ThreadView } from "#lib/reviews/view.ts";

/** What was said in one place, with its answer box. Resolving shows at once and can be undone; a refusal takes it back. */
export function ThreadCard({
  thread,
  now,
  place,
  placeHref,
  anchorId,
}: {
  readonly thread: ThreadView;
  readonly now: Date;
  /** What it is on, where that is not plain from where it stands. */
  readonly place?: string | null;
  /** Null: the place is no longer there. */
  readonly placeHref?: string | null;
  /** The id of this card on its page; a page shows a thread once. */
  readonly anchorId: string;
}) {
  const { request, actions } = useDesk();
  const toast = useToast();
  const [isResolved, showResolved] = useOptimistic(thread.resolvedAt !== null);
  const [isReplying, setReplying] = useState(false);

  const settle = (next: boolean) => {
    startTransition(async () => {
      showResolved(next);
      const answer = await actions
        .resolve({ number: request.number, threadId: thread.id, isResolved: next })
        .catch(() => null);
      if (!answer?.ok) {
        const title = answer?.message ?? "The server did not answer; the conversation is as it was";
        toast.show({ title, tone: "danger" });
      } else if (next) {
        toast.show({ title: "Conversation resolved", tone: "ok", undo: () => settle(false) });
      }
    });
  };

  return (
    <article
      id={anchorId}
      aria-label={`Conversation${place ? ` on ${place}` : ""}`}
      className="max-w-3xl scroll-mt-20 rounded-lg border border-border bg-surface target:border-accent target:ring-2 target:ring-accent-border"
    >
      {place ? (
        <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-border px-3.5 py-1.5 text-xs">
          {placeHref ? (
            <TextLink href={placeHref} className="inline-flex min-h-6 items-center font-mono [overflow-wrap:anywhere]">
              {place}
            </TextLink>
          ) : (
            <span className="font-mono text-muted [overflow-wrap:anywhere]">{place}</span>
          )}
          {placeHref === null ? <StatusBadge tone="neutral">no longer there</StatusBadge> : null}
        </header>
      ) : null}
      <Body isResolved={isResolved} resolvedBy={thread.resolvedBy} count={thread.comments.length}>
        <ol className="grid gap-3 px-3.5 py-3">
          {thread.comments.map((comment) => (
            <li key={comment.id} id={`comment-${comment.id}`} className="group/comment flex scroll-mt-20 gap-2.5">
              <Avatar name={comment.authorName} />
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-1.5 text-sm">
                  <span className="font-semibold">{comment.authorName}</span>
                  <span className="text-muted">
                    <Time at={comment.createdAt} now={now} show="relative" />
                  </span>
                  <span className="opacity-0 group-focus-within/comment:opacity-100 group-hover/comment:opacity-100 pointer-coarse:hidden">
                    <CopyButton
                      link={`/changes/${request.number}#thread-${thread.id}`}
                      label="Copy link to this conversation"
                    />
                  </span>
                </p>
                <p className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{comment.body}</p>
              </div>
            </li>
          ))}
        </ol>
        {request.can.comment ? (
          <footer className="px-3.5 pb-3" data-print="hide">
            {isReplying ? (
              <Composer
                label="Reply"
                storeAs={`plumbline:reply:${thread.id}`}
                sendLabel="Reply"
                autoFocus
                send={(body) => actions.reply({ number: request.number, threadId: thread.id, body })}
                onCancel={() => setReplying(false)}
                onSent={() => setReplying(false)}
              />
            ) : (
              <div className="flex flex-wrap gap-2">
                <Button size="sm" onClick={() => setReplying(true)}>
                  Reply
                </Button>
                <Button size="sm" onClick={() => settle(!isResolved)}>
                  {isResolved ? <RotateCcw aria-hidden /> : <CircleCheck aria-hidden />}
                  {isResolved ? "Open again" : "Resolve"}
                </Button>
              </div>
            )}
          </footer>
        ) : null}
      </Body>
    </article>
  );
}

/** A resolved conversation folds up; it opens for whoever wants it, and on paper. */
function Body({
  isResolved,
  resolvedBy,
  count,
  children,
}: {
  readonly isResolved: boolean;
  readonly resolvedBy: string | null;
  readonly count: number;
  readonly children: ReactNode;
}) {
  if (!isResolved) return children;
  return (
    <details className="group/resolved">
      <summary
        className={cx(
          "flex min-h-9 list-none flex-wrap items-center gap-x-2 px-3.5 py-1.5 text-sm text-muted hover:text-text",
          "group-open/resolved:border-b group-open/resolved:border-border [&::-webkit-details-marker]:hidden",
        )}
      >
        <CircleCheck aria-hidden className="size-4 text-ok-fg" />
        Resolved{resolvedBy ? ` by ${resolvedBy}` : ""} · {count} {count === 1 ? "comment" : "comments"}
        <span className="ml-auto text-xs text-link group-open/resolved:hidden">Show</span>
      </summary>
      {children}
    </details>
  );
}

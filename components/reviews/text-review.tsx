"use client";

import { useCallback, useMemo, useState } from "react";
import type { LinePlace, Side } from "#components/diff/side.ts";
import { TextDiff } from "#components/diff/text-diff.tsx";
import { isSamePlace, lineNow } from "#components/reviews/anchors.ts";
import { Composer } from "#components/reviews/composer.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { PendingCard } from "#components/reviews/pending-card.tsx";
import { ThreadCard } from "#components/reviews/thread-card.tsx";
import { textId } from "#components/reviews/words.ts";
import type { Anchor } from "#lib/reviews/model.ts";
import type { TextPair, ThreadView } from "#lib/reviews/view.ts";

type LineAnchor = Extract<Anchor, { readonly type: "line" }>;

/** One text of a request, before and after, with the conversation between its lines. */
export function TextReview({
  text,
  threads,
  beforeTitle,
  afterTitle,
  now,
}: {
  readonly text: TextPair;
  /** Those on this text. */
  readonly threads: readonly ThreadView[];
  readonly beforeTitle: string;
  readonly afterTitle: string;
  readonly now: Date;
}) {
  const { request, actions, draft, addPending } = useDesk();
  const [composing, setComposing] = useState<LineAnchor | null>(null);

  const placed = useMemo(
    () =>
      threads.flatMap((thread) => {
        if (thread.anchor.type !== "line") return [];
        return [{ thread, side: thread.anchor.side, line: lineNow(thread.anchor, [text]) }];
      }),
    [threads, text],
  );
  const pending = draft.comments.flatMap((comment) => {
    const { anchor } = comment;
    if (anchor.type !== "line" || anchor.bundle !== text.bundle || anchor.layer !== text.layer) return [];
    return [{ comment, side: anchor.side, line: lineNow(anchor, [text]) ?? anchor.line }];
  });
  const places: readonly LinePlace[] = [
    ...placed.flatMap(({ side, line }) => (line === null ? [] : [{ side, line }])),
    ...pending,
    ...(composing ? [composing] : []),
  ];
  const adrift = placed.filter(({ line }) => line === null);

  const renderBelow = (side: Side, line: number) => {
    const here = placed.filter((one) => one.side === side && one.line === line);
    const waiting = pending.filter((one) => one.side === side && one.line === line);
    const isComposing = composing !== null && composing.side === side && composing.line === line;
    if (here.length === 0 && waiting.length === 0 && !isComposing) return null;
    return (
      <div className="grid gap-2 py-1">
        {here.map(({ thread }) => (
          <ThreadCard key={thread.id} thread={thread} now={now} anchorId={`thread-${thread.id}`} />
        ))}
        {waiting.map(({ comment }) => (
          <PendingCard key={comment.id} comment={comment} />
        ))}
        {isComposing ? (
          <div className="max-w-3xl">
            <Composer
              label={`Comment on line ${line}`}
              storeAs={`plumbline:comment:${request.number}:${textId(text)}:${side}:${line}`}
              sendLabel="Comment now"
              autoFocus
              keep={(body) => addPending(composing, body)}
              send={(body) => actions.start({ number: request.number, anchor: composing, body })}
              onCancel={() => setComposing(null)}
              onSent={() => setComposing(null)}
            />
          </div>
        ) : null}
      </div>
    );
  };

  const { bundle, layer } = text;
  const onComment = useCallback(
    (side: Side, line: number, words: string) => {
      const anchor: LineAnchor = { type: "line", bundle, layer, side, line, text: words.slice(0, 5_000) };
      setComposing((current) => (current && isSamePlace(current, anchor) ? current : anchor));
    },
    [bundle, layer],
  );
  return (
    <>
      <TextDiff
        id={textId(text)}
        before={text.before}
        after={text.after}
        beforeTitle={beforeTitle}
        afterTitle={afterTitle}
        threads={places}
        renderBelow={renderBelow}
        onComment={request.can.comment ? onComment : undefined}
      />
      {adrift.length > 0 ? (
        <section className="grid gap-2 border-t border-border px-4 py-3" aria-label="Conversations on earlier text">
          <h4 className="text-xs font-medium text-muted">On lines that are no longer there</h4>
          {adrift.map(({ thread }) => (
            <ThreadCard
              key={thread.id}
              thread={thread}
              now={now}
              anchorId={`thread-${thread.id}`}
              place={
                thread.anchor.type === "line" ? `was line ${thread.anchor.line}: ${thread.anchor.text.trim()}` : null
              }
              placeHref={null}
            />
          ))}
        </section>
      ) : null}
    </>
  );
}

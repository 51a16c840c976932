import { placeHref, placeInWords } from "#components/reviews/anchors.ts";
import { RequestComposer } from "#components/reviews/request-composer.tsx";
import { ReviewEvent } from "#components/reviews/review-event.tsx";
import { ThreadCard } from "#components/reviews/thread-card.tsx";
import { consequence, effectOf } from "#components/reviews/words.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChangeState } from "#lib/reviews/model.ts";
import type { ChangeView, ReviewView, ThreadView } from "#lib/reviews/view.ts";

/** Over: nothing will happen any more. */
const WHEN: Readonly<Partial<Record<ChangeState, string>>> = {
  applied: "What it did",
  closed: "What would have happened",
};

/** Why the change is asked for, and what it does. */
export function ReasonCard({ view }: { readonly view: ChangeView }) {
  return (
    <Card labelledBy="reason">
      <CardHeader title="Reason" titleId="reason" />
      <CardBody className="grid gap-3">
        <p className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">{view.request.reason}</p>
        <div className="rounded-md border border-border bg-canvas px-3.5 py-2.5">
          <h3 className="text-xs font-medium text-muted">{WHEN[view.request.state] ?? "What will happen"}</h3>
          <p className="mt-0.5 max-w-prose text-sm">{consequence(effectOf(view))}</p>
        </div>
      </CardBody>
    </Card>
  );
}

type Said =
  | { readonly type: "review"; readonly at: Date; readonly review: ReviewView }
  | { readonly type: "thread"; readonly at: Date; readonly thread: ThreadView };

/** A comment that came with a review has a thread of its own, so reviews without a verdict are not shown twice. */
function saidIn(view: ChangeView): readonly Said[] {
  const reviews = view.reviews
    .filter((review) => review.verdict !== "comment")
    .map((review) => ({ type: "review", at: review.createdAt, review }) as const);
  const threads = view.threads.flatMap((thread) => {
    const [first] = thread.comments;
    return first ? [{ type: "thread", at: first.createdAt, thread } as const] : [];
  });
  return [...reviews, ...threads].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Everything that was said, as it was said, and room for more. */
export function Discussion({ view, now }: { readonly view: ChangeView; readonly now: Date }) {
  const { request } = view;
  const said = saidIn(view);
  return (
    <section aria-labelledby="discussion" className="grid min-w-0 gap-3">
      <h2 id="discussion" className="text-base font-semibold">
        Discussion
      </h2>
      {said.length === 0 ? (
        <Card>
          <EmptyState level={3} title="Nobody has said anything yet">
            Comment here on the whole change, or on a parameter or a line under Changes.
          </EmptyState>
        </Card>
      ) : (
        said.map((one) =>
          one.type === "review" ? (
            <ReviewEvent key={one.review.id} review={one.review} now={now} />
          ) : (
            <ThreadCard
              key={one.thread.id}
              thread={one.thread}
              now={now}
              anchorId={`thread-${one.thread.id}`}
              place={placeInWords(one.thread.anchor)}
              placeHref={hrefOf(one.thread, view)}
            />
          ),
        )
      )}
      {view.can.comment ? <RequestComposer number={request.number} /> : null}
    </section>
  );
}

function hrefOf(thread: ThreadView, view: ChangeView): string | null {
  const place = placeHref(thread.anchor, view);
  return place === null ? null : `/changes/${view.request.number}${place}`;
}

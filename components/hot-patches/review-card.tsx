import { ReviewBadge } from "#components/hot-patches/badges.tsx";
import { PatchButton } from "#components/hot-patches/patch-controls.tsx";
import type { Deeds } from "#components/hot-patches/patch-view.tsx";
import type { HotPatchView } from "#components/hot-patches/view.ts";
import { VERDICT_WORD } from "#components/hot-patches/words.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { Time } from "#components/ui/time.tsx";

/** The review after the fact, by somebody who had no part in it. */
export function ReviewCard({ patch, deeds }: { readonly patch: HotPatchView; readonly deeds: Deeds }) {
  const { review, now } = patch;
  if (review.state === "nothing") return null;
  const isOwed = review.state === "due" || review.state === "overdue";
  return (
    <Card labelledBy="review">
      <CardHeader title="Review after the fact" titleId="review" actions={<ReviewBadge review={review} />} />
      <CardBody className="grid gap-3 text-sm">
        {isOwed ? (
          <>
            <p className="flex flex-wrap items-center gap-x-2">
              Somebody who had no part in it looks at it
              <Countdown until={review.dueAt} now={now} label={`The review of ${patch.name}`} />
            </p>
            {patch.abilities.review ? (
              <div data-print="hide">
                <PatchButton kind="review" variant="primary" {...deeds}>
                  Review…
                </PatchButton>
              </div>
            ) : (
              <p className="text-muted">{whoOf(patch)}</p>
            )}
          </>
        ) : (
          <>
            <p>
              <strong className="font-semibold">
                {review.state === "sound" || review.state === "objected" ? VERDICT_WORD[review.state] : null}
              </strong>
              {review.by ? ` by ${review.by}` : ""}
              {review.at ? (
                <>
                  , <Time at={review.at} now={now} show="relative" />
                </>
              ) : null}
            </p>
            {review.note ? <p className="text-muted [overflow-wrap:anywhere]">{review.note}</p> : null}
          </>
        )}
      </CardBody>
    </Card>
  );
}

function whoOf({ reviewers, approvedByName }: HotPatchView): string {
  const able = reviewers.filter((name) => name !== approvedByName);
  if (able.length === 0) return "Nobody else may review here; an administrator can give somebody the role.";
  return `${able.slice(0, 6).join(", ")}${able.length > 6 ? " and others" : ""} may do it.`;
}

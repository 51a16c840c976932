"use client";

import { Plus } from "lucide-react";
import { createContext, type ReactNode, use } from "react";
import { BelowRow } from "#components/diff/below-row.tsx";
import { type LinePlace, lineKey, type Side } from "#components/diff/side.ts";

export type DiffTalk = {
  readonly id: string;
  readonly target: string | null;
  /** Opens a comment on a line; absent: this person may not comment. */
  readonly onComment?: (side: Side, line: number) => void;
  readonly renderBelow?: (side: Side, line: number) => ReactNode;
};

/** Beside the diff, not among its props: a new thread re-renders the gutters, not the rows. */
export const DiffTalkContext = createContext<DiffTalk>({ id: "diff", target: null });

/** The cell after the line number: the line's address, its comment button, and below the row what was said about it. */
export function DiffGutter({
  places,
  isChanged,
  className,
}: {
  /** One, or both in the unified view of an unchanged line; the last is the one that is commented on. */
  readonly places: readonly LinePlace[];
  readonly isChanged: boolean;
  readonly className: string;
}) {
  const { id, target, onComment, renderBelow } = use(DiffTalkContext);
  const place = places.at(-1);
  if (!place) return <td className={className} />;
  const talk = renderBelow
    ? places.map((each) => ({ key: lineKey(each), said: renderBelow(each.side, each.line) }))
    : [];
  const said = talk.filter((each) => each.said);
  const key = lineKey(place);
  return (
    <td
      id={`${id}-${key}`}
      className={`${className} diff-number`}
      data-target={target !== null && places.some((each) => lineKey(each) === target) ? "" : undefined}
      data-change={isChanged ? "" : undefined}
      tabIndex={onComment ? undefined : -1}
    >
      {onComment ? (
        <button
          type="button"
          className="diff-comment"
          aria-label={`Comment on line ${place.line} ${place.side}`}
          tabIndex={isChanged ? 0 : -1}
          onClick={() => onComment(place.side, place.line)}
        >
          <Plus aria-hidden className="size-3.5" />
        </button>
      ) : null}
      {said.length > 0 ? (
        <BelowRow>
          {said.map((each) => (
            <div key={each.key}>{each.said}</div>
          ))}
        </BelowRow>
      ) : null}
    </td>
  );
}

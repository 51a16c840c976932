"use client";

import { useEffect } from "react";
import { Composer } from "#components/reviews/composer.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { PendingCard } from "#components/reviews/pending-card.tsx";

const REQUEST = { type: "request" } as const;

/** A comment on the request as a whole. An address that ends in `#print` prints the page once it is there. */
export function RequestComposer({ number }: { readonly number: number }) {
  const { actions, draft } = useDesk();
  useEffect(() => {
    if (location.hash !== "#print") return;
    history.replaceState(history.state, "", location.pathname + location.search);
    print();
  }, []);
  return (
    <div data-composer="" className="grid max-w-3xl gap-2">
      {draft.comments
        .filter((comment) => comment.anchor.type === "request")
        .map((comment) => (
          <PendingCard key={comment.id} comment={comment} />
        ))}
      <Composer
        label="Comment on this change"
        storeAs={`plumbline:comment:${number}:request`}
        sendLabel="Comment"
        rows={3}
        send={(body) => actions.start({ number, anchor: REQUEST, body })}
      />
    </div>
  );
}

import { TextDiff } from "#components/diff/text-diff.tsx";
import { textId, textTitle } from "#components/reviews/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import type { ChangeView } from "#lib/reviews/view.ts";

/** What the viewer has not seen since they approved, and only that. */
export function SinceApproval({ view }: { readonly view: ChangeView }) {
  const { sinceMyApproval: since, request } = view;
  if (!since || request.state === "applied" || request.state === "closed") return null;
  return (
    <section aria-labelledby="since" className="grid gap-3">
      <Callout tone="warn" title={<span id="since">Changed since you approved</span>}>
        You approved revision {since.revision}; this is revision {request.contentRevision}. Your approval does not count
        any more. {since.texts.length === 0 ? "The texts are the same; what it builds on is not." : null}
      </Callout>
      {since.texts.map((text) => (
        <div key={textId(text)} className="overflow-clip rounded-lg border border-border bg-surface">
          <TextDiff
            id={`since.${textId(text)}`}
            before={text.before}
            after={text.after}
            beforeTitle={`${textTitle(text)}, as you approved it`}
            afterTitle={`${textTitle(text)}, now`}
          />
        </div>
      ))}
    </section>
  );
}

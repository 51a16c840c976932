import { ParameterTable } from "#components/diff/parameter-table.tsx";
import { placeInWords, rowOf } from "#components/reviews/anchors.ts";
import { ParameterCommentButton, ParameterTalk } from "#components/reviews/parameter-talk.tsx";
import { afterTitle, beforeTitle, PrintTexts } from "#components/reviews/print-record.tsx";
import { RuleChanges } from "#components/reviews/rule-changes.tsx";
import { TextReview } from "#components/reviews/text-review.tsx";
import { ThreadCard } from "#components/reviews/thread-card.tsx";
import { Viewable, type ViewablePart, ViewedMarks, ViewedProgress } from "#components/reviews/viewed.tsx";
import { counted, parametersChanged, textId, textTitle } from "#components/reviews/words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChangeView, ThreadView } from "#lib/reviews/view.ts";

/** Enough to notice an edit, not to prove anything: FNV-1a, 32 bits. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

type Parts = {
  readonly parameters: ViewablePart | null;
  readonly rules: ViewablePart | null;
  readonly texts: readonly ViewablePart[];
};

function partsOf(view: ChangeView): Parts {
  return {
    parameters: view.changes.length > 0 ? { id: "parameters", hash: markOf(JSON.stringify(view.changes)) } : null,
    rules: view.ruleChanges.length > 0 ? { id: "rules", hash: markOf(JSON.stringify(view.ruleChanges)) } : null,
    texts: view.texts.map((text) => ({
      id: `text-${textId(text)}`,
      hash: markOf(`${text.before}\u0000${text.after}`),
    })),
  };
}

/** The change as a list of parameters and as text, both with the conversation in its place. */
export function ChangesView({ view, now }: { readonly view: ChangeView; readonly now: Date }) {
  const parts = partsOf(view);
  const all = [parts.parameters, parts.rules, ...parts.texts].filter((part) => part !== null);
  if (all.length === 0) {
    return (
      <Card>
        <EmptyState title="Nothing differs">What it builds on says the same by now.</EmptyState>
      </Card>
    );
  }
  return (
    <ViewedMarks storeAs={`${view.viewerId}:${view.request.number}`}>
      <div className="grid gap-4">
        <h2 className="sr-only">What changes</h2>
        <div className="max-w-sm" data-print="hide">
          <ViewedProgress parts={all} />
        </div>
        {parts.parameters ? <Parameters view={view} part={parts.parameters} now={now} /> : null}
        {parts.rules ? (
          <Viewable
            part={parts.rules}
            title={counted(view.ruleChanges.length, "place in the rules", "places in the rules")}
          >
            <RuleChanges changes={view.ruleChanges} />
          </Viewable>
        ) : null}
        {view.texts.map((text, at) => {
          const part = parts.texts[at];
          if (!part) return null;
          return (
            <Viewable
              key={part.id}
              part={part}
              title={<span className="font-mono text-xs font-medium">{textTitle(text)}</span>}
              badges={<LineCounts before={text.before} after={text.after} />}
            >
              <TextReview
                text={text}
                threads={view.threads.filter((thread) => isOn(thread, text))}
                beforeTitle={beforeTitle(view, text)}
                afterTitle={afterTitle(view, text)}
                now={now}
              />
            </Viewable>
          );
        })}
        <PrintTexts view={view} />
      </div>
    </ViewedMarks>
  );
}

function Parameters({
  view,
  part,
  now,
}: {
  readonly view: ChangeView;
  readonly part: ViewablePart;
  readonly now: Date;
}) {
  const [first] = view.changes;
  const adrift = talkOf(view, null);
  const isMixed = view.changes.some((change) => change.bundle !== first?.bundle);
  return (
    <Viewable
      part={part}
      title={counted(parametersChanged(view.changes), "changed parameter")}
      badges={<Meanings changes={view.changes} />}
    >
      {/* A parameter without a conversation has an empty row below it. */}
      <div className="[&_tr:has(>td[colspan]:empty)]:hidden">
        <ParameterTable
          changes={view.changes}
          showBundle={isMixed}
          renderActions={({ bundle, pointer }) => (
            <ParameterCommentButton anchor={{ type: "parameter", bundle, pointer }} />
          )}
          renderBelow={(change) => (
            <ParameterTalk
              anchor={{ type: "parameter", bundle: change.bundle, pointer: change.pointer }}
              threads={talkOf(view, change)}
              now={now}
            />
          )}
        />
      </div>
      {adrift.length > 0 ? (
        <section className="grid gap-2 border-t border-border px-4 py-3" aria-label="Conversations on other parameters">
          <h4 className="text-xs font-medium text-muted">On parameters that no longer change</h4>
          {adrift.map((thread) => (
            <ThreadCard
              key={thread.id}
              thread={thread}
              now={now}
              anchorId={`thread-${thread.id}`}
              place={placeInWords(thread.anchor)}
              placeHref={null}
            />
          ))}
        </section>
      ) : null}
    </Viewable>
  );
}

type Change = ChangeView["changes"][number];

/** The conversations of a row; null: of no row at all, because the parameter no longer changes. */
function talkOf(view: ChangeView, row: Change | null): readonly ThreadView[] {
  return view.threads.filter(
    (thread) => thread.anchor.type === "parameter" && rowOf(thread.anchor, view.changes) === row,
  );
}

function isOn({ anchor }: ThreadView, text: ChangeView["texts"][number]): boolean {
  return anchor.type === "line" && anchor.bundle === text.bundle && anchor.layer === text.layer;
}

function Meanings({ changes }: { readonly changes: ChangeView["changes"] }) {
  const relaxed = changes.filter((change) => change.meaning === "relaxed").length;
  const locked = changes.filter((change) => change.locked).length;
  const build = changes.filter((change) => change.tier === "build").length;
  return (
    <span className="flex flex-wrap gap-1">
      {relaxed > 0 ? <Badge tone="warn">{relaxed} relaxed</Badge> : null}
      {locked > 0 ? <Badge tone="info">{locked} locked</Badge> : null}
      {build > 0 ? (
        <Badge tone="info" title="Verified only once runtimes report a new build">
          {build} need a build
        </Badge>
      ) : null}
    </span>
  );
}

/** How much of a text is new, quickly: lines that the other side does not have. */
function LineCounts({ before, after }: { readonly before: string; readonly after: string }) {
  const had = new Set(before.split("\n"));
  const has = new Set(after.split("\n"));
  const added = [...has].filter((line) => !had.has(line)).length;
  const removed = [...had].filter((line) => !has.has(line)).length;
  return (
    <span className="font-mono text-xs text-muted">
      <span className="sr-only">Lines added and removed: </span>+{added} −{removed}
    </span>
  );
}

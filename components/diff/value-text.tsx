import { type WordRun, wordRuns } from "#components/diff/word-diff.ts";
import { cx } from "#components/ui/cx.ts";
import type { Json } from "#lib/kernel/json.ts";

const LONG = 72;

/** A JSON value as one reads it: strings bare, everything else as JSON. */
function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, typeof value === "object" ? 1 : 0);
}

/** Whether both sides are texts that are better read as one, word by word. */
export function areLongTexts(before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  return before.length > LONG || after.length > LONG || before.includes("\n") || after.includes("\n");
}

// What scrolls has to be reached without a mouse.
const SCROLLS = { tabIndex: 0, role: "group" } as const;
/** A narrow column holds about as many characters before it scrolls. */
const SCROLLS_ABOVE = 96;
const SCROLLS_AFTER_LINES = 8;

/** One side of a change; absent values say so. */
export function ValueText({ value, side }: { readonly value: Json | undefined; readonly side?: "before" | "after" }) {
  if (value === undefined) return <span className="text-xs whitespace-nowrap text-muted italic">not set</span>;
  const text = valueText(value);
  const doesScroll = text.length > SCROLLS_ABOVE || text.split("\n").length > SCROLLS_AFTER_LINES;
  const name = side === undefined ? "Value" : `Value ${side}`;
  return (
    <code
      {...(doesScroll ? { ...SCROLLS, "aria-label": name } : {})}
      className={cx(
        "inline-block max-h-40 max-w-full print:max-h-none overflow-y-auto rounded-sm px-1 font-mono text-xs whitespace-pre-wrap text-text [overflow-wrap:anywhere]",
        side === "before" && "bg-diff-removed-bg",
        side === "after" && "bg-diff-added-bg",
      )}
    >
      {side === "before" ? <span className="sr-only">before: </span> : null}
      {side === "after" ? <span className="sr-only">after: </span> : null}
      {value === "" ? '""' : text}
      {value === null || typeof value !== "string" || !/^(true|false|null|-?\d[\d.]*)$/.test(value) ? null : (
        <span className="text-muted"> (text)</span>
      )}
    </code>
  );
}

/** A prompt or another long text with what was taken out and put in. */
export function LongTextDiff({ before, after }: { readonly before: string; readonly after: string }) {
  let at = 0;
  const runs = wordRuns(before, after).map((run) => {
    at += 1;
    return { ...run, key: `${at}-${run.kind}` };
  });
  return (
    <section
      aria-label="Text with what was taken out and put in"
      {...SCROLLS}
      className="max-h-72 print:max-h-none overflow-y-auto rounded-md border border-border bg-canvas px-2.5 py-2 font-mono text-xs whitespace-pre-wrap text-text [overflow-wrap:anywhere]"
    >
      {runs.map((run) => (
        <Run key={run.key} run={run} />
      ))}
    </section>
  );
}

function Run({ run }: { readonly run: WordRun }) {
  switch (run.kind) {
    case "same":
      return run.text;
    case "added":
      return <ins className="rounded-xs bg-diff-added-word no-underline print:underline">{run.text}</ins>;
    case "removed":
      return <del className="rounded-xs bg-diff-removed-word">{run.text}</del>;
    case "fold":
      return <span className="font-sans text-muted"> ⋯ {run.text} ⋯ </span>;
  }
}

"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type DiffTalk, DiffTalkContext } from "#components/diff/diff-gutter.tsx";
import { type LinePlace, lineKey, placeInFragment, type Side } from "#components/diff/side.ts";
import { diffSize } from "#components/diff/text-size.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

const Impl = dynamic(() => import("#components/diff/text-diff-impl.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={8} label="Comparing" />,
});

export type TextDiffProps = {
  /** Unique on the page; addresses of lines are `#<id>-L-12` and `#<id>-R-24`. */
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly beforeTitle: string;
  readonly afterTitle: string;
  /** auto: split where there is room, and the reader may choose */
  readonly mode?: "split" | "unified" | "auto";
  readonly language?: "yaml" | "json" | "text";
  /** Lines with something below them: never folded away, and listed under a text too long to hold them between its lines. */
  readonly threads?: readonly LinePlace[];
  readonly renderBelow?: (side: Side, line: number) => ReactNode;
  /** `text` is the line as it reads. */
  readonly onComment?: (side: Side, line: number, text: string) => void;
};

const NO_THREADS: readonly LinePlace[] = [];
const WIDE = "(min-width: 64rem)";
const listenToWidth = (changed: () => void) => {
  const query = matchMedia(WIDE);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
};

/** Two texts side by side or in one column, word by word, with room for conversation between the lines. */
export function TextDiff({ mode = "auto", threads = NO_THREADS, language = "yaml", ...props }: TextDiffProps) {
  const { id, before, after, renderBelow, onComment } = props;
  const isWide = useSyncExternalStore(
    listenToWidth,
    () => matchMedia(WIDE).matches,
    () => true,
  );
  const [chosen, setChosen] = useState<"split" | "unified" | null>(null);
  const [isPatient, setPatient] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const size = useMemo(() => diffSize(before, after), [before, after]);
  const target = useTargetLine(id);
  const isWindowed = size.isWindowed && !isWhole;
  const isSplit = (mode === "auto" ? (chosen ?? (isWide ? "split" : "unified")) : mode) === "split";
  const shown = [...threads, ...(target ? [target] : [])].map(lineKey).sort().join(" ");

  const talk = useMemo<DiffTalk>(
    () => ({
      id,
      target: target ? lineKey(target) : null,
      renderBelow: isWindowed ? undefined : renderBelow,
      onComment: onComment
        ? (side, line) => onComment(side, line, (side === "before" ? before : after).split("\n")[line - 1] ?? "")
        : undefined,
    }),
    [id, target, isWindowed, renderBelow, onComment, before, after],
  );

  if (before === after) return <p className="px-4 py-6 text-sm text-muted">The texts are the same.</p>;
  if (size.isHeavy && !isPatient) {
    return (
      <div className="p-3">
        <Callout
          title="Very many lines differ"
          actions={<Button onClick={() => setPatient(true)}>Compare the texts</Button>}
        >
          The table of parameters says more. Comparing {size.lines.toLocaleString("en")} lines can take some seconds.
        </Callout>
      </div>
    );
  }
  return (
    <div data-print="hide">
      <div className="flex flex-wrap items-center gap-2 border-b border-border px-3 py-1.5 text-xs text-muted">
        <span className="grow">{size.lines.toLocaleString("en")} lines</span>
        {size.isWindowed ? (
          <Button size="sm" variant="ghost" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Scroll in a window" : "Show on one page, for the browser's search"}
          </Button>
        ) : null}
        {mode === "auto" ? (
          <fieldset className="flex" aria-label="Layout">
            <ModeButton isOn={isSplit} choose={() => setChosen("split")}>
              Split
            </ModeButton>
            <ModeButton isOn={!isSplit} choose={() => setChosen("unified")}>
              Unified
            </ModeButton>
          </fieldset>
        ) : null}
      </div>
      <DiffTalkContext value={talk}>
        <Impl
          id={id}
          before={before}
          after={after}
          beforeTitle={props.beforeTitle}
          afterTitle={props.afterTitle}
          language={language}
          isSplit={isSplit}
          isWindowed={isWindowed}
          shown={shown}
        />
      </DiffTalkContext>
      {isWindowed && renderBelow ? <ThreadList threads={threads} renderBelow={renderBelow} /> : null}
    </div>
  );
}

function ModeButton({
  isOn,
  choose,
  children,
}: {
  readonly isOn: boolean;
  readonly choose: () => void;
  readonly children: string;
}) {
  return (
    <Button size="sm" variant={isOn ? "secondary" : "ghost"} aria-pressed={isOn} onClick={choose}>
      {children}
    </Button>
  );
}

function ThreadList({
  threads,
  renderBelow,
}: {
  readonly threads: readonly LinePlace[];
  readonly renderBelow: (side: Side, line: number) => ReactNode;
}) {
  return threads.map((place) => (
    <section key={lineKey(place)} className="border-t border-border px-4 py-3">
      <h3 className="mb-2 text-xs font-medium text-muted">
        Line {place.line}, {place.side}
      </h3>
      {renderBelow(place.side, place.line)}
    </section>
  ));
}

/** The line that the address names; it is unfolded, marked and scrolled to once the rows are there. */
function useTargetLine(id: string): LinePlace | null {
  const [target, setTarget] = useState<LinePlace | null>(null);
  useEffect(() => {
    const read = () => setTarget(placeInFragment(location.hash, id));
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [id]);
  useEffect(() => {
    if (!target) return;
    let tries = 75;
    const timer = setInterval(() => {
      const place = document.getElementById(`${id}-${lineKey(target)}`);
      tries -= 1;
      if (place || tries === 0) clearInterval(timer);
      place?.scrollIntoView({ block: "center" });
    }, 200);
    return () => clearInterval(timer);
  }, [id, target]);
  return target;
}

"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import DiffViewer, { DiffMethod, type ReactDiffViewerProps } from "react-diff-viewer-continued";
import { DiffGutter } from "#components/diff/diff-gutter.tsx";
import { DIFF_STYLES, DIFF_SYNTAX } from "#components/diff/diff-styles.ts";
import type { LinePlace } from "#components/diff/side.ts";
import { useNonce } from "#components/ui/nonce.tsx";

type GutterData = Parameters<NonNullable<ReactDiffViewerProps["renderGutter"]>>[0];

const UNCHANGED = 0;
const REMOVED = 2;

/** Which lines a row stands for. The unified view gives the second number of an unchanged line, and the only one of an added line, apart. */
function placesOf(row: GutterData): readonly LinePlace[] {
  const before: LinePlace = { side: "before", line: row.lineNumber };
  if (row.prefix === "R") return [{ side: "after", line: row.lineNumber || (row.additionalLineNumber ?? 0) }];
  if (row.type === UNCHANGED && row.additionalLineNumber) {
    return [before, { side: "after", line: row.additionalLineNumber }];
  }
  if (!row.lineNumber && row.additionalLineNumber) return [{ side: "after", line: row.additionalLineNumber }];
  return row.lineNumber ? [before] : [];
}

const renderGutter = (row: GutterData) => (
  <DiffGutter
    places={placesOf(row)}
    isChanged={row.type !== UNCHANGED}
    className={`${row.styles.gutter} ${row.type === UNCHANGED ? "" : row.type === REMOVED ? row.styles.diffRemoved : row.styles.diffAdded}`}
  />
);

const renderFold = (lines: number) => (
  <span className="diff-fold">{lines === 1 ? "Show 1 unchanged line" : `Show ${lines} unchanged lines`}</span>
);

const WINDOW = { pageSize: 60, containerHeight: "75vh", overscan: 20 };

export default function TextDiffImpl({
  id,
  before,
  after,
  beforeTitle,
  afterTitle,
  isSplit,
  isWindowed,
  language,
  shown,
}: {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly beforeTitle: string;
  readonly afterTitle: string;
  readonly isSplit: boolean;
  readonly isWindowed: boolean;
  readonly language: "yaml" | "json" | "text";
  /** Keys of lines that no fold may hide. */
  readonly shown: string;
}) {
  const nonce = useNonce();
  const frame = useRef<HTMLDivElement>(null);
  // The library looks at folds only when it starts, and shows nothing once it is told of others: it starts anew when a line
  // that must be seen is not there, and otherwise hears of no change.
  const [unfolded, setUnfolded] = useState(shown);
  useEffect(() => {
    const { current } = frame;
    if (shown === unfolded || shown === "") return;
    const isThere = (key: string) => current?.querySelector(`[id="${CSS.escape(`${id}-${key}`)}"]`) !== null;
    if (!shown.split(" ").every(isThere)) setUnfolded(shown);
  }, [id, shown, unfolded]);

  // The library makes each fold row a button around a button: nested, and dead to the Enter key. The inner one is enough.
  // And its scrolling window can't be reached without a mouse.
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const mend = () => {
      for (const row of current.querySelectorAll("tr[role=button]")) {
        row.removeAttribute("role");
        row.removeAttribute("tabindex");
      }
      const window = current.querySelector<HTMLElement>("div[style*='scroll']");
      if (window && !window.hasAttribute("tabindex")) {
        window.tabIndex = 0;
        window.setAttribute("role", "region");
        window.setAttribute("aria-label", "Text, scrolls");
      }
    };
    mend();
    const observer = new MutationObserver(mend);
    observer.observe(current, { childList: true, subtree: true, attributes: true, attributeFilter: ["role"] });
    return () => observer.disconnect();
  }, []);

  const viewer = useMemo(
    () => (
      <DiffViewer
        key={unfolded}
        oldValue={before}
        newValue={after}
        leftTitle={isSplit ? beforeTitle : `${beforeTitle} → ${afterTitle}`}
        rightTitle={afterTitle}
        splitView={isSplit}
        compareMethod={DiffMethod.WORDS_WITH_SPACE}
        showDiffOnly={!isWindowed}
        extraLinesSurroundingDiff={3}
        alwaysShowLines={unfolded === "" ? [] : unfolded.split(" ")}
        codeFoldMessageRenderer={renderFold}
        renderGutter={renderGutter}
        styles={DIFF_STYLES}
        highlightLanguage={language === "text" ? undefined : language}
        highlightTheme={DIFF_SYNTAX}
        infiniteLoading={isWindowed ? WINDOW : undefined}
        hideSummary
        nonce={nonce}
      />
    ),
    [before, after, beforeTitle, afterTitle, isSplit, isWindowed, language, unfolded, nonce],
  );
  return (
    <div ref={frame} data-layout={isSplit ? "split" : "unified"} className="text-diff overflow-x-auto">
      {viewer}
    </div>
  );
}

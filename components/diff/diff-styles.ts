import type { HighlightTheme, ReactDiffViewerStylesOverride } from "react-diff-viewer-continued";

const VARIABLES = {
  diffViewerBackground: "var(--surface)",
  diffViewerColor: "var(--text)",
  diffViewerTitleBackground: "var(--canvas)",
  diffViewerTitleColor: "var(--text)",
  diffViewerTitleBorderColor: "var(--border)",
  addedBackground: "var(--diff-added-bg)",
  addedColor: "var(--text)",
  addedGutterBackground: "var(--diff-added-gutter)",
  addedGutterColor: "var(--text)",
  wordAddedBackground: "var(--diff-added-word)",
  removedBackground: "var(--diff-removed-bg)",
  removedColor: "var(--text)",
  removedGutterBackground: "var(--diff-removed-gutter)",
  removedGutterColor: "var(--text)",
  wordRemovedBackground: "var(--diff-removed-word)",
  changedBackground: "var(--surface)",
  gutterBackground: "var(--surface)",
  gutterBackgroundDark: "var(--hover)",
  gutterColor: "var(--muted)",
  highlightBackground: "var(--accent-bg)",
  highlightGutterBackground: "var(--accent-bg)",
  codeFoldGutterBackground: "var(--sunken)",
  codeFoldBackground: "var(--sunken)",
  codeFoldContentColor: "var(--muted)",
  emptyLineBackground: "var(--canvas)",
};

const mono = { fontFamily: "var(--font-mono)" };

/**
 * One object for the life of the page: a new one makes the library insert another style element at each render.
 * Colours are variables, so that the switch to dark costs nothing. Line numbers are opaque; at half opacity they are too faint to read.
 */
export const DIFF_STYLES: ReactDiffViewerStylesOverride = {
  variables: { light: VARIABLES, dark: VARIABLES },
  diffContainer: { minWidth: "unset" },
  contentText: mono,
  gutter: { padding: "0 6px", minWidth: 0, width: "auto", pre: { opacity: 1, ...mono } },
  emptyGutter: { minWidth: 0 },
  marker: { paddingLeft: 8, paddingRight: 6, pre: mono },
  lineContent: { padding: "0 6px 0 0" },
  wordDiff: { borderRadius: 2 },
  titleBlock: { padding: "0.4rem 0.75rem", height: "auto", "& pre": { margin: 0, ...mono } },
  codeFoldGutter: { minWidth: 0, "& svg": { display: "none" } },
  codeFold: { fontWeight: 500 },
};

/** Tones that stay readable on the ground of a changed word. */
export const DIFF_SYNTAX: HighlightTheme = {
  default: "var(--text)",
  punctuation: "var(--text)",
  operator: "var(--text)",
  comment: "var(--syntax-comment)",
  atrule: "var(--syntax-key)",
  property: "var(--syntax-key)",
  keyword: "var(--syntax-key)",
  important: "var(--syntax-key)",
  string: "var(--syntax-string)",
  scalar: "var(--syntax-string)",
  number: "var(--syntax-number)",
  boolean: "var(--syntax-number)",
  null: "var(--syntax-number)",
  datetime: "var(--syntax-number)",
  tag: "var(--syntax-number)",
};

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { EditorView } from "@uiw/react-codemirror";

/** The product's colours by name: the switch to dark needs no other theme. */
export const editorLook = [
  EditorView.theme({
    "&": { height: "100%", fontSize: "0.8125rem", backgroundColor: "var(--surface)", color: "var(--text)" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
    ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.55" },
    ".cm-gutters": {
      backgroundColor: "var(--surface)",
      color: "var(--muted)",
      borderRight: "1px solid var(--border)",
    },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
    ".cm-activeLineGutter": { color: "var(--text)" },
    ".cm-content": { caretColor: "var(--text)", paddingBlock: "8px" },
    ".cm-cursor": { borderLeftColor: "var(--text)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "var(--accent-border)",
    },
    ".cm-foldPlaceholder": {
      backgroundColor: "var(--sunken)",
      borderColor: "var(--border)",
      color: "var(--muted)",
    },
    ".cm-tooltip, .cm-panels": {
      backgroundColor: "var(--surface)",
      color: "var(--text)",
      border: "1px solid var(--border-strong)",
    },
    ".cm-tooltip": { borderRadius: "6px", fontFamily: "var(--font-sans)" },
    ".cm-diagnostic": { padding: "4px 10px" },
    ".cm-diagnostic-error": { borderLeft: "3px solid var(--danger-fg)" },
    ".cm-diagnostic-warning": { borderLeft: "3px solid var(--warn-fg)" },
    ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--field)", color: "var(--text)" },
    ".cm-button": {
      backgroundImage: "none",
      backgroundColor: "var(--sunken)",
      border: "1px solid var(--border-strong)",
    },
    ".cm-searchMatch": { backgroundColor: "var(--warn-bg)", outline: "1px solid var(--warn-border)" },
    ".cm-selectionMatch": { backgroundColor: "var(--accent-bg)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--syntax-key)" },
      { tag: [tags.string, tags.special(tags.string), tags.content], color: "var(--syntax-string)" },
      { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--syntax-number)" },
      { tag: [tags.comment, tags.lineComment], color: "var(--syntax-comment)", fontStyle: "italic" },
    ]),
  ),
];

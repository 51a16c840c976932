"use client";

import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import CodeMirror, { EditorView, type Extension, type Text } from "@uiw/react-codemirror";
import { useEffect, useMemo, useState } from "react";
import { editorLook } from "#components/editor/editor-look.ts";
import type { CodeEditorProps, EditorProblem } from "#components/editor/editor-props.ts";
import { useNonce } from "#components/ui/nonce.tsx";

const LANGUAGE: Readonly<Record<CodeEditorProps["language"], () => Extension>> = { yaml, json, text: () => [] };
const SETUP = { foldGutter: true, autocompletion: false, highlightActiveLine: true, closeBrackets: true };
const NO_PROBLEMS: readonly EditorProblem[] = [];

/** Where a line and column are in the text; places that an edit has cut off move to its end. */
function offsetOf(text: Text, line: number, column: number): number {
  const place = text.line(Math.min(Math.max(line, 1), text.lines));
  return Math.min(place.from + Math.max(column, 1) - 1, place.to);
}

function diagnosticOf(text: Text, problem: EditorProblem): Diagnostic {
  const from = offsetOf(text, problem.line, problem.column);
  const to = text.lineAt(from).to;
  return { from, to: Math.max(from, to), severity: problem.severity, message: problem.message };
}

export default function CodeEditorImpl({
  value,
  onChange,
  language,
  label,
  problems = NO_PROBLEMS,
  readOnly = false,
  goTo,
}: CodeEditorProps) {
  const nonce = useNonce();
  const [view, setView] = useState<EditorView | null>(null);
  const extensions = useMemo(
    () => [
      LANGUAGE[language](),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", tabindex: "0" }),
      lintGutter(),
      editorLook,
      nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
    ],
    [language, label, nonce],
  );

  useEffect(() => {
    if (!view) return;
    const { doc } = view.state;
    view.dispatch(
      setDiagnostics(
        view.state,
        problems.map((problem) => diagnosticOf(doc, problem)),
      ),
    );
  }, [view, problems]);

  useEffect(() => {
    if (!view || !goTo) return;
    const at = offsetOf(view.state.doc, goTo.line, goTo.column ?? 1);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  }, [view, goTo]);

  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      extensions={extensions}
      theme="none"
      basicSetup={SETUP}
      readOnly={readOnly}
      height="100%"
      className="h-full"
      onCreateEditor={setView}
    />
  );
}

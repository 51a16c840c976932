"use client";

import { useState } from "react";
import { CodeEditor } from "#components/editor/code-editor.tsx";
import type { EditorProblem } from "#components/editor/editor-props.ts";
import { Callout } from "#components/ui/callout.tsx";
import { sourceFromJson, toJsonText } from "#lib/bundles/edit-source.ts";
import type { Location } from "#lib/bundles/location.ts";
import type { Layer, Problem } from "#lib/bundles/model.ts";
import { type ParsedLayer, parseLayer } from "#lib/bundles/parse.ts";
import { type JsonObject, jsonEqual } from "#lib/kernel/json.ts";

/** What is being typed as JSON: the text on the screen, and the value that it had when it could last be read. */
type Typing = { readonly text: string; readonly value: JsonObject };

/**
 * A layer as JSON. What can be read goes into the draft's own text, whose comments stay; what can't be read yet stays on
 * the screen and says so.
 */
export function JsonMode({
  layer,
  label,
  value,
  problems,
  isReadOnly,
  goTo,
  height,
  onEdit,
}: {
  readonly layer: Layer;
  readonly label: string;
  readonly value: JsonObject;
  readonly problems: readonly Problem[];
  readonly isReadOnly: boolean;
  /** Where to go whenever this is another object. */
  readonly goTo?: Pick<Problem, "pointer">;
  readonly height: string;
  /** Changes the draft's own text. */
  readonly onEdit: (change: (text: string) => string) => void;
}) {
  const [typing, setTyping] = useState<Typing | null>(null);
  // Once the draft says something else than what was typed, somebody else changed it: theirs is shown.
  const isOwn = typing !== null && jsonEqual(typing.value, value);
  const shown = isOwn ? typing.text : toJsonText(value);
  const parsed = readJsonText(shown, layer);

  const type = (next: string) => {
    const read = readJsonText(next, layer);
    if (read.value === null) return setTyping({ text: next, value });
    setTyping({ text: next, value: read.value });
    const said = read.value;
    if (!jsonEqual(said, value)) onEdit((text) => sourceFromJson(said, text));
  };
  const isPending = parsed.value === null;
  const marks = isPending ? parsed.problems : problems.map((problem) => ({ ...problem, ...placeOf(problem, parsed) }));
  // The editor jumps whenever it gets another object: one for each wish to go somewhere.
  const [jump, setJump] = useState<{ readonly to?: Pick<Problem, "pointer">; readonly place: Location | null }>({
    place: null,
  });
  if (jump.to !== goTo) setJump({ to: goTo, place: goTo?.pointer === undefined ? null : parsed.locate(goTo.pointer) });
  return (
    <>
      {isPending ? (
        <div className="border-b border-border p-2">
          <Callout tone="warn" title="This is not JSON yet">
            The draft keeps the last text that could be read until it is.
          </Callout>
        </div>
      ) : null}
      <CodeEditor
        key={layer}
        value={shown}
        language="json"
        label={`${label}, JSON`}
        readOnly={isReadOnly}
        problems={editorProblems(marks)}
        onChange={(next) => {
          if (next !== shown) type(next);
        }}
        goTo={jump.place ?? undefined}
        height={height}
      />
    </>
  );
}

/** Only JSON itself: YAML that happens to begin with a brace would surprise whoever reads it as JSON. */
function readJsonText(text: string, layer: Layer): ParsedLayer {
  const parsed = parseLayer(text, layer);
  if (parsed.value === null) return parsed;
  try {
    JSON.parse(text);
    return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const problem: Problem = { rule: "json", severity: "error", layer, message: error.message, line: 1, column: 1 };
    return { ...parsed, value: null, problems: [problem] };
  }
}

function placeOf(problem: Problem, parsed: ParsedLayer): Pick<Problem, "line" | "column"> {
  const place = problem.pointer === undefined ? null : parsed.locate(problem.pointer);
  return { line: place?.line ?? 1, column: place?.column ?? 1 };
}

/** Problems as the editor marks them. */
export function editorProblems(problems: readonly Problem[]): readonly EditorProblem[] {
  return problems.map(({ line = 1, column = 1, severity, message }) => ({ line, column, severity, message }));
}

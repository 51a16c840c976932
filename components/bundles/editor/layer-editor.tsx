"use client";

import { useMemo, useState } from "react";
import { FormMode } from "#components/bundles/editor/form/form-mode.tsx";
import { editorProblems, JsonMode } from "#components/bundles/editor/json-mode.tsx";
import type { ParsedSource } from "#components/bundles/editor/parsed.ts";
import type { usePlace } from "#components/bundles/editor/place.ts";
import { CodeEditor } from "#components/editor/code-editor.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { removeInSource, setInSource } from "#lib/bundles/edit-source.ts";
import type { Problem } from "#lib/bundles/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Rules } from "#lib/systems/model.ts";

/** Leaves room below for what is wrong, which has to be seen while one writes. */
const HEIGHT = "clamp(22rem, calc(100dvh - 25rem), 60rem)";

/** One layer, written as a form, as YAML or as JSON: three views of the same text. */
export function LayerEditor({
  place,
  text,
  parsed,
  base,
  rules,
  bundle,
  problems,
  isReadOnly,
  goTo,
  onEdit,
}: {
  readonly place: ReturnType<typeof usePlace>;
  readonly text: string;
  readonly parsed: ParsedSource;
  /** The base as it could last be read. */
  readonly base: JsonObject;
  readonly rules: Rules;
  readonly bundle: { readonly slug: string; readonly name: string };
  readonly problems: readonly Problem[];
  readonly isReadOnly: boolean;
  readonly goTo?: Problem;
  /** Changes the layer's text, as it is at that moment. */
  readonly onEdit: (change: (text: string) => string) => void;
}) {
  const { layer, mode } = place;
  const [fault, setFault] = useState<string | null>(null);
  const own = useMemo(() => problems.filter((problem) => problem.layer === layer), [problems, layer]);
  const marks = useMemo(() => editorProblems(own), [own]);
  const jump = useMemo(
    () =>
      goTo?.line === undefined || goTo.layer !== layer ? undefined : { line: goTo.line, column: goTo.column ?? 1 },
    [goTo, layer],
  );
  const value = parsed.layers.has(layer) ? (parsed.layers.get(layer)?.value ?? null) : {};
  const label = `${layer} of ${bundle.name}`;

  if (mode === "yaml") {
    return (
      <CodeEditor
        value={text}
        language="yaml"
        label={`${label}, YAML`}
        problems={marks}
        readOnly={isReadOnly}
        goTo={jump}
        height={HEIGHT}
        onChange={(next) => {
          if (next !== text) onEdit(() => next);
        }}
      />
    );
  }
  if (value === null) {
    return (
      <div className="p-4">
        <Callout
          tone="danger"
          title="This layer can't be read at the moment"
          actions={
            <Button size="sm" onClick={() => place.go({ mode: "yaml" })}>
              Mend it as YAML
            </Button>
          }
        >
          {own[0]?.message ?? "Its text is not a document."}
        </Callout>
      </div>
    );
  }
  if (mode === "json") {
    return (
      <JsonMode
        layer={layer}
        label={label}
        value={value}
        problems={own}
        isReadOnly={isReadOnly}
        goTo={goTo?.layer === layer ? goTo : undefined}
        height={HEIGHT}
        onEdit={onEdit}
      />
    );
  }

  /** What the form asks for, made in the text itself. A place inside something that is no object is said, not forced. */
  const edit = (change: (text: string) => string) => {
    try {
      onEdit(change);
      setFault(null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setFault(error.message);
    }
  };
  return (
    <>
      {fault === null ? null : (
        <div className="p-3">
          <Callout tone="danger" title={fault} announce />
        </div>
      )}
      <div className="relative overflow-y-auto sm:h-[clamp(22rem,calc(100dvh-25rem),60rem)]">
        <FormMode
          layer={layer}
          value={value}
          base={layer === "base" ? undefined : base}
          rules={rules}
          bundle={bundle.slug}
          problems={problems}
          isReadOnly={isReadOnly}
          edit={{
            set: (pointer, next) => edit((now) => setInSource(now, pointer, next)),
            remove: (pointer) => edit((now) => removeInSource(now, pointer)),
          }}
        />
      </div>
    </>
  );
}

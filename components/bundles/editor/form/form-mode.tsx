"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { AddParameter } from "#components/bundles/editor/form/add-parameter.tsx";
import { type EditField, FieldRow } from "#components/bundles/editor/form/field-row.tsx";
import {
  type FormGroup,
  type FormRow,
  firstValue,
  formGroups,
  matchesSearch,
} from "#components/bundles/editor/form/form-model.ts";
import { counted, KIND_WORD } from "#components/systems/words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Layer, Problem } from "#lib/bundles/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Rules } from "#lib/systems/model.ts";

/** The form of one layer, made from the catalogue. */
export function FormMode({
  layer,
  value,
  base,
  rules,
  bundle,
  problems,
  isReadOnly,
  edit,
}: {
  readonly layer: Layer;
  readonly value: JsonObject;
  /** The base's document; absent for the base itself. */
  readonly base?: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
  readonly problems: readonly Problem[];
  readonly isReadOnly: boolean;
  readonly edit: EditField;
}) {
  const [search, setSearch] = useState("");
  const [isOwnOnly, setOwnOnly] = useState(false);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const isOverlay = base !== undefined;
  const groups = useMemo(
    () => formGroups({ layer: value, ...(base && { base }), rules, bundle }),
    [value, base, rules, bundle],
  );
  const shown = groups
    .map((group) => ({
      ...group,
      rows: group.rows.filter((row) => matchesSearch(row, wanted) && (!isOwnOnly || row.value !== undefined)),
      unset: isOwnOnly ? [] : group.unset.filter((row) => matchesSearch(row, wanted)),
    }))
    .filter((group) => group.rows.length + group.unset.length > 0);
  const own = groups.flatMap((group) => group.rows).filter((row) => row.value !== undefined).length;
  return (
    <div>
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-border bg-surface px-4 py-2">
        <Input
          type="search"
          aria-label="Find a parameter"
          placeholder="Find a parameter by name, address or owner"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-80 grow"
          data-search=""
        />
        {isOverlay ? (
          <Checkbox
            label={`Only overridden (${own})`}
            checked={isOwnOnly}
            onChange={(event) => setOwnOnly(event.target.checked)}
          />
        ) : null}
        <nav aria-label="Kinds" className="flex flex-wrap gap-x-2 text-xs">
          {shown.map((group) => (
            <a key={group.kind} href={`#kind-${group.kind}`} className="min-h-6 text-link hover:underline">
              {kindWord(group)}
            </a>
          ))}
        </nav>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={wanted || isOwnOnly ? "No parameter matches" : "Nothing is set yet"} level={2}>
          {isOwnOnly ? `The overlay of ${layer} sets nothing: this environment runs the base.` : null}
        </EmptyState>
      ) : null}
      {shown.map((group) => (
        <section key={group.kind} aria-labelledby={`kind-${group.kind}`}>
          <h2
            id={`kind-${group.kind}`}
            className="scroll-mt-28 border-b border-border bg-canvas px-4 py-1.5 text-sm font-semibold"
          >
            {kindWord(group)} <span className="font-normal text-muted">{group.rows.length}</span>
          </h2>
          <ul className="divide-y divide-border border-b border-border">
            {group.rows.map((row) => (
              <FieldRow
                key={`${layer}${row.pointer}`}
                row={row}
                isOverlay={isOverlay}
                isReadOnly={isReadOnly}
                problems={problemsOf(row, layer, problems)}
                edit={edit}
              />
            ))}
          </ul>
          {group.unset.length > 0 && !isReadOnly ? (
            <Unset rows={group.unset} isOpen={wanted !== ""} edit={edit} />
          ) : null}
        </section>
      ))}
      {isReadOnly ? null : <AddParameter rules={rules} bundle={bundle} isOverlay={isOverlay} onAdd={edit.set} />}
    </div>
  );
}

function kindWord(group: Pick<FormGroup, "kind">): string {
  return group.kind === "undescribed" ? "Not in the catalogue" : KIND_WORD[group.kind];
}

function problemsOf(row: FormRow, layer: Layer, problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ layer: where, pointer }) =>
      where === layer && pointer !== undefined && (pointer === row.pointer || pointer.startsWith(`${row.pointer}/`)),
  );
}

/** What the catalogue names and nobody set. */
function Unset({
  rows,
  isOpen,
  edit,
}: {
  readonly rows: readonly FormRow[];
  readonly isOpen: boolean;
  readonly edit: EditField;
}) {
  return (
    <details open={isOpen || undefined} className="border-b border-border">
      <summary className="px-4 py-2 text-sm text-muted">{counted(rows.length, "parameter")} can be set besides</summary>
      <ul className="pb-2">
        {rows.map((row) => (
          <li key={row.pointer} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1 text-sm">
            <span>{row.rule?.title}</span>
            <code className="font-mono text-xs text-muted">{row.pointer}</code>
            {row.rule?.required ? <span className="text-xs text-danger-fg">required</span> : null}
            {row.isEditable ? (
              <Button size="sm" className="ml-auto" onClick={() => edit.set(row.pointer, firstValue(row.rule))}>
                Set<span className="sr-only"> {row.rule?.title}</span>
              </Button>
            ) : (
              <span className="ml-auto text-xs text-muted">in the base only</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

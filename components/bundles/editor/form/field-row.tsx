"use client";

import { Layers2, Lock, RotateCcw, Trash2, TriangleAlert } from "lucide-react";
import { controlOf, type FormRow, firstValue, rangeHint } from "#components/bundles/editor/form/form-model.ts";
import { ValueControl } from "#components/bundles/editor/form/value-control.tsx";
import { Value as ShownValue } from "#components/bundles/value.tsx";
import { RiskBadge } from "#components/diff/change-badges.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { FieldProblem } from "#components/ui/field.tsx";
import type { Problem } from "#lib/bundles/model.ts";
import type { Json } from "#lib/kernel/json.ts";

export type EditField = {
  readonly set: (pointer: string, value: Json) => void;
  readonly remove: (pointer: string) => void;
};

/** Id of a parameter's control, for jumps from the list of problems. */
export function fieldId(pointer: string): string {
  return `field${pointer}`;
}

/** One parameter in the form: what it is, its control, and in an overlay whether it overrides the base. */
export function FieldRow({
  row,
  isOverlay,
  isReadOnly,
  problems,
  edit,
}: {
  readonly row: FormRow;
  readonly isOverlay: boolean;
  readonly isReadOnly: boolean;
  readonly problems: readonly Problem[];
  readonly edit: EditField;
}) {
  const { rule, pointer } = row;
  const label = rule?.title ?? pointer;
  const isWide = ["text", "json", "lines"].includes(controlOf(rule, row.value ?? row.inherited).as);
  const id = fieldId(pointer);
  return (
    <li
      className={cx(
        "grid scroll-mt-24 gap-x-5 gap-y-1.5 px-4 py-2.5",
        !isWide && "md:grid-cols-[minmax(0,1fr)_minmax(0,19rem)]",
      )}
    >
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {rule?.unit ? <span className="text-xs text-muted"> in {rule.unit}</span> : null}
        <span className="flex flex-wrap gap-1">
          {rule && (rule.risk === "high" || rule.risk === "critical") ? (
            <RiskBadge risk={rule.risk} suffix=" risk" />
          ) : null}
          {rule?.locked ? (
            <Badge title="Needs one approval more, and cannot be hot-patched">
              <Lock aria-hidden />
              Locked
            </Badge>
          ) : null}
          {isOverlay && row.value !== undefined ? (
            <Badge tone="accent">
              <Layers2 aria-hidden />
              {row.value === null ? "taken away here" : "overridden here"}
            </Badge>
          ) : null}
        </span>
        <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{pointer}</code>
        <Hint row={row} isOverlay={isOverlay} />
      </div>
      <div className="min-w-0">
        <Value
          row={row}
          isOverlay={isOverlay}
          isReadOnly={isReadOnly}
          hasProblem={problems.some((problem) => problem.severity === "error")}
          edit={edit}
        />
        {problems.map((problem) => (
          <FieldFinding
            key={`${problem.rule}${problem.environment ?? ""}${problem.message}`}
            id={id}
            problem={problem}
          />
        ))}
      </div>
    </li>
  );
}

function FieldFinding({ id, problem }: { readonly id: string; readonly problem: Problem }) {
  if (problem.severity === "error") return <FieldProblem id={`${id}-${problem.rule}`}>{problem.message}</FieldProblem>;
  return (
    <p className="flex items-start gap-1.5 text-xs text-warn-fg">
      <TriangleAlert aria-label="Warning" role="img" className="mt-px size-3.5 shrink-0" />
      {problem.message}
    </p>
  );
}

function Hint({ row, isOverlay }: { readonly row: FormRow; readonly isOverlay: boolean }) {
  const { rule } = row;
  const range = rule ? rangeHint(rule.schema) : null;
  const words = [rule?.description, range].filter(Boolean).join(" · ");
  return (
    <>
      {words ? <p className="text-xs text-muted">{words}</p> : null}
      {isOverlay && !row.isEditable ? (
        <p className="text-xs text-muted">
          {rule ? "The same in every environment; set it in the base" : "Not in the catalogue, so set in the base only"}
        </p>
      ) : null}
      {isOverlay && row.value !== undefined && row.inherited !== undefined ? (
        <div className="text-xs text-muted">
          Base: <ShownValue value={row.inherited} />
        </div>
      ) : null}
    </>
  );
}

function Value({
  row,
  isOverlay,
  isReadOnly,
  hasProblem,
  edit,
}: {
  readonly row: FormRow;
  readonly isOverlay: boolean;
  readonly isReadOnly: boolean;
  readonly hasProblem: boolean;
  readonly edit: EditField;
}) {
  const { pointer, rule, value, inherited } = row;
  const label = rule?.title ?? pointer;
  const mayEdit = row.isEditable && !isReadOnly;
  if (isOverlay && value === undefined) {
    return (
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 text-sm">
          <ShownValue value={inherited} />{" "}
          {inherited === undefined ? null : <span className="text-xs text-muted">inherited</span>}
        </div>
        {mayEdit ? (
          <Button size="sm" onClick={() => edit.set(pointer, inherited ?? firstValue(rule))}>
            Override<span className="sr-only"> {label}</span>
          </Button>
        ) : null}
      </div>
    );
  }
  return (
    <div className="flex items-start gap-1.5">
      <div className="min-w-0 grow">
        <ValueControl
          id={fieldId(pointer)}
          label={label}
          rule={rule}
          value={value}
          isDisabled={!mayEdit && !(isOverlay && value !== undefined && !isReadOnly)}
          hasProblem={hasProblem}
          onSet={(next) => edit.set(pointer, next)}
        />
      </div>
      {isReadOnly || value === undefined ? null : (
        <IconButton
          label={isOverlay ? `Reset ${label} to the base` : `Remove ${label}`}
          size="sm"
          onClick={() => edit.remove(pointer)}
        >
          {isOverlay ? <RotateCcw aria-hidden /> : <Trash2 aria-hidden />}
        </IconButton>
      )}
    </div>
  );
}

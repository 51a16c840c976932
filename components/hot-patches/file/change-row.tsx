"use client";

import { RotateCcw, Trash2, X } from "lucide-react";
import { useId } from "react";
import { type Described, rangeHint } from "#components/bundles/editor/form/form-model.ts";
import { ValueControl } from "#components/bundles/editor/form/value-control.tsx";
import { Pointer } from "#components/diff/pointer.tsx";
import { ValueText } from "#components/diff/value-text.tsx";
import type { WantedChange } from "#components/hot-patches/file/filing.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { FieldProblem } from "#components/ui/field.tsx";
import type { PatchableParameter } from "#lib/hot-patches/queries/prepare-hot-patch.ts";

/** One chosen parameter: what it is now, and the control for what it is to be. */
export function ChangeRow({
  change,
  parameter,
  problem,
  onChange,
  onDrop,
}: {
  readonly change: WantedChange;
  /** As the catalogue describes it; absent: it does not, or that was not read yet. */
  readonly parameter?: PatchableParameter;
  readonly problem?: string;
  readonly onChange: (change: WantedChange) => void;
  readonly onDrop: () => void;
}) {
  const id = useId();
  const described: Described | undefined = parameter?.schema
    ? { schema: parameter.schema, kind: parameter.kind }
    : undefined;
  const hints = [
    parameter?.unit ? `in ${parameter.unit}` : null,
    parameter?.schema ? rangeHint(parameter.schema) : null,
  ];
  const hint = hints.filter(Boolean).join(", ");
  return (
    <li className="grid gap-1.5 rounded-md border border-border bg-surface p-3" data-parameter={change.pointer}>
      <div className="flex items-start gap-2">
        <label htmlFor={id} className="min-w-0 grow text-sm">
          <span className="block font-medium">{change.title}</span>
          {change.title === change.pointer ? null : (
            <span className="block text-muted">
              <Pointer value={change.pointer} />
            </span>
          )}
        </label>
        <IconButton label={`Leave ${change.title} out`} size="sm" onClick={onDrop}>
          <X aria-hidden />
        </IconButton>
      </div>
      <p className="flex flex-wrap items-baseline gap-x-1.5 text-xs text-muted">
        now <ValueText value={change.before} side="before" />
        {hint}
      </p>
      <div className="flex flex-wrap items-start gap-2">
        {change.isTakenAway ? (
          <p className="min-h-8 grow text-sm">It is taken away.</p>
        ) : (
          <div className="min-w-0 grow basis-40">
            <ValueControl
              id={id}
              label={`New value of ${change.title}`}
              rule={described}
              value={change.value ?? change.before}
              isDisabled={false}
              hasProblem={problem !== undefined}
              onSet={(value) => onChange({ ...change, value })}
            />
          </div>
        )}
        {change.before === undefined ? null : (
          <Button
            variant="ghost"
            onClick={() => {
              const { value: _, ...rest } = change;
              onChange({ ...rest, isTakenAway: !change.isTakenAway });
            }}
          >
            {change.isTakenAway ? <RotateCcw aria-hidden /> : <Trash2 aria-hidden />}
            {change.isTakenAway ? "Give it a value" : "Remove the value"}
          </Button>
        )}
      </div>
      {problem ? <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem> : null}
    </li>
  );
}

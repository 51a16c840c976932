"use client";

import { useId } from "react";
import { FieldProblem } from "#components/ui/field.tsx";

/** One of a few, side by side, each as large as a thumb. */
export function Chips<Value extends string>({
  legend,
  hint,
  error,
  options,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly hint?: string;
  readonly error?: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <label
            key={option.value}
            title={option.hint}
            className="tap inline-flex min-h-8 grow items-center justify-center rounded-md border border-field bg-surface px-3 text-sm whitespace-nowrap select-none hover:bg-hover has-checked:border-accent has-checked:bg-accent-bg has-checked:font-medium has-checked:text-accent-fg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent sm:grow-0"
          >
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {error ? <FieldProblem id={`${id}-error`}>{error}</FieldProblem> : null}
    </fieldset>
  );
}

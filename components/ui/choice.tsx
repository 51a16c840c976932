"use client";

import { type InputHTMLAttributes, type ReactNode, use, useId } from "react";
import { cx } from "#components/ui/cx.ts";
import { FieldProblem } from "#components/ui/field.tsx";
import { FormStateContext } from "#components/ui/form-context.ts";
import type { Choice } from "#components/ui/input.tsx";

type BoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

const ROW = "tap flex items-start gap-2.5 py-1 text-sm pointer-coarse:items-center";

/** Yes or no, sent with a form. */
export function Checkbox({ label, hint, className, ...rest }: BoxProps) {
  const id = useId();
  return (
    <label className={cx(ROW, className)}>
      <input
        type="checkbox"
        aria-describedby={hint ? id : undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
        {...rest}
      />
      <span>
        {label}
        {hint ? (
          <span id={id} className="block text-xs text-muted">
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}

// A checkbox already tells whether it is checked; the role only renames it.
const SWITCH = { role: "switch" } as const;

/** On or off, with effect at once. */
export function Switch({ label, hint, className, ...rest }: BoxProps) {
  const id = useId();
  return (
    <label className={cx(ROW, "justify-between", className)}>
      <span>
        {label}
        {hint ? (
          <span id={id} className="block text-xs text-muted">
            {hint}
          </span>
        ) : null}
      </span>
      <input
        type="checkbox"
        {...SWITCH}
        aria-describedby={hint ? id : undefined}
        className="relative h-5 w-9 shrink-0 appearance-none rounded-full border border-field bg-sunken transition-colors before:absolute before:top-1/2 before:left-0.5 before:size-3.5 before:-translate-y-1/2 before:rounded-full before:bg-field before:transition-[left] checked:border-accent checked:bg-accent checked:before:left-[1.125rem] checked:before:bg-on-accent"
        {...rest}
      />
    </label>
  );
}

/** One of a few, all visible. The error comes from the form's answer by `name`. */
export function RadioGroup({
  legend,
  name,
  options,
  defaultValue,
  required = false,
  onValueChange,
}: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (Choice & { readonly hint?: ReactNode })[];
  readonly defaultValue?: string;
  readonly required?: boolean;
  readonly onValueChange?: (value: string) => void;
}) {
  const id = useId();
  const answer = use(FormStateContext);
  const problem = answer.fields?.[name]?.join(" ");
  const chosen = answer.values?.[name] ?? defaultValue;
  return (
    <fieldset aria-describedby={problem ? `${id}-error` : undefined}>
      <legend className="mb-0.5 text-sm font-medium">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={ROW}>
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === chosen}
            disabled={option.isDisabled}
            required={required}
            aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
            onChange={onValueChange ? () => onValueChange(option.value) : undefined}
            className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
          />
          <span>
            {option.label}
            {option.hint ? (
              <span id={`${id}-${option.value}`} className="block text-xs text-muted">
                {option.hint}
              </span>
            ) : null}
          </span>
        </label>
      ))}
      {problem ? <FieldProblem id={`${id}-error`}>{problem}</FieldProblem> : null}
    </fieldset>
  );
}

"use client";

import { type ReactNode, useId } from "react";
import { useUrlParams } from "#components/ui/filters.tsx";
import { NativeSelect } from "#components/ui/input.tsx";

export type ChoiceRow = {
  readonly value: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
};

/** Several of some, each chosen by its box; the choice goes into the address, so that the preview follows. */
export function ChooseMany({
  param,
  legend,
  rows,
  chosen,
}: {
  readonly param: string;
  readonly legend: string;
  readonly rows: readonly ChoiceRow[];
  readonly chosen: readonly string[];
}) {
  const { write, isPending } = useUrlParams();
  return (
    <fieldset aria-busy={isPending || undefined}>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <ul className="divide-y divide-border rounded-md border border-border">
        {rows.map((row) => (
          <li key={row.value}>
            <label className="tap flex items-start gap-2.5 px-3 py-2 text-sm pointer-coarse:items-center">
              <input
                type="checkbox"
                checked={chosen.includes(row.value)}
                disabled={row.isDisabled}
                onChange={(event) =>
                  write(
                    {
                      [param]: event.target.checked
                        ? [...chosen, row.value]
                        : chosen.filter((value) => value !== row.value),
                    },
                    "replace",
                  )
                }
                className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
              />
              <span className="min-w-0">
                {row.label}
                {row.hint ? <span className="block text-xs text-muted">{row.hint}</span> : null}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** One of some, or none. Of several lists that write one parameter, each replaces its own choice only. */
export function ChooseOne({
  param,
  label,
  placeholder,
  options,
  chosen,
  hint,
  isOneOfMany = false,
}: {
  readonly param: string;
  readonly label: string;
  readonly placeholder: string;
  readonly options: readonly ChoiceRow[];
  /** Everything that the parameter holds. */
  readonly chosen: readonly string[];
  readonly hint?: ReactNode;
  readonly isOneOfMany?: boolean;
}) {
  const id = useId();
  const { write, isPending } = useUrlParams();
  const own = options.find((option) => chosen.includes(option.value))?.value ?? "";
  const others = isOneOfMany ? chosen.filter((value) => value !== own) : [];
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <NativeSelect
        id={id}
        aria-busy={isPending || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        placeholder={placeholder}
        value={own}
        options={options.map(({ value, label: words, isDisabled }) => ({ value, label: words, isDisabled }))}
        onChange={(event) =>
          write({ [param]: event.target.value === "" ? others : [...others, event.target.value] }, "replace")
        }
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, use, useId, useMemo } from "react";
import { cx } from "#components/ui/cx.ts";
import { FieldContext, FormStateContext } from "#components/ui/form-context.ts";

/** Label, hint and error around one control, wired for assistive technology. The error comes from the form's answer by `name`. */
export function Field({
  label,
  name,
  hint,
  error,
  required = false,
  optional = false,
  hideLabel = false,
  children,
}: {
  readonly label: string;
  readonly name?: string;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly hideLabel?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  const answer = use(FormStateContext);
  const problem = error ?? (name === undefined ? undefined : answer.fields?.[name]?.join(" "));
  const typed = name === undefined ? undefined : answer.values?.[name];
  const hasHint = hint !== undefined && hint !== null;
  const describedBy = [hasHint ? `${id}-hint` : null, problem ? `${id}-error` : null].filter(Boolean).join(" ");
  const wiring = useMemo(
    () => ({
      id,
      name,
      describedBy: describedBy || undefined,
      isInvalid: Boolean(problem),
      isRequired: required,
      typed,
    }),
    [id, name, describedBy, problem, required, typed],
  );
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={cx("text-sm font-medium", hideLabel && "sr-only")}>
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {hasHint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {problem ? <FieldProblem id={`${id}-error`}>{problem}</FieldProblem> : null}
    </div>
  );
}

export function FieldProblem({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-xs text-danger-fg">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      {children}
    </p>
  );
}

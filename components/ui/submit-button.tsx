"use client";

import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";

/**
 * Sends its form. While that runs the button keeps its width and focus, ignores further presses, and after 200 ms turns a spinner.
 * `name` and `value` say which of several buttons was pressed.
 */
export function SubmitButton({
  children,
  variant = "primary",
  size,
  disabled = false,
  name,
  value,
  formNoValidate,
}: {
  readonly children: ReactNode;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly value?: string;
  readonly formNoValidate?: boolean;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      formNoValidate={formNoValidate}
      disabled={disabled}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      className={buttonClass(variant, size, "relative")}
    >
      {children}
      {pending ? (
        <span className="appears-late absolute inset-0 grid place-items-center rounded-md bg-inherit">
          <LoaderCircle aria-hidden className="spins size-4" />
          <span className="sr-only">Working…</span>
        </span>
      ) : null}
    </button>
  );
}

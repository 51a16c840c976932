"use client";

import { ChevronDown } from "lucide-react";
import { type InputHTMLAttributes, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, use } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import { cx } from "#components/ui/cx.ts";
import { FieldContext } from "#components/ui/form-context.ts";

function useWiring() {
  const field = use(FieldContext);
  if (!field) return { props: {}, typed: undefined };
  return {
    props: {
      id: field.id,
      name: field.name,
      required: field.isRequired,
      "aria-describedby": field.describedBy,
      "aria-invalid": field.isInvalid || undefined,
    },
    typed: field.typed,
  };
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
};

/** Inside a Field it takes its name, label and error from there. */
export function Input({ mono, className, defaultValue, ...rest }: InputProps) {
  const { props, typed } = useWiring();
  const initial = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <input className={controlClass(cx("tap h-8", mono && "font-mono", className))} {...props} {...initial} {...rest} />
  );
}

type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLTextAreaElement>;
};

/** Grows with its text where the browser can. */
export function Textarea({ mono, className, defaultValue, rows = 4, ...rest }: TextareaProps) {
  const { props, typed } = useWiring();
  const initial = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <textarea
      rows={rows}
      className={controlClass(cx("field-sizing-content max-h-96 min-h-20 py-1.5", mono && "font-mono", className))}
      {...props}
      {...initial}
      {...rest}
    />
  );
}

export type Choice = { readonly value: string; readonly label: string; readonly isDisabled?: boolean };

type NativeSelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "children"> & {
  readonly options: readonly Choice[];
  /** Shown for the empty value. */
  readonly placeholder?: string;
  readonly ref?: Ref<HTMLSelectElement>;
};

/** The system's own list: light, good on phones, works without scripts. */
export function NativeSelect({ options, placeholder, className, defaultValue, ...rest }: NativeSelectProps) {
  const { props, typed } = useWiring();
  const initial = rest.value === undefined ? { defaultValue: typed ?? defaultValue } : {};
  return (
    <span className={cx("relative inline-block", className ?? "w-full")}>
      <select className={controlClass("tap h-8 appearance-none truncate pr-8")} {...props} {...initial} {...rest}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { use, useState } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import { cx } from "#components/ui/cx.ts";
import { FieldContext } from "#components/ui/form-context.ts";
import type { Choice } from "#components/ui/input.tsx";
import { OPTION_CLASS, POPUP_CLASS } from "#components/ui/popup-class.ts";

/** One of some, each with a line that explains it. Without explanations NativeSelect is lighter. */
export function Select({
  options,
  name,
  defaultValue,
  value,
  onValueChange,
  placeholder = "Choose…",
  label,
  isDisabled = false,
}: {
  readonly options: readonly (Choice & { readonly hint?: string })[];
  readonly name?: string;
  readonly defaultValue?: string;
  readonly value?: string;
  readonly onValueChange?: (value: string) => void;
  readonly placeholder?: string;
  /** Needed outside a Field only. */
  readonly label?: string;
  readonly isDisabled?: boolean;
}) {
  const field = use(FieldContext);
  const [own, setOwn] = useState(field?.typed ?? defaultValue ?? "");
  const chosen = value ?? own;
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={chosen === "" ? null : chosen}
      disabled={isDisabled}
      onValueChange={(next) => {
        setOwn(next ?? "");
        onValueChange?.(next ?? "");
      }}
    >
      <input type="hidden" name={name ?? field?.name} value={chosen} />
      <Base.Trigger
        id={field?.id}
        aria-label={label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.isInvalid || undefined}
        className={controlClass("tap flex min-h-8 items-center justify-between gap-2 text-left")}
      >
        <Base.Value placeholder={placeholder} className={cx("truncate", chosen === "" && "text-muted")} />
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-hidden">
          <Base.Popup className={POPUP_CLASS}>
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.isDisabled}
                  className={OPTION_CLASS}
                >
                  <Base.ItemIndicator className="col-start-1">
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                  <span className="col-start-2 py-1">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint ? <span className="block text-xs text-muted">{option.hint}</span> : null}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, X } from "lucide-react";
import { use, useState } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import { FieldContext } from "#components/ui/form-context.ts";
import type { Choice } from "#components/ui/input.tsx";
import { OPTION_CLASS, POPUP_CLASS } from "#components/ui/popup-class.ts";

/** Several of many, found by typing. A form gets `name` once for each. */
export function MultiSelect({
  options,
  name,
  defaultValues = [],
  placeholder = "Type to find…",
  label,
  onValuesChange,
}: {
  readonly options: readonly Choice[];
  readonly name?: string;
  readonly defaultValues?: readonly string[];
  readonly placeholder?: string;
  /** Needed outside a Field only. */
  readonly label?: string;
  readonly onValuesChange?: (values: readonly string[]) => void;
}) {
  const field = use(FieldContext);
  const [chosen, setChosen] = useState<readonly Choice[]>(() =>
    options.filter((option) => defaultValues.includes(option.value)),
  );
  const fieldName = name ?? field?.name;
  return (
    <Base.Root
      items={options}
      multiple
      value={[...chosen]}
      isItemEqualToValue={(item, value) => item.value === value.value}
      onValueChange={(next, details) => {
        // Escape closes what is open; it takes nothing away that was chosen.
        if (details.reason === "escape-key") {
          details.allowPropagation();
          return;
        }
        setChosen(next);
        onValuesChange?.(next.map((choice) => choice.value));
      }}
    >
      {fieldName === undefined
        ? null
        : chosen.map((choice) => <input key={choice.value} type="hidden" name={fieldName} value={choice.value} />)}
      <Base.InputGroup
        className={controlClass("tap flex min-h-8 cursor-text flex-wrap items-center focus-within:border-accent")}
      >
        <Base.Chips
          className="flex w-full flex-wrap items-center gap-1 py-0.5"
          aria-label={chosen.length ? "Chosen" : undefined}
        >
          {chosen.map((choice) => (
            <Base.Chip
              key={choice.value}
              aria-label={choice.label}
              className="flex min-h-6 items-center gap-0.5 rounded-sm border border-neutral-border bg-neutral-bg pr-0.5 pl-1.5 text-xs text-neutral-fg"
            >
              {choice.label}
              <Base.ChipRemove
                aria-label={`Remove ${choice.label}`}
                className="grid size-5 place-items-center rounded-sm"
              >
                <X aria-hidden className="size-3.5" />
              </Base.ChipRemove>
            </Base.Chip>
          ))}
          <Base.Input
            id={field?.id}
            aria-label={label}
            aria-describedby={field?.describedBy}
            aria-invalid={field?.isInvalid || undefined}
            placeholder={chosen.length ? "" : placeholder}
            className="h-6 min-w-20 grow bg-transparent outline-hidden"
          />
        </Base.Chips>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-hidden">
          <Base.Popup className={POPUP_CLASS}>
            <Base.Empty>
              <p className="px-2 py-1.5 text-sm text-muted">Nothing matches</p>
            </Base.Empty>
            <Base.List>
              {(choice: Choice) => (
                <Base.Item key={choice.value} value={choice} disabled={choice.isDisabled} className={OPTION_CLASS}>
                  <Base.ItemIndicator className="col-start-1">
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                  <span className="col-start-2 truncate">{choice.label}</span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

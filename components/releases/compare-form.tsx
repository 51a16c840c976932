"use client";

import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

export type Comparable = { readonly value: string; readonly label: string; readonly group: string };

/** Two sides by name or by pasted reference. The answer is an address that can be shared. */
export function CompareForm({
  left,
  right,
  suggestions,
}: {
  readonly left: string;
  readonly right: string;
  readonly suggestions: readonly Comparable[];
}) {
  const [sides, setSides] = useState({ left, right });
  return (
    <form action="/compare" method="get" className="flex flex-wrap items-end gap-3 p-4" data-print="hide">
      <datalist id="comparable">
        {suggestions.map((one) => (
          <option key={one.value} value={one.value} label={`${one.group} · ${one.label}`} />
        ))}
      </datalist>
      <div className="min-w-56 grow">
        <Field label="Before" name="left">
          <Input
            list="comparable"
            mono
            value={sides.left}
            onChange={(event) => setSides({ ...sides, left: event.target.value })}
            placeholder="snapshot:12"
          />
        </Field>
      </div>
      <IconButton label="Swap sides" onClick={() => setSides({ left: sides.right, right: sides.left })}>
        <ArrowLeftRight aria-hidden />
      </IconButton>
      <div className="min-w-56 grow">
        <Field label="After" name="right">
          <Input
            list="comparable"
            mono
            value={sides.right}
            onChange={(event) => setSides({ ...sides, right: event.target.value })}
            placeholder="environment:support-assistant/production/assistant"
          />
        </Field>
      </div>
      <Button type="submit" variant="primary">
        Compare
      </Button>
    </form>
  );
}

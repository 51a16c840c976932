"use client";

import { type FormEvent, useId, useState } from "react";
import { firstValue } from "#components/bundles/editor/form/form-model.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldProblem } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Json } from "#lib/kernel/json.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { catalogueOf, isWildcard } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";

/** Adds a parameter by its address, most often one that a pattern with a wildcard describes. */
export function AddParameter({
  rules,
  bundle,
  isOverlay,
  onAdd,
}: {
  readonly rules: Rules;
  readonly bundle: string;
  readonly isOverlay: boolean;
  readonly onAdd: (pointer: string, value: Json) => void;
}) {
  const id = useId();
  const [pointer, setPointer] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const catalogue = catalogueOf(rules, bundle);
  const patterns = catalogue.rules.filter(
    (rule) => isWildcard(rule.pattern) && (!isOverlay || rule.environmentPolicy === "may_differ"),
  );
  const rule = pointer.startsWith("/") ? catalogue.ruleFor(pointer) : undefined;

  const add = (event: FormEvent) => {
    event.preventDefault();
    const found = fault(pointer);
    setProblem(found);
    if (found !== null) return;
    onAdd(pointer, firstValue(rule));
    setPointer("");
  };
  return (
    <form onSubmit={add} className="grid gap-1 px-4 py-3" aria-label="Add a parameter">
      <label htmlFor={id} className="text-sm font-medium">
        Add a parameter
      </label>
      <div className="flex flex-wrap gap-2">
        <Input
          id={id}
          mono
          list={`${id}-patterns`}
          value={pointer}
          placeholder="/models/answer/temperature"
          onChange={(event) => setPointer(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-about`}
          className="max-w-md grow"
        />
        <Button type="submit" disabled={pointer === ""}>
          Add
        </Button>
      </div>
      <datalist id={`${id}-patterns`}>
        {patterns.map((one) => (
          <option key={one.pattern} value={one.pattern}>
            {one.title}
          </option>
        ))}
      </datalist>
      <p id={`${id}-about`} className="text-xs text-muted">
        {rule ? `${rule.title}, ${rule.kind}` : "Its address as a JSON Pointer; put a name in the place of each *"}
      </p>
      {problem === null ? null : <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </form>
  );
}

function fault(pointer: string): string | null {
  if (isWildcard(pointer)) return "Put a name in the place of each *";
  if (pointer.endsWith("/")) return "End with a name";
  try {
    parsePointer(pointer);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

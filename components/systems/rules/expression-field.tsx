"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { withEntry } from "#components/systems/rules/rules-changes.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import type { Constraint } from "#lib/systems/model.ts";

const PAUSE = 500;

/** A CEL expression; the server says while one types whether it is one. */
export function ExpressionField({
  value,
  onChange,
  constraint,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly constraint: Constraint | null;
}) {
  const { rules, system, actions } = useRulesDraft();
  const [verdict, setVerdict] = useState<{ readonly of: string; readonly fault: string | null } | null>(null);
  const look = useEffectEvent(async (expression: string) => {
    const entry: Constraint = {
      id: "being-written",
      message: "Being written",
      severity: "error",
      bundles: constraint?.bundles ?? [],
      expression,
    };
    // Alone, so that only what is being written is judged.
    const alone = { ...rules, parameters: [], constraints: [], dependencies: [], policies: [] };
    const answer = await actions.check({ system, rules: withEntry(alone, "constraints", { key: null, entry }) });
    if (answer.kind === "refused") return setVerdict({ of: expression, fault: answer.message });
    const found = answer.problems.find((problem) => problem.path.endsWith(".expression"));
    setVerdict({ of: expression, fault: found?.message ?? null });
  });
  useEffect(() => {
    if (value.trim() === "") return;
    const timer = setTimeout(() => void look(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  const isJudged = verdict?.of === value && value.trim() !== "";
  return (
    <Field
      label="Expression"
      name="expression"
      required
      error={isJudged && verdict.fault ? verdict.fault : undefined}
      hint={
        isJudged && verdict.fault === null
          ? "This is CEL that can be evaluated"
          : "CEL over config, and bundles.<name> for the system's other bundles: config.sampling.temperature <= 1"
      }
    >
      <Textarea mono rows={3} spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

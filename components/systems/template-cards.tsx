"use client";

import { use } from "react";
import { counted } from "#components/systems/words.ts";
import { FieldProblem } from "#components/ui/field.tsx";
import { FormStateContext } from "#components/ui/form-context.ts";

export type TemplateCard = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: number;
  readonly constraints: number;
  readonly bundles: readonly string[];
};

/** What a system starts from: one of a few, each with what it brings. */
export function TemplateCards({ templates }: { readonly templates: readonly TemplateCard[] }) {
  const answer = use(FormStateContext);
  const problem = answer.fields?.template?.join(" ");
  const chosen = answer.values?.template ?? templates[0]?.name;
  return (
    <fieldset aria-describedby={problem ? "template-error" : undefined}>
      <legend className="mb-1.5 text-sm font-medium">Template</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {templates.map((template) => (
          <label
            key={template.name}
            className="flex gap-3 rounded-lg border border-border-strong p-3.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-bg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="template"
              value={template.name}
              required
              defaultChecked={template.name === chosen}
              className="mt-1 size-4 shrink-0 accent-accent outline-hidden"
            />
            <span className="min-w-0">
              <span className="block font-semibold">{template.title}</span>
              <span className="block text-sm">{template.description}</span>
              <span className="mt-1.5 block text-xs text-muted">
                {counted(template.parameters, "parameter rule")} · {counted(template.constraints, "constraint")} ·{" "}
                {template.bundles.length === 0 ? "no bundle yet" : template.bundles.join(", ")}
              </span>
            </span>
          </label>
        ))}
      </div>
      {problem ? <FieldProblem id="template-error">{problem}</FieldProblem> : null}
    </fieldset>
  );
}

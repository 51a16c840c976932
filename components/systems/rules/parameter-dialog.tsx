"use client";

import { EntryDialog, type ReadEntry } from "#components/systems/rules/entry-dialog.tsx";
import { jsonIn, optionalNumber, optionalText, textIn } from "#components/systems/rules/read-form.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import {
  choicesOf,
  ENVIRONMENT_POLICY_WORD,
  KIND_WORD,
  RISK_WORD,
  STRICTNESS_WORD,
  TIER_WORD,
} from "#components/systems/words.ts";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { isJsonObject } from "#lib/kernel/json.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

/** One entry of the catalogue: what it describes and how it is governed. */
export default function ParameterDialog({
  rule,
  isOpen,
  onClose,
}: {
  readonly rule: ParameterRule | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { around } = useRulesDraft();
  return (
    <EntryDialog list="parameters" entry={rule} noun="Parameter" isOpen={isOpen} onClose={onClose} read={readRule}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label="Pattern"
          name="pattern"
          required
          hint="JSON Pointer; * is any one name, ** at the end is anything below"
        >
          <Input mono defaultValue={rule?.pattern ?? "/"} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Bundle" name="bundle" hint="Which bundle's documents it describes">
          <NativeSelect
            defaultValue={rule?.bundle ?? ""}
            placeholder="Every bundle"
            options={around.bundles.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Field>
        <Field label="Title" name="title" required>
          <Input defaultValue={rule?.title} maxLength={120} autoComplete="off" />
        </Field>
        <Field label="Unit" name="unit" optional hint="For example ms, tokens, USD">
          <Input defaultValue={rule?.unit} maxLength={40} autoComplete="off" />
        </Field>
      </div>
      <Field label="Description" name="description" optional>
        <Textarea defaultValue={rule?.description} rows={2} maxLength={2000} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Field label="Kind" name="kind" required>
          <NativeSelect defaultValue={rule?.kind ?? "sampling"} options={choicesOf(KIND_WORD)} />
        </Field>
        <Field label="Risk" name="risk" required>
          <NativeSelect defaultValue={rule?.risk ?? "medium"} options={choicesOf(RISK_WORD)} />
        </Field>
        <Field label="Owner" name="owner" required hint="The group that answers for it">
          <Input defaultValue={rule?.owner} list="groups" autoComplete="off" />
        </Field>
        <Field label="Tier" name="tier" required hint="Build: verified once runtimes report a new build">
          <NativeSelect defaultValue={rule?.tier ?? "runtime"} options={choicesOf(TIER_WORD)} />
        </Field>
        <Field label="Between environments" name="environmentPolicy" required>
          <NativeSelect defaultValue={rule?.environmentPolicy ?? "same"} options={choicesOf(ENVIRONMENT_POLICY_WORD)} />
        </Field>
        <Field label="Strictness" name="strictness" required>
          <NativeSelect defaultValue={rule?.strictness ?? "none"} options={choicesOf(STRICTNESS_WORD)} />
        </Field>
        <Field
          label="Greatest relaxation"
          name="maxRelaxation"
          optional
          hint="Added up since the accepted baseline, in its own unit"
        >
          <Input mono inputMode="decimal" defaultValue={rule?.maxRelaxation} autoComplete="off" />
        </Field>
      </div>
      <datalist id="groups">
        {around.groups.map((group) => (
          <option key={group.slug} value={group.slug}>
            {group.name}
          </option>
        ))}
      </datalist>
      <div className="grid gap-x-6 sm:grid-cols-2">
        <Checkbox
          name="locked"
          defaultChecked={rule?.locked}
          label="Locked"
          hint="Needs one approval more, and cannot be hot-patched"
        />
        <Checkbox
          name="required"
          defaultChecked={rule?.required}
          label="Required"
          hint="A document without it is refused"
        />
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Schema" name="schema" required hint="JSON Schema 2020-12 of the value">
          <Textarea
            mono
            rows={5}
            spellCheck={false}
            defaultValue={JSON.stringify(rule?.schema ?? { type: "number" }, null, 2)}
          />
        </Field>
        <Field label="Default" name="default" optional hint='As JSON: 0.2, "text", true, ["a"]'>
          <Textarea
            mono
            rows={5}
            spellCheck={false}
            defaultValue={rule?.default === undefined ? "" : JSON.stringify(rule.default, null, 2)}
          />
        </Field>
      </div>
    </EntryDialog>
  );
}

function readRule(form: FormData): ReadEntry<ParameterRule> {
  const schema = jsonIn(form, "schema");
  const fallback = jsonIn(form, "default");
  const fields: Record<string, readonly string[]> = {};
  if ("problem" in schema) fields.schema = [schema.problem];
  else if (!isJsonObject(schema.value))
    fields.schema = ['Give a JSON Schema as an object, for example {"type": "number"}'];
  if ("problem" in fallback) fields.default = [fallback.problem];
  if ("problem" in schema || "problem" in fallback || !isJsonObject(schema.value)) return { fields };
  const bundle = optionalText(form, "bundle");
  const description = optionalText(form, "description");
  const unit = optionalText(form, "unit");
  const maxRelaxation = optionalNumber(form, "maxRelaxation");
  return {
    entry: {
      pattern: textIn(form, "pattern"),
      ...(bundle && { bundle }),
      title: textIn(form, "title"),
      ...(description && { description }),
      // One of the options above; the check refuses anything else.
      kind: textIn(form, "kind") as ParameterRule["kind"],
      tier: textIn(form, "tier") as ParameterRule["tier"],
      environmentPolicy: textIn(form, "environmentPolicy") as ParameterRule["environmentPolicy"],
      strictness: textIn(form, "strictness") as ParameterRule["strictness"],
      ...(maxRelaxation !== undefined && { maxRelaxation }),
      ...(unit && { unit }),
      risk: textIn(form, "risk") as ParameterRule["risk"],
      owner: textIn(form, "owner"),
      locked: form.get("locked") === "on",
      required: form.get("required") === "on",
      schema: schema.value,
      ...(fallback.value !== undefined && { default: fallback.value }),
    },
  };
}

"use client";

import { use, useState } from "react";
import { EntryDialog, type ReadEntry } from "#components/systems/rules/entry-dialog.tsx";
import { listIn, numberIn, textIn } from "#components/systems/rules/read-form.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { checkTitle, choicesOf, KIND_WORD, REQUEST_WORD } from "#components/systems/words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field, FieldProblem } from "#components/ui/field.tsx";
import { FormStateContext } from "#components/ui/form-context.ts";
import { Input, NativeSelect } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { CHECKS } from "#lib/gates/model.ts";
import type { Policy } from "#lib/systems/model.ts";

/** One policy: to what it applies, and what it asks for. */
export default function PolicyDialog({
  policy,
  isOpen,
  onClose,
}: {
  readonly policy: Policy | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { around } = useRulesDraft();
  return (
    <EntryDialog list="policies" entry={policy} noun="Policy" isOpen={isOpen} onClose={onClose} read={readPolicy}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Title" name="title" required>
          <Input defaultValue={policy?.title} maxLength={500} autoComplete="off" />
        </Field>
        <Field label="Short name" name="id" required hint="For example production-guardrails">
          <Input mono defaultValue={policy?.id} maxLength={80} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Requests" name="requests" hint="None chosen: every kind of request">
          <MultiSelect defaultValues={policy?.requests ?? []} options={choicesOf(REQUEST_WORD)} />
        </Field>
        <Field label="Environments" name="environments" hint="None chosen: every environment">
          <MultiSelect
            defaultValues={policy?.environments ?? []}
            options={around.environments.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Field>
        <Field label="Parameter kinds" name="kinds" hint="None chosen: every kind">
          <MultiSelect defaultValues={policy?.kinds ?? []} options={choicesOf(KIND_WORD)} />
        </Field>
        <Field
          label="Checks that block"
          name="requiredChecks"
          hint="Schema, secrets and the pipeline's order always do"
        >
          <MultiSelect
            defaultValues={policy?.requiredChecks ?? []}
            options={CHECKS.map((check) => ({ value: check, label: checkTitle(check) }))}
          />
        </Field>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Field label="Approvals" name="approvals" required hint="0 to 10">
          <Input type="number" min={0} max={10} defaultValue={policy?.approvals ?? 1} />
        </Field>
        <Field label="Approvals last" name="approvalLastsHours" required hint="In hours">
          <Input type="number" min={1} max={8760} defaultValue={policy?.approvalLastsHours ?? 72} />
        </Field>
        <Field label="Soak in the stage before" name="soakMinutes" required hint="In minutes; 0: none">
          <Input type="number" min={0} max={43200} defaultValue={policy?.soakMinutes ?? 0} />
        </Field>
      </div>
      <GroupFields groups={policy?.groups ?? []} />
      <Checkbox
        name="threadsMustBeResolved"
        defaultChecked={policy?.threadsMustBeResolved ?? true}
        label="Conversations must be resolved"
        hint="An open conversation keeps the request from being applied"
      />
    </EntryDialog>
  );
}

type GroupDemand = Policy["groups"][number] & { readonly row: number };

/** Groups of which some must be among the approvers. */
function GroupFields({ groups }: { readonly groups: Policy["groups"] }) {
  const { around } = useRulesDraft();
  const problem = use(FormStateContext).fields?.groups?.join(" ");
  const [rows, setRows] = useState<readonly GroupDemand[]>(() => groups.map((one, row) => ({ ...one, row })));
  const add = () => {
    const row = Math.max(-1, ...rows.map((one) => one.row)) + 1;
    setRows([...rows, { group: around.groups[0]?.slug ?? "", approvals: 1, row }]);
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Approvals of groups</legend>
      {rows.map((one) => (
        <div key={one.row} className="flex flex-wrap items-center gap-2 text-sm">
          At least
          <Input
            type="number"
            name="groupApprovals"
            aria-label="How many"
            min={1}
            max={10}
            defaultValue={one.approvals}
            className="w-16!"
          />
          of
          <NativeSelect
            name="group"
            aria-label="Group"
            defaultValue={one.group}
            options={around.groups.map(({ slug, name }) => ({ value: slug, label: name }))}
            className="w-48"
          />
          <Button size="sm" variant="ghost" onClick={() => setRows(rows.filter((other) => other.row !== one.row))}>
            Remove
          </Button>
        </div>
      ))}
      {problem ? <FieldProblem id="groups-problem">{problem}</FieldProblem> : null}
      <div>
        <Button size="sm" onClick={add} disabled={around.groups.length === 0}>
          Add a group
        </Button>
      </div>
    </fieldset>
  );
}

function readPolicy(form: FormData): ReadEntry<Policy> {
  const counts = listIn(form, "groupApprovals");
  return {
    entry: {
      id: textIn(form, "id"),
      title: textIn(form, "title"),
      // Chosen from the options above; the check refuses anything else.
      requests: listIn(form, "requests") as Policy["requests"],
      environments: listIn(form, "environments"),
      kinds: listIn(form, "kinds") as Policy["kinds"],
      approvals: numberIn(form, "approvals"),
      groups: listIn(form, "group").map((group, index) => ({ group, approvals: Number(counts[index] ?? 1) })),
      requiredChecks: listIn(form, "requiredChecks"),
      soakMinutes: numberIn(form, "soakMinutes"),
      approvalLastsHours: numberIn(form, "approvalLastsHours"),
      threadsMustBeResolved: form.get("threadsMustBeResolved") === "on",
    },
  };
}

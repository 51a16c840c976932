"use client";

import dynamic from "next/dynamic";
import type { FormAction } from "#components/ui/action-state.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import type { Choice } from "#components/ui/input.tsx";
import type { IgnoreRuleView } from "#lib/drift/ignore-rules/queries.ts";

const AddDialog = dynamic(() => import("#components/drift/add-ignore-rule-dialog.tsx"), { ssr: false });
const ChangeDialog = dynamic(() => import("#components/drift/change-ignore-rule-dialog.tsx"), { ssr: false });

/** A system with what a rule can be narrowed to. */
export type RuleSystem = {
  readonly slug: string;
  readonly name: string;
  readonly environments: readonly Choice[];
  readonly bundles: readonly Choice[];
};

/** What a rule is added for. */
export type RuleWish = { readonly system: string; readonly pattern: string };

/** Opens at once when it is known what the rule is added for. */
export function AddIgnoreRule({
  systems,
  action,
  wish,
}: {
  readonly systems: readonly RuleSystem[];
  readonly action: FormAction;
  readonly wish?: RuleWish;
}) {
  return (
    <DialogButton label="Add an ignore rule" variant="primary" isOpenAtFirst={wish !== undefined}>
      {(control) => <AddDialog {...control} systems={systems} action={action} wish={wish} />}
    </DialogButton>
  );
}

/** Gives a rule another end, or ends it now. */
export function ChangeIgnoreRule({
  rule,
  actions,
}: {
  readonly rule: Pick<IgnoreRuleView, "id" | "revision" | "pattern">;
  readonly actions: { readonly extend: FormAction; readonly end: FormAction };
}) {
  const hidden = { rule: rule.id, revision: String(rule.revision) };
  const named = (word: string) => (
    <>
      {word}
      <span className="sr-only"> {rule.pattern}</span>
    </>
  );
  return (
    <span className="flex justify-end gap-1.5">
      <DialogButton size="sm" variant="ghost" label={named("Extend…")}>
        {(control) => (
          <ChangeDialog {...control} kind="extend" pattern={rule.pattern} hidden={hidden} action={actions.extend} />
        )}
      </DialogButton>
      <DialogButton size="sm" label={named("End…")}>
        {(control) => (
          <ChangeDialog {...control} kind="end" pattern={rule.pattern} hidden={hidden} action={actions.end} />
        )}
      </DialogButton>
    </span>
  );
}

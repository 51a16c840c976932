"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import type { DialogControl } from "#components/ui/dialog-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const DAY = 86_400_000;
const LONGEST = 180;

/** Gives a rule another end, or ends it now. */
export default function ChangeIgnoreRuleDialog({
  kind,
  pattern,
  hidden,
  action,
  ...control
}: DialogControl & {
  readonly kind: "extend" | "end";
  readonly pattern: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly action: FormAction;
}) {
  const [today] = useState(() => Date.now());
  const inDays = (days: number) => new Date(today + days * DAY).toISOString().slice(0, 10);
  const isEnd = kind === "end";
  return (
    <Dialog
      {...control}
      title={isEnd ? "End the ignore rule" : "Extend the ignore rule"}
      description={
        <>
          <code className="font-mono text-xs">{pattern}</code>
          {isEnd ? ": what it hides counts again from the next comparison on." : null}
        </>
      }
    >
      <ActionForm action={action} hidden={hidden}>
        {isEnd ? null : (
          <Field label="Ends on" name="expiresAt" required hint={`At most ${LONGEST} days from now.`}>
            <Input type="date" min={inDays(1)} max={inDays(LONGEST)} defaultValue={inDays(30)} />
          </Field>
        )}
        <Field label="Reason" name="reason" required hint="Auditors read it.">
          <Textarea rows={2} />
        </Field>
        <DialogActions>
          <SubmitButton>{isEnd ? "End the rule" : "Extend the rule"}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

"use client";

import type { FormAction } from "#components/ui/action-state.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import type { RemediationView } from "#lib/drift/remediation/queries.ts";

/** Cancels what is under way, or lifts a quarantine. Nothing for what has ended. */
export function RemediationStop({
  row,
  actions,
}: {
  readonly row: Pick<RemediationView, "number" | "name" | "revision" | "state">;
  readonly actions: { readonly cancel: FormAction; readonly lift: FormAction };
}) {
  const hidden = { number: String(row.number), revision: String(row.revision) };
  const reason = (
    <Field label="Reason" name="reason" required hint="Auditors read it.">
      <Textarea rows={2} />
    </Field>
  );
  if (row.state === "quarantined") {
    return (
      <ConfirmDialog
        trigger={{ label: `Lift ${row.name}…`, size: "sm" }}
        title={`Lift the quarantine of ${row.name}`}
        description="What it restored changed back every time. Find out what changes it before anything is tried again."
        confirmLabel="Lift the quarantine"
        isDangerous={false}
        action={actions.lift}
        hidden={hidden}
      >
        {reason}
      </ConfirmDialog>
    );
  }
  if (row.state !== "waiting" && row.state !== "acting") return null;
  return (
    <ConfirmDialog
      trigger={{ label: `Cancel ${row.name}…`, size: "sm" }}
      title={`Cancel ${row.name}`}
      description="Runtimes are asked no more. What they run stays as it is, and policy does not try the same again."
      confirmLabel={`Cancel ${row.name}`}
      isDangerous={false}
      action={actions.cancel}
      hidden={hidden}
    >
      {reason}
    </ConfirmDialog>
  );
}

"use client";

import dynamic from "next/dynamic";
import type { FormAction } from "#components/ui/action-state.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import type { RemediationView } from "#lib/drift/remediation/queries.ts";

const StopDialog = dynamic(() => import("#components/drift/remediation-stop-dialog.tsx"), { ssr: false });

/** Cancels what is under way, or lifts a quarantine. Nothing for what has ended. */
export function RemediationStop({
  row,
  actions,
}: {
  readonly row: Pick<RemediationView, "number" | "name" | "revision" | "state">;
  readonly actions: { readonly cancel: FormAction; readonly lift: FormAction };
}) {
  const kind =
    row.state === "quarantined" ? "lift" : row.state === "waiting" || row.state === "acting" ? "cancel" : null;
  if (kind === null) return null;
  const hidden = { number: String(row.number), revision: String(row.revision) };
  return (
    <DialogButton size="sm" label={kind === "lift" ? `Lift ${row.name}…` : `Cancel ${row.name}…`}>
      {(control) => <StopDialog {...control} kind={kind} name={row.name} hidden={hidden} action={actions[kind]} />}
    </DialogButton>
  );
}

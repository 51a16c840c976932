"use client";

import { BellOff, BellRing, Eye, FilePenLine, Undo2 } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import type { ButtonSize } from "#components/ui/button-class.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { FindingPage, FindingRow } from "#lib/drift/views.ts";

/** What the reader may do with a finding. */
export type FindingDeeds = FindingPage["can"];

/** The actions of the page that shows findings. */
export type FindingActionSet = {
  readonly acknowledge: FormAction;
  readonly acknowledgeAll: FormAction;
  readonly suppress: FormAction;
  readonly unsuppress: FormAction;
  readonly accept: FormAction;
};

/** Where what a place is to run is looked at, and restored. */
export function restoreHref({
  system,
  environment,
  bundle,
}: Pick<FindingRow, "system" | "environment" | "bundle">): string {
  return `/drift/restore?system=${system.slug}&environment=${environment.slug}&bundle=${bundle.slug}`;
}

type ActedOn = Pick<FindingRow, "number" | "revision" | "state" | "system" | "environment" | "bundle">;

const DAY = 86_400_000;

/** What can be done about a finding: take it, put it out of sight for a while, propose it, or restore what is declared. */
export function FindingActions({
  finding,
  can,
  deeds,
  size = "md",
}: {
  readonly finding: ActedOn;
  readonly can: FindingDeeds;
  readonly deeds: FindingActionSet;
  readonly size?: ButtonSize;
}) {
  const hidden = { finding: String(finding.number), revision: String(finding.revision) };
  const name = `F-${finding.number}`;
  const isLive = finding.state === "open" || finding.state === "acknowledged";
  return (
    <>
      {can.triage && finding.state === "open" ? (
        <ActionForm action={deeds.acknowledge} hidden={hidden} className="contents" label={`Acknowledge ${name}`}>
          <SubmitButton size={size} variant={size === "sm" ? "secondary" : "primary"}>
            <Eye aria-hidden />
            Acknowledge
          </SubmitButton>
        </ActionForm>
      ) : null}
      {can.triage && isLive ? <SuppressDialog name={name} hidden={hidden} action={deeds.suppress} size={size} /> : null}
      {can.triage && finding.state === "suppressed" ? (
        <ActionForm action={deeds.unsuppress} hidden={hidden} className="contents" label={`Show ${name} again`}>
          <SubmitButton size={size} variant="secondary">
            <BellRing aria-hidden />
            Show it again
          </SubmitButton>
        </ActionForm>
      ) : null}
      {can.accept && (isLive || finding.state === "suppressed") ? (
        <AcceptDialog name={name} hidden={hidden} action={deeds.accept} size={size} />
      ) : null}
      {can.remediate && finding.state !== "resolved" ? (
        <LinkButton size={size} href={restoreHref(finding)}>
          <Undo2 aria-hidden />
          Restore…
        </LinkButton>
      ) : null}
    </>
  );
}

type DialogProps = {
  readonly name: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly action: FormAction;
  readonly size: ButtonSize;
};

function SuppressDialog({ name, hidden, action, size }: DialogProps) {
  // The day is only looked at once the dialog is open, in the browser.
  const [today, setToday] = useState(0);
  const inDays = (days: number) => new Date(today + days * DAY).toISOString().slice(0, 10);
  return (
    <Dialog
      trigger={{ label: <Labelled icon={BellOff} text="Suppress…" />, size }}
      onOpenChange={(open) => setToday(open ? Date.now() : 0)}
      title={`Suppress ${name}`}
      description="It goes out of sight and raises no alert until the day that you give; then it is open again. It still shows who suppressed it, and why."
    >
      <ActionForm action={action} hidden={hidden}>
        <Field label="Until" name="until" required hint="Midnight in UTC at the beginning of that day.">
          <Input key={today} type="date" min={inDays(1)} defaultValue={inDays(7)} />
        </Field>
        <Field label="Reason" name="reason" required hint="Auditors read it.">
          <Textarea rows={3} />
        </Field>
        <DialogActions>
          <SubmitButton>Suppress {name}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

function AcceptDialog({ name, hidden, action, size }: DialogProps) {
  return (
    <Dialog
      trigger={{ label: <Labelled icon={FilePenLine} text="Accept…" />, size }}
      title={`Accept ${name}`}
      description="Opens a change request that would make the observed value the declared one. It goes through every check and approval like any other; until it is applied, the difference stays."
    >
      <ActionForm action={action} hidden={hidden}>
        <Field label="Reason" name="reason" required hint="Becomes the reason of the change request.">
          <Textarea rows={3} />
        </Field>
        <DialogActions>
          <SubmitButton>Open the change request</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

function Labelled({ icon: Icon, text }: { readonly icon: typeof Eye; readonly text: string }) {
  return (
    <>
      <Icon aria-hidden />
      {text}
    </>
  );
}

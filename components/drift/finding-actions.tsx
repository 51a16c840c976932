"use client";

import { BellOff, BellRing, Eye, FilePenLine, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import type { ButtonSize } from "#components/ui/button-class.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";
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

const FindingDialog = dynamic(() => import("#components/drift/finding-dialogs.tsx"), { ssr: false });

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
      {can.triage && isLive ? (
        <DialogButton size={size} label={<Labelled icon={BellOff} text="Suppress…" />}>
          {(control) => (
            <FindingDialog {...control} kind="suppress" name={name} hidden={hidden} action={deeds.suppress} />
          )}
        </DialogButton>
      ) : null}
      {can.triage && finding.state === "suppressed" ? (
        <ActionForm action={deeds.unsuppress} hidden={hidden} className="contents" label={`Show ${name} again`}>
          <SubmitButton size={size} variant="secondary">
            <BellRing aria-hidden />
            Show it again
          </SubmitButton>
        </ActionForm>
      ) : null}
      {can.accept && (isLive || finding.state === "suppressed") ? (
        <DialogButton size={size} label={<Labelled icon={FilePenLine} text="Accept…" />}>
          {(control) => <FindingDialog {...control} kind="accept" name={name} hidden={hidden} action={deeds.accept} />}
        </DialogButton>
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

function Labelled({ icon: Icon, text }: { readonly icon: typeof Eye; readonly text: string }) {
  return (
    <>
      <Icon aria-hidden />
      {text}
    </>
  );
}

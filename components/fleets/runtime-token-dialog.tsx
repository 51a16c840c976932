"use client";

import { useState } from "react";
import type { TokenAnswer } from "#components/accounts/new-token-dialog.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import type { DialogControl } from "#components/ui/dialog-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Makes a token for the runtimes of one environment and shows its secret until the dialog is closed. */
export default function RuntimeTokenDialog({
  system,
  environment,
  make,
  onOpenChange,
  open,
}: DialogControl & {
  readonly system: string;
  readonly environment: { readonly slug: string; readonly name: string };
  readonly make: (form: FormData) => Promise<TokenAnswer>;
}) {
  const [secret, setSecret] = useState<string | null>(null);
  async function send(_: ActionState, form: FormData): Promise<ActionState> {
    const answer = await make(form);
    setSecret(answer.secret);
    // The dialog stays: it shows the secret now.
    return answer.state.ok ? {} : answer.state;
  }
  return (
    <Dialog
      open={open}
      title={secret === null ? `Token for runtimes of ${environment.name}` : "Copy the token now"}
      onOpenChange={(next) => {
        setSecret(null);
        onOpenChange(next);
      }}
      size="md"
    >
      {secret === null ? (
        <ActionForm action={send} hidden={{ role: "runtime", system, environment: environment.slug }}>
          <Field label="Name" name="name" hint="What uses it: the deployment, the machine." required>
            <Input autoComplete="off" defaultValue={`Runtimes of ${system} in ${environment.slug}`} />
          </Field>
          <Field label="Ends in" name="days" hint="Days, at most 365. Its runtimes are refused afterwards." required>
            <Input type="number" min={1} max={365} defaultValue={90} />
          </Field>
          <DialogActions>
            <SubmitButton>Make token</SubmitButton>
          </DialogActions>
        </ActionForm>
      ) : (
        <div className="grid gap-3">
          <Callout tone="warn" title="This is the only time it is shown">
            Keep it where the program keeps its secrets. A lost one is revoked and replaced.
          </Callout>
          <div className="flex items-center gap-2 rounded-md border border-border bg-sunken px-3 py-2">
            <code className="min-w-0 grow font-mono text-sm break-all" data-testid="token-secret">
              {secret}
            </code>
            <CopyButton text={secret} label="Copy token" />
          </div>
          <DialogActions cancelLabel="Done">{null}</DialogActions>
        </div>
      )}
    </Dialog>
  );
}

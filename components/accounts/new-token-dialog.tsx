"use client";

import { useState } from "react";
import { ReachFields, type SystemChoice } from "#components/accounts/reach-fields.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** `secret`: the token, once, when it was made. */
export type TokenAnswer = { readonly state: ActionState; readonly secret: string | null };

/** Makes a token and shows its secret until the dialog is closed. */
export function NewTokenDialog({
  systems,
  make,
}: {
  readonly systems: readonly SystemChoice[];
  readonly make: (form: FormData) => Promise<TokenAnswer>;
}) {
  const [secret, setSecret] = useState<string | null>(null);
  async function send(_: ActionState, form: FormData): Promise<ActionState> {
    const answer = await make(form);
    setSecret(answer.secret);
    return answer.state;
  }
  return (
    <Dialog
      trigger={{ label: "New token", variant: "primary" }}
      title={secret === null ? "New API token" : "Copy the token now"}
      onOpenChange={() => setSecret(null)}
      size="md"
    >
      {secret === null ? (
        <ActionForm action={send} label="New API token">
          <Field label="Name" name="name" hint="What uses it: the pipeline, the machine." required>
            <Input autoComplete="off" placeholder="CI of support-assistant" />
          </Field>
          <ReachFields systems={systems} forMachine />
          <Field label="Ends in" name="days" hint="Days, at most 365." required>
            <Input type="number" min={1} max={365} defaultValue={90} />
          </Field>
          <DialogActions>
            <SubmitButton>Make token</SubmitButton>
          </DialogActions>
        </ActionForm>
      ) : (
        <div className="grid gap-3">
          <Callout tone="warn" title="This is the only time it is shown">
            Keep it where your pipeline keeps secrets. Nobody can read it here again; a lost one is revoked and
            replaced.
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

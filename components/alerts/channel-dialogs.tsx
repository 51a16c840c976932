"use client";

import { useState } from "react";
import { type AlertSystem, ChannelFields, type EditedChannel } from "#components/alerts/channel-fields.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { ActionState, FormAction } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** `secret`: the signing secret of a webhook, once, when it was made. */
export type SecretAnswer = { readonly state: ActionState; readonly secret: string | null };
export type SecretAction = (form: FormData) => Promise<SecretAnswer>;

function NewSecret({ secret }: { readonly secret: string }) {
  return (
    <div className="grid gap-3">
      <Callout tone="warn" title="This is the only time it is shown">
        Give it to the program that receives the messages: with it, it knows that they come from here and were not
        altered.
      </Callout>
      <div className="flex items-center gap-2 rounded-md border border-border bg-sunken px-3 py-2">
        <code className="min-w-0 grow font-mono text-sm break-all" data-testid="signing-secret">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy secret" />
      </div>
      <DialogActions cancelLabel="Done">{null}</DialogActions>
    </div>
  );
}

/** Keeps the secret of an action's answer until it is put away. */
function useSecret(action: SecretAction) {
  const [secret, setSecret] = useState<string | null>(null);
  async function send(_: ActionState, form: FormData): Promise<ActionState> {
    const answer = await action(form);
    setSecret(answer.secret);
    return answer.state;
  }
  return { secret, send, forget: () => setSecret(null) };
}

/** Makes a channel; of a webhook, shows its secret until the dialog is closed. */
export function NewChannelDialog({
  systems,
  mayServeAll,
  make,
}: {
  readonly systems: readonly AlertSystem[];
  readonly mayServeAll: boolean;
  readonly make: SecretAction;
}) {
  const { secret, send, forget } = useSecret(make);
  return (
    <Dialog
      trigger={{ label: "New channel", variant: "primary" }}
      title={secret === null ? "New alert channel" : "Copy the signing secret now"}
      onOpenChange={forget}
      size="md"
    >
      {secret === null ? (
        <ActionForm action={send} label="New alert channel">
          <ChannelFields systems={systems} mayServeAll={mayServeAll} />
          <DialogActions>
            <SubmitButton>Make channel</SubmitButton>
          </DialogActions>
        </ActionForm>
      ) : (
        <NewSecret secret={secret} />
      )}
    </Dialog>
  );
}

/** Changes the name, address and filter of a channel. */
export function ChangeChannelDialog({
  channel,
  systems,
  change,
}: {
  readonly channel: EditedChannel;
  readonly systems: readonly AlertSystem[];
  readonly change: FormAction;
}) {
  return (
    <Dialog trigger={{ label: "Change" }} title={`Change ${channel.name}`} size="md">
      <ActionForm action={change} hidden={{ channelId: channel.id, revision: String(channel.revision) }}>
        <ChannelFields channel={channel} systems={systems} mayServeAll />
        <DialogActions>
          <SubmitButton>Save</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

/** Gives a webhook another secret and shows it until the dialog is closed. */
export function RotateSecretDialog({
  channel,
  rotate,
}: {
  readonly channel: { readonly id: string; readonly name: string };
  readonly rotate: SecretAction;
}) {
  const { secret, send, forget } = useSecret(rotate);
  return (
    <Dialog
      trigger={{ label: "New secret" }}
      title={secret === null ? `New signing secret for ${channel.name}` : "Copy the signing secret now"}
      onOpenChange={forget}
      description={
        secret === null
          ? "For 24 hours messages carry two signatures, one by the new secret and one by the present one."
          : undefined
      }
    >
      {secret === null ? (
        <ActionForm action={send} hidden={{ channelId: channel.id }}>
          <DialogActions>
            <SubmitButton>Make new secret</SubmitButton>
          </DialogActions>
        </ActionForm>
      ) : (
        <NewSecret secret={secret} />
      )}
    </Dialog>
  );
}

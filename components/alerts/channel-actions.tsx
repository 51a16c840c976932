"use client";

import { ChangeChannelDialog, RotateSecretDialog, type SecretAction } from "#components/alerts/channel-dialogs.tsx";
import type { AlertSystem, EditedChannel } from "#components/alerts/channel-fields.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** What can be done about a channel. */
export function ChannelActions({
  channel,
  systems,
  test,
  change,
  rotate,
  disable,
  enable,
}: {
  readonly channel: EditedChannel & { readonly isDisabled: boolean };
  readonly systems: readonly AlertSystem[];
  readonly test: FormAction;
  readonly change: FormAction;
  readonly rotate: SecretAction;
  readonly disable: FormAction;
  readonly enable: FormAction;
}) {
  const hidden = { channelId: channel.id };
  const changing = <ChangeChannelDialog key={channel.revision} channel={channel} systems={systems} change={change} />;
  if (channel.isDisabled) {
    return (
      <>
        {changing}
        <ActionForm action={enable} hidden={hidden} className="contents" label="Enable">
          <SubmitButton>Enable</SubmitButton>
        </ActionForm>
      </>
    );
  }
  return (
    <>
      <ActionForm action={test} hidden={hidden} className="contents" label="Test">
        <SubmitButton variant="secondary">Send a test</SubmitButton>
      </ActionForm>
      {changing}
      {channel.kind === "webhook" ? <RotateSecretDialog channel={channel} rotate={rotate} /> : null}
      <ConfirmDialog
        trigger={{ label: "Disable" }}
        title={`Disable ${channel.name}?`}
        description="It is sent nothing any more, and what waits for it is given up. It can be enabled again."
        confirmLabel="Disable channel"
        action={disable}
        hidden={hidden}
      >
        <Field label="Reason" name="reason" required>
          <Input />
        </Field>
      </ConfirmDialog>
    </>
  );
}

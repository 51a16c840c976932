"use server";

import { refresh } from "next/cache";
import type { SecretAnswer } from "#components/alerts/channel-dialogs.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { changeChannel, createChannel } from "#lib/alerts/commands/define-channel.ts";
import { disableChannel, enableChannel } from "#lib/alerts/commands/switch-channel.ts";
import { rotateSecret, testChannel } from "#lib/alerts/commands/try-channel.ts";
import { answering } from "#lib/api/answering.ts";

function channelOf(form: FormData) {
  return {
    ...Object.fromEntries(form),
    environments: form.getAll("environments").filter((one) => one !== ""),
    topics: form.getAll("topics").filter((one) => one !== ""),
  };
}

/** Makes a channel; the answer of a webhook holds its secret, the only time. */
export async function makeChannel(form: FormData): Promise<SecretAnswer> {
  const actor = await requireActor();
  let secret: string | null = null;
  const state = await answering(async () => {
    ({ secret } = await createChannel(actor, channelOf(form)));
    refresh();
    return { message: "The channel is made" };
  }, form);
  return { state, secret };
}

export async function saveChannel(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await changeChannel(actor, channelOf(form));
    refresh();
    return { message: "The channel is changed" };
  }, form);
}

/** Gives a webhook another secret; the answer holds it, the only time. */
export async function renewSecret(form: FormData): Promise<SecretAnswer> {
  const actor = await requireActor();
  let secret: string | null = null;
  const state = await answering(async () => {
    ({ secret } = await rotateSecret(actor, Object.fromEntries(form)));
    refresh();
  });
  return { state, secret };
}

export async function sendTest(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await testChannel(actor, Object.fromEntries(form));
    refresh();
    return { message: "The test is on its way" };
  });
}

export async function switchOff(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await disableChannel(actor, Object.fromEntries(form));
    refresh();
    return { message: "The channel is disabled" };
  }, form);
}

export async function switchOn(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await enableChannel(actor, Object.fromEntries(form));
    refresh();
    return { message: "The channel is enabled" };
  });
}

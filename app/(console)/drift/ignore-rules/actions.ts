"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { addIgnoreRule } from "#lib/drift/ignore-rules/commands/add-ignore-rule.ts";
import { endIgnoreRule, extendIgnoreRule } from "#lib/drift/ignore-rules/commands/change-ignore-rule.ts";

export async function add(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await addIgnoreRule(actor, {
      ...Object.fromEntries([...form].filter(([, value]) => value !== "")),
      kinds: form.getAll("kinds"),
      environments: form.getAll("environments"),
    });
    refresh();
    return { message: "The ignore rule is in force" };
  }, form);
}

export async function extend(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await extendIgnoreRule(actor, Object.fromEntries(form));
    refresh();
    return { message: "The ignore rule has another end" };
  }, form);
}

export async function end(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await endIgnoreRule(actor, Object.fromEntries(form));
    refresh();
    return { message: "The ignore rule has ended: what it hid counts again" };
  }, form);
}

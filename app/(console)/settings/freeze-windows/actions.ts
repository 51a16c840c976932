"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { changeFreezeWindow, defineFreezeWindow, removeFreezeWindow } from "#lib/releases/commands/freeze-windows.ts";

function windowOf(form: FormData) {
  return {
    ...Object.fromEntries(form),
    systems: form.getAll("systems").filter((one) => one !== ""),
    environments: form.getAll("environments").filter((one) => one !== ""),
    endsAt: form.get("endsAt") ? `${form.get("endsAt")}Z` : null,
  };
}

export async function saveWindow(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    if (form.get("id")) await changeFreezeWindow(actor, windowOf(form));
    else await defineFreezeWindow(actor, windowOf(form));
    refresh();
    return { message: "The freeze window is saved" };
  }, form);
}

export async function removeWindow(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await removeFreezeWindow(actor, Object.fromEntries(form));
    refresh();
    return { message: "The freeze window is removed" };
  }, form);
}

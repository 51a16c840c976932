"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { reopenThread, replyToThread, resolveThread, startThread } from "#lib/reviews/commands/discuss-change.ts";
import { rebaseChange } from "#lib/reviews/commands/rebase-change.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { dismissReview, withdrawReview } from "#lib/reviews/commands/withdraw-review.ts";
import type { Anchor } from "#lib/reviews/model.ts";

const SAID = {
  approve: "You approved this change",
  request_changes: "You asked for changes",
  comment: "Your comments are sent",
} as const;

/** What a hidden field carries as JSON. @throws Refusal `invalid` */
function jsonField(form: FormData, name: string): Json {
  const text = form.get(name);
  try {
    return JSON.parse(typeof text === "string" ? text : "[]") as Json;
  } catch {
    throw new Refusal("invalid", "The form arrived damaged; reload the page and send it again");
  }
}

export async function review(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await reviewChange(actor, { ...Object.fromEntries(form), comments: jsonField(form, "comments") });
    refresh();
    const verdict = form.get("verdict");
    return { message: verdict === "approve" || verdict === "request_changes" ? SAID[verdict] : SAID.comment };
  }, form);
}

export async function withdraw(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await withdrawReview(actor, Object.fromEntries(form));
    refresh();
    return { message: "You took your verdict back" };
  }, form);
}

export async function dismiss(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await dismissReview(actor, Object.fromEntries(form));
    refresh();
    return { message: "The verdict is dismissed" };
  }, form);
}

/** Goes on to what the request changes now: the page it came from has nothing left to decide. */
export async function rebase(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const resolutions = jsonField(form, "resolutions");
    const { number } = await rebaseChange(actor, { ...Object.fromEntries(form), resolutions });
    // Around that page, too: what a layout says of the request has changed.
    refresh();
    redirect(toRoute(`/changes/${number}/changes`));
  }, form);
}

type OfThread = { readonly number: number; readonly threadId: string };

export async function start(input: {
  readonly number: number;
  readonly anchor: Anchor;
  readonly body: string;
}): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await startThread(actor, input);
    refresh();
  });
}

export async function reply(input: OfThread & { readonly body: string }): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await replyToThread(actor, input);
    refresh();
  });
}

export async function resolve(input: OfThread & { readonly isResolved: boolean }): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await (input.isResolved ? resolveThread : reopenThread)(actor, input);
    refresh();
  });
}

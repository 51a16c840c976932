"use server";

import { redirect } from "next/navigation";
import type { CheckAnswer, ImportAnswer, SaveAnswer } from "#components/bundles/draft-answers.ts";
import { toRoute } from "#components/ui/route.ts";
import type { Actor } from "#lib/access/actor.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { checkDraft } from "#lib/bundles/check.ts";
import { discardDraft, importDocument, renameDraft, saveDraft } from "#lib/bundles/commands/save-draft.ts";
import type { BundleSource, Problem } from "#lib/bundles/model.ts";
import { showDraft } from "#lib/bundles/queries.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";

type OfDraft = { readonly draftId: string; readonly revision: number };

/** A refused save, with what the other person saved when that is the reason. */
async function refusedSave(actor: Actor, draft: OfDraft, error: unknown): Promise<SaveAnswer> {
  if (!(error instanceof Refusal)) throw error;
  if (error.code !== "conflict" || typeof error.details.revision !== "number") {
    return { kind: "refused", message: error.message };
  }
  const { source, revision, updatedBy, updatedAt } = await showDraft(actor, { draftId: draft.draftId });
  return { kind: "conflict", theirs: { source, revision, updatedBy, updatedAt: updatedAt.toISOString() } };
}

export async function save(input: OfDraft & { readonly source: BundleSource }): Promise<SaveAnswer> {
  const actor = await requireActor();
  try {
    const { revision } = await saveDraft(actor, input);
    return { kind: "saved", revision };
  } catch (error) {
    return refusedSave(actor, input, error);
  }
}

export async function check(input: {
  readonly system: string;
  readonly bundle: string;
  readonly source: BundleSource;
  readonly baseVersionId: string | null;
}): Promise<CheckAnswer> {
  const actor = await requireActor();
  try {
    return { kind: "ready", check: await checkDraft(actor, input) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", message: error.message };
  }
}

export async function importText(
  input: OfDraft & { readonly layer: string; readonly text: string },
): Promise<ImportAnswer> {
  const actor = await requireActor();
  try {
    const { revision } = await importDocument(actor, input);
    return { kind: "saved", revision };
  } catch (error) {
    if (error instanceof Refusal && error.code === "invalid" && Array.isArray(error.details.problems)) {
      return { kind: "unreadable", problems: error.details.problems as readonly Problem[] };
    }
    return refusedSave(actor, input, error);
  }
}

export async function rename(input: OfDraft & { readonly title: string }): Promise<SaveAnswer> {
  const actor = await requireActor();
  try {
    const { revision } = await renameDraft(actor, input);
    return { kind: "saved", revision };
  } catch (error) {
    return refusedSave(actor, input, error);
  }
}

export async function discard(input: OfDraft & { readonly goTo: string }): Promise<SaveAnswer> {
  const actor = await requireActor();
  try {
    await discardDraft(actor, input);
  } catch (error) {
    return refusedSave(actor, input, error);
  }
  redirect(toRoute(input.goTo.startsWith("/systems/") ? input.goTo : "/systems"));
}

export async function update(input: { readonly number: number }): Promise<SaveAnswer> {
  const actor = await requireActor();
  try {
    await editChange(actor, { number: input.number, fromDrafts: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", message: error.message };
  }
  redirect(toRoute(`/changes/${input.number}`));
}

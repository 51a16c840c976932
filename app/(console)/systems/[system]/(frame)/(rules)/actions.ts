"use server";

import { refresh } from "next/cache";
import type { RulesAnswer, RulesCheck } from "#components/systems/rules/rules-actions.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { proposeRules } from "#lib/reviews/commands/propose-rules.ts";
import { checkRulesDocument } from "#lib/systems/check.ts";
import { editRules } from "#lib/systems/commands/edit-rules.ts";
import type { Rules } from "#lib/systems/model.ts";

type Written = {
  readonly system: string;
  readonly baseRulesId: string;
  readonly rules: Rules;
  readonly reason: string;
};

/** What the shape refuses and what the meaning refuses read the same: by path, from the document's root. */
export async function check(input: { readonly system: string; readonly rules: Rules }): Promise<RulesCheck> {
  const actor = await requireActor();
  try {
    return { kind: "checked", problems: await checkRulesDocument(actor, input) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== "invalid") return { kind: "refused", message: error.message };
    const problems = Object.entries(error.fields).flatMap(([path, messages]) =>
      messages.map((message) => ({ path: path.replace(/^rules\./u, ""), severity: "error" as const, message })),
    );
    return { kind: "checked", problems };
  }
}

export async function save(input: Written): Promise<RulesAnswer> {
  const actor = await requireActor();
  return answered(async () => {
    await editRules(actor, input);
    refresh();
    return null;
  });
}

export async function propose(input: Written & { readonly title: string }): Promise<RulesAnswer> {
  const actor = await requireActor();
  return answered(async () => {
    const { number } = await proposeRules(actor, input);
    return `/changes/${number}`;
  });
}

async function answered(work: () => Promise<string | null>): Promise<RulesAnswer> {
  try {
    return { kind: "done", href: await work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", message: error.message, fields: error.fields };
  }
}

import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { EXCEPTION_HOURS } from "#lib/reviews/exceptions.ts";
import { assertMayForAll, type Speaker } from "#lib/reviews/rules.ts";
import { isEditable, stateInWords } from "#lib/reviews/states.ts";
import type { GateFacts } from "./facts.ts";
import type { Check, CheckId, GateReport } from "./model.ts";

export type AskedException = {
  readonly gate: CheckId;
  /** Empty: the whole gate. */
  readonly items: readonly string[];
  readonly contentDigest: string;
  readonly expiresAt: Date;
};

/** The last moment that an exception to this request may last to. */
export function latestEnd(facts: GateFacts): Date {
  const hours = Math.min(EXCEPTION_HOURS, facts.review.requirements.lastsHours);
  return new Date(facts.now.getTime() + hours * 3_600_000);
}

/**
 * A gate is set aside by a person who may do so everywhere the change reaches, for exactly the content they saw, where
 * it does not hold, and until a time. Who wrote the change cannot pass over its approvers.
 * @throws Refusal `forbidden`, `conflict` or `invalid`
 */
export function assertMayExcept(
  { facts, report }: { readonly facts: GateFacts; readonly report: GateReport },
  { actor, personId }: Speaker,
  asked: AskedException,
): Check {
  const { request } = facts.review;
  assertMayForAll(actor, "change:override", request);
  if (!isEditable(request.state)) {
    throw new Refusal("conflict", `A change that is ${stateInWords(request.state)} needs no exception`);
  }
  if (asked.contentDigest !== request.contentDigest) {
    throw new Refusal("conflict", "This change was edited after you opened it; reload to see what it is now");
  }
  const check = report.checks.find((one) => one.id === asked.gate);
  if (!check) throw new Refusal("invalid", `The check ${asked.gate} has nothing to say about this change`);
  if (check.override === null)
    throw new Refusal("forbidden", `${check.title} cannot be set aside by anyone. ${check.summary}`);
  if (check.status === "passed") throw new Refusal("conflict", `${check.title} holds; there is nothing to set aside`);
  if (asked.gate === "approvals" && request.contributors.includes(personId)) {
    throw new Refusal("forbidden", "You wrote part of this change, so you cannot set its approvals aside");
  }
  assertItems(check, asked.items);
  assertEnd(asked.expiresAt, facts);
  return check;
}

function assertItems(check: Check, items: readonly string[]): void {
  const stranger = items.find((item) => !check.items.some((one) => one.item === item));
  if (stranger === undefined) return;
  const known = check.items.map((one) => one.item).join(", ") || "no places";
  throw new Refusal("invalid", `${check.title} does not list ${stranger}; it lists ${known}`);
}

function assertEnd(expiresAt: Date, facts: GateFacts): void {
  const latest = latestEnd(facts);
  if (expiresAt > facts.now && expiresAt <= latest) return;
  const message = `Every exception ends: choose a time after now and not after ${formatUtc(latest)}`;
  throw new Refusal("invalid", message, { fields: { expiresAt: [message] } });
}

import { compilePattern } from "#lib/kernel/pattern.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { IgnoreRuleFacts } from "../ignore.ts";

const DAY = 86_400_000;
export const LONGEST_DAYS = 180;
/** A rule that hid nothing for so long has lost its reason. */
export const UNUSED_DAYS = 30;

/** @throws Refusal `invalid` when the pattern is none, or would hide whatever drifts */
export function assertPattern(pattern: string): void {
  const refuse = (message: string): never => {
    throw new Refusal("invalid", message, { fields: { pattern: [message] } });
  };
  try {
    compilePattern(pattern);
  } catch (refusal) {
    if (refusal instanceof Refusal) refuse(refusal.message);
    throw refusal;
  }
  const isEverything = parsePointer(pattern).every((segment) => segment === "*" || segment === "**");
  if (isEverything) refuse("This would hide everything; name a parameter or a part of the document");
}

/** Every exception ends. @throws Refusal `invalid` when it would end too late, or not later than now */
export function assertExpiry(expiresAt: Date, now: Date): void {
  const latest = new Date(now.getTime() + LONGEST_DAYS * DAY);
  if (expiresAt.getTime() > now.getTime() && expiresAt.getTime() <= latest.getTime()) return;
  const message =
    expiresAt.getTime() <= now.getTime()
      ? "Give a time that is still to come"
      : `An ignore rule lasts at most ${LONGEST_DAYS} days; choose ${formatUtc(latest).slice(0, 10)} or earlier`;
  throw new Refusal("invalid", message, { fields: { expiresAt: [message] } });
}

/** @throws Refusal `conflict` when it has been ended, after which it can only be added again */
export function assertNotEnded(rule: Pick<IgnoreRuleFacts, "endedAt">): void {
  if (rule.endedAt === null) return;
  throw new Refusal("conflict", "This ignore rule was ended; add another one if it is needed again");
}

/** active: it hides what it matches · expired: its time is over · ended: somebody ended it */
export type IgnoreRuleState = "active" | "expired" | "ended";

export function stateOf(rule: Pick<IgnoreRuleFacts, "endedAt" | "expiresAt">, now: Date): IgnoreRuleState {
  if (rule.endedAt !== null) return "ended";
  return rule.expiresAt.getTime() > now.getTime() ? "active" : "expired";
}

/** Why a rule asks to be removed, as a sentence; null: it does not. */
export function attentionOf(
  rule: Pick<IgnoreRuleFacts, "endedAt" | "expiresAt"> & { readonly createdAt: Date; readonly lastHitAt: Date | null },
  now: Date,
): string | null {
  switch (stateOf(rule, now)) {
    case "ended":
      return null;
    case "expired":
      return `It expired on ${formatUtc(rule.expiresAt)} and hides nothing any more: end it, or extend it with a reason`;
    case "active": {
      const idle = Math.floor((now.getTime() - (rule.lastHitAt ?? rule.createdAt).getTime()) / DAY);
      if (idle < UNUSED_DAYS) return null;
      return rule.lastHitAt === null
        ? `It has hidden nothing in the ${idle} days since it was added: end it`
        : `It has hidden nothing for ${idle} days: end it`;
    }
  }
}

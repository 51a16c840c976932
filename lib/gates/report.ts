import { formatUtc } from "#lib/kernel/time.ts";
import type { GateException } from "#lib/reviews/model.ts";
import { isUnderReview } from "#lib/reviews/states.ts";
import { CHECK_BY_ID } from "./checks/all.ts";
import type { GateFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { CHECKS, type Check, type GateReport } from "./model.ts";

/** The one answer: every check that has something to say about the request, exceptions applied. Pure. */
export function reportOf(facts: GateFacts): GateReport {
  const checks = CHECKS.flatMap((id) => {
    const finding = CHECK_BY_ID[id](facts);
    return finding ? [withExceptions(finding, facts.exceptions)] : [];
  });
  const { request } = facts.review;
  return {
    canApply: isUnderReview(request.state) && checks.every((check) => !isInTheWay(check)),
    checks,
    contentDigest: request.contentDigest,
    evaluatedAt: facts.now.toISOString(),
  };
}

export function isInTheWay(check: Pick<Check, "status" | "isBlocking">): boolean {
  return check.isBlocking && (check.status === "failed" || check.status === "pending");
}

/** Whether a check that stands in nobody's way has something to say before the change is applied. */
export function hasAdvice(check: Pick<Check, "status" | "isBlocking" | "items">): boolean {
  if (check.isBlocking || check.status === "waived") return false;
  return check.status !== "passed" || check.items.length > 0;
}

/** A check that does not hold is waived by an override of the whole, or when every place of it is waived. */
function withExceptions(finding: Finding, exceptions: readonly GateException[]): Check {
  const own = finding.override === null ? [] : exceptions.filter((one) => one.gate === finding.id);
  const shown = own.map((one) => ({
    by: one.grantedByName,
    reason: one.reason,
    expiresAt: one.expiresAt.toISOString(),
    ...(one.item !== null && { item: one.item }),
  }));
  const check: Check = { ...finding, exceptions: shown };
  if (finding.status === "passed") return check;
  const whole = own.find((one) => one.item === null);
  if (whole) {
    const until = formatUtc(whole.expiresAt);
    return {
      ...check,
      status: "waived",
      summary: `${whole.grantedByName} set it aside until ${until}: ${whole.reason}`,
    };
  }
  const waived = new Set(own.map((one) => one.item));
  if (finding.items.length === 0 || !finding.items.every((one) => waived.has(one.item))) return check;
  const names = [...new Set(own.map((one) => one.grantedByName))].join(", ");
  return { ...check, status: "waived", summary: `Every place was waived by ${names}` };
}

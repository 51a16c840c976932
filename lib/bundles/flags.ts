import { isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { Rules } from "#lib/systems/model.ts";
import type { Finding } from "./finding.ts";
import { parametersOfKind } from "./parameters.ts";

/**
 * The value of a parameter of kind flag: what it is set to, who answers for it and when it goes.
 *
 *     { "enabled": true, "owner": "team-search", "expires": "2027-01-31", "description": "…" }
 *
 * Either `enabled` (a truth value) or `value` (anything), or both; `expires` is a day, which the flag lasts through in
 * UTC, or an ISO 8601 time.
 */
export type Flag = {
  readonly pointer: string;
  readonly enabled: boolean | null;
  readonly value: Json | undefined;
  readonly owner: string | null;
  /** Null when there is none that can be read. */
  readonly expires: Date | null;
};

const soon = 14 * 86_400_000;

/** The flags of an effective configuration, as far as they can be read. */
export function flagsOf(question: {
  readonly value: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
}): readonly Flag[] {
  return parametersOfKind("flag", question).map(({ pointer }) => readFlag(pointer, getAt(question.value, pointer)));
}

/** Flags without owner or expiry, past their expiry, or (as a warning) near it. */
export function checkFlags(question: {
  readonly value: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
  readonly now: Date;
}): readonly Finding[] {
  return flagsOf(question).flatMap((flag) => checkFlag(flag, question.now));
}

function readFlag(pointer: string, value: Json | undefined): Flag {
  const flag: JsonObject = isJsonObject(value) ? value : {};
  const enabled = memberOf(flag, "enabled");
  const owner = memberOf(flag, "owner");
  return {
    pointer,
    enabled: typeof enabled === "boolean" ? enabled : null,
    value: memberOf(flag, "value"),
    owner: typeof owner === "string" && owner.trim() !== "" ? owner : null,
    expires: readExpiry(memberOf(flag, "expires")),
  };
}

function checkFlag(flag: Flag, now: Date): readonly Finding[] {
  const fail = (rule: string, message: string, severity: Finding["severity"] = "error"): Finding => ({
    rule,
    severity,
    message: `Flag ${flag.pointer} ${message}`,
    pointer: flag.pointer,
  });
  const findings: Finding[] = [];
  if (flag.enabled === null && flag.value === undefined) {
    findings.push(
      fail(
        "flag.value",
        "says neither “enabled” (true or false) nor “value”; write a mapping with one of them, “owner” and “expires”",
      ),
    );
  }
  if (flag.owner === null)
    findings.push(fail("flag.owner", "has no owner; add “owner” with the team or person who answers for it"));
  if (flag.expires === null) {
    findings.push(fail("flag.expires", "has no expiry that can be read; add “expires” with a day such as 2027-01-31"));
    return findings;
  }
  const left = flag.expires.getTime() - now.getTime();
  const day = flag.expires.toISOString().slice(0, 10);
  if (left <= 0) findings.push(fail("flag.expired", `expired on ${day}; remove it, or decide on a later day`));
  else if (left <= soon) findings.push(fail("flag.expires_soon", `expires on ${day}; plan its removal`, "warning"));
  return findings;
}

/** A day lasts until its last moment in UTC. */
function readExpiry(value: Json | undefined): Date | null {
  if (typeof value !== "string") return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(value);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/u.test(value))
    return null;
  const date = new Date(isDay ? `${value}T23:59:59.999Z` : value);
  if (Number.isNaN(date.getTime())) return null;
  // 2027-02-30 would silently become a day in March.
  return isDay && date.toISOString().slice(0, 10) !== value ? null : date;
}

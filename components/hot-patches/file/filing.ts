import { findSecrets, secretKindOf } from "#lib/bundles/secrets.ts";
import { INCIDENT_LEVELS, type IncidentLevel, LIMITS } from "#lib/hot-patches/model.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";

/** A parameter that was chosen. Without `value` and not taken away, nothing new was said of it yet. */
export type WantedChange = {
  readonly pointer: string;
  readonly title: string;
  /** What runtimes are served now; absent: it is not set. */
  readonly before?: Json;
  readonly value?: Json;
  readonly isTakenAway: boolean;
};

/** What somebody has typed so far. */
export type Filing = {
  /** Made once for each filing: sent twice, it is taken once. */
  readonly clientKey: string;
  readonly system: string;
  readonly environment: string;
  readonly bundle: string;
  readonly incident: string;
  readonly level: IncidentLevel;
  readonly reason: string;
  readonly changes: readonly WantedChange[];
  /** Null: what policy gives by default. */
  readonly minutes: number | null;
};

/** Why it was not taken, and where. */
export type Refused = {
  readonly message: string;
  /** By the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
  /** By the parameter's pointer. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** What a filing is called where several are kept. */
export function filingName(filing: Filing): string {
  return filing.incident.trim() || filing.reason.trim().slice(0, 40) || "A filing without an incident";
}

export function isEmptyFiling(filing: Filing): boolean {
  return filing.incident.trim() === "" && filing.reason.trim() === "" && filing.changes.length === 0;
}

/** Whether something new was said of a parameter. */
export function isSaid(change: WantedChange): boolean {
  if (change.isTakenAway) return change.before !== undefined;
  return change.value !== undefined && !jsonEqual(change.value, change.before);
}

/** What text of a filing looks like a key: its kind by field or pointer. Such text is never kept, and never sent. */
export function secretsIn(filing: Filing): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const field of ["incident", "reason"] as const) {
    const kind = secretKindOf(filing[field], field);
    const word =
      kind ??
      filing[field]
        .split(/\s+/u)
        .map((one) => secretKindOf(one, field))
        .find((one) => one !== null);
    if (word) found[field] = word;
  }
  for (const { pointer, value } of filing.changes) {
    if (value === undefined) continue;
    const [first] = findSecrets({ [pointer.slice(pointer.lastIndexOf("/") + 1)]: value });
    if (first) found[pointer] = first.kind;
  }
  return found;
}

/** The filing as it may be kept on this device: without what looks like a key. */
export function keepable(filing: Filing): Filing {
  const secrets = secretsIn(filing);
  return {
    ...filing,
    incident: secrets.incident ? "" : filing.incident,
    reason: secrets.reason ? "" : filing.reason,
    changes: filing.changes.map((change) => {
      if (!secrets[change.pointer]) return change;
      const { value: _, ...rest } = change;
      return rest;
    }),
  };
}

const REASON = 10;

/** What has to be mended before it can be sent; null: nothing. The server looks at everything else. */
export function faultsIn(filing: Filing): Refused | null {
  const fields: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  if (filing.system === "") fields.system = "Choose the system";
  else if (filing.environment === "") fields.environment = "Choose the environment";
  if (filing.incident.trim() === "") fields.incident = "Name the incident, for example INC-42";
  if (filing.reason.trim().length < REASON) fields.reason = `Say why, in at least ${REASON} characters`;
  if (filing.changes.length === 0) fields.changes = "Choose at least one parameter";
  if (filing.changes.length > LIMITS.changes) fields.changes = `Choose at most ${LIMITS.changes} parameters`;
  for (const change of filing.changes) {
    if (isSaid(change)) continue;
    parameters[change.pointer] =
      change.isTakenAway && change.before === undefined
        ? "It is not set, so it cannot be taken away"
        : "Give it another value than it has now";
  }
  for (const [place, kind] of Object.entries(secretsIn(filing))) {
    const message = `This looks like a secret (${kind}): name where it is kept instead, for example vault://team/service#field`;
    if (place.startsWith("/")) parameters[place] = message;
    else fields[place] = message;
  }
  const count = Object.keys(fields).length + Object.keys(parameters).length;
  if (count === 0) return null;
  return { message: count === 1 ? "One thing is missing" : `${count} things are missing`, fields, parameters };
}

/** A parameter as it is sent. */
export type SentChange = { readonly pointer: string; readonly value?: Json; readonly remove?: true };

/** What is sent of the parameters; those of which nothing new was said are left out. */
export function changesToSend(filing: Filing): readonly SentChange[] {
  return filing.changes
    .filter(isSaid)
    .map(({ pointer, value, isTakenAway }) =>
      isTakenAway ? { pointer, remove: true } : { pointer, ...(value !== undefined && { value }) },
    );
}

/** The body of the request that files it. */
export function bodyOf(filing: Filing): object {
  return {
    ...(filing.bundle !== "" && { bundle: filing.bundle }),
    incident: filing.incident.trim(),
    level: filing.level,
    reason: filing.reason.trim(),
    changes: changesToSend(filing),
    ...(filing.minutes !== null && { minutes: filing.minutes }),
    clientKey: filing.clientKey,
  };
}

/** A problem over HTTP (RFC 9457) as what the form shows at its fields. `sent`: the pointers in the order in which they were sent. */
export function refusedBy(problem: unknown, sent: readonly string[]): Refused {
  const body = isRecord(problem) ? problem : {};
  const fields: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const { pointer, message } of entriesOf(body.problems)) parameters[pointer] ??= message;
  for (const one of Array.isArray(body.conflicts) ? body.conflicts : []) {
    if (isRecord(one) && typeof one.pointer === "string") {
      parameters[one.pointer] ??= `HP-${one.number} (${one.incident}) sets it already: end that one first`;
    }
  }
  for (const one of Array.isArray(body.errors) ? body.errors : []) {
    if (!isRecord(one) || typeof one.pointer !== "string" || typeof one.detail !== "string") continue;
    const [, field = "", index = ""] = one.pointer.replace(/^#/u, "").split("/");
    const change = field === "changes" && index !== "" ? sent[Number(index)] : undefined;
    if (change !== undefined) parameters[change] ??= one.detail;
    else if (field !== "changes" || Object.keys(parameters).length === 0) fields[field] ??= one.detail;
  }
  const message = typeof body.detail === "string" ? body.detail : "It was not taken; what you typed is kept";
  return { message, fields, parameters };
}

function entriesOf(value: unknown): readonly { readonly pointer: string; readonly message: string }[] {
  return (Array.isArray(value) ? value : []).filter(
    (one): one is { readonly pointer: string; readonly message: string } =>
      isRecord(one) && typeof one.pointer === "string" && typeof one.message === "string",
  );
}

/** A filing that was read from storage, which anything may have written; null: it is none. */
export function filingFrom(value: unknown): Filing | null {
  if (!isRecord(value)) return null;
  const { clientKey, system, environment, bundle, incident, reason, minutes } = value;
  const level = INCIDENT_LEVELS.find((one) => one === value.level);
  const changes = Array.isArray(value.changes) ? value.changes.map(changeFrom) : [null];
  if (
    typeof clientKey !== "string" ||
    typeof system !== "string" ||
    typeof environment !== "string" ||
    typeof bundle !== "string" ||
    typeof incident !== "string" ||
    typeof reason !== "string" ||
    level === undefined ||
    !(minutes === null || typeof minutes === "number") ||
    changes.some((change) => change === null)
  ) {
    return null;
  }
  const whole = changes.filter((change) => change !== null);
  return { clientKey, system, environment, bundle, incident, level, reason, changes: whole, minutes };
}

function changeFrom(value: unknown): WantedChange | null {
  if (!isRecord(value) || typeof value.pointer !== "string" || typeof value.title !== "string") return null;
  return {
    pointer: value.pointer,
    title: value.title,
    ...(value.before !== undefined && { before: value.before as Json }),
    ...(value.value !== undefined && { value: value.value as Json }),
    isTakenAway: value.isTakenAway === true,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

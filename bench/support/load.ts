import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { digestOf } from "#lib/kernel/digest.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { isJsonObject } from "#lib/kernel/json.ts";
import { type LoadHouse, PARAMETERS } from "./load-house.ts";

/** What was answered with a yes, so that it can be looked for afterwards. */
export type Accepted = {
  /** Digests that an instance sent and was told were taken, in order. */
  readonly reports: Map<string, string[]>;
  /** Sent, and no answer came: may be there or not. */
  readonly doubtful: Map<string, Set<string>>;
  /** Client keys of filings, with the numbers that they got. */
  readonly patches: Map<string, number>;
  /** Numbers of patches whose follow-up was decided. */
  readonly decisions: Set<number>;
};

export function nothingYet(): Accepted {
  return { reports: new Map(), doubtful: new Map(), patches: new Map(), decisions: new Set() };
}

type Loading = {
  readonly url: string;
  readonly load: LoadHouse;
  readonly accepted: Accepted;
  readonly signal: AbortSignal;
};

/** JSON over HTTP with an answer within 5 s; null: there was none, or it was an outage's. */
async function ask(
  url: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly body: JsonObject } | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) });
    const body: Json = await response.json();
    return response.status >= 500 ? null : { status: response.status, body: isJsonObject(body) ? body : {} };
  } catch {
    return null;
  }
}

/** One instance that reports another document each time, or the same when `isSteady`, as fast as it is answered. */
export async function reportOn(instance: string, loading: Loading, isSteady = false): Promise<void> {
  const { url, load, accepted, signal } = loading;
  const taken: string[] = [];
  const doubtful = new Set<string>();
  accepted.reports.set(instance, taken);
  accepted.doubtful.set(instance, doubtful);
  for (let turn = 0; !signal.aborted; turn++) {
    const document = { limits: { turn: isSteady ? 0 : turn }, instance };
    const digest = digestOf(document);
    doubtful.add(digest);
    const answer = await ask(`${url}/runtime/v1/reports`, {
      method: "POST",
      headers: { authorization: `Bearer ${load.token}`, "content-type": "application/json" },
      body: JSON.stringify({ instance, bundle: "assistant", digest, document, intervalSeconds: 30 }),
    });
    if (answer?.status === 200) {
      taken.push(digest);
      doubtful.clear();
    }
    await pause(answer ? 20 : 200);
  }
}

/** Somebody who files a hot-patch on a parameter of its own and decides its follow-up, each until it is answered. */
export async function patchOn(who: number, of: number, { url, load, accepted, signal }: Loading): Promise<void> {
  const headers = { cookie: load.responder, origin: url, "content-type": "application/json" };
  for (let at = who; at < PARAMETERS && !signal.aborted; at += of) {
    const clientKey = randomUUID();
    const filing = {
      incident: "INC-1",
      level: "sev2",
      reason: "A filing under load",
      changes: [{ pointer: `/limits/limit_${at}`, value: 10_000 + at }],
      minutes: 60,
      bundle: "assistant",
      clientKey,
    };
    const number = await untilTaken(
      `${url}/api/v1/systems/${load.house.system}/environments/production/hot-patches`,
      { method: "POST", headers, body: JSON.stringify(filing) },
      signal,
    );
    if (number === null) return;
    accepted.patches.set(clientKey, number);
    await pause(100);
    const decided = await untilTaken(
      `${url}/api/v1/hot-patches/${number}/follow-up/reversion`,
      { method: "POST", headers, body: JSON.stringify({ reason: "It has served its purpose" }) },
      signal,
    );
    if (decided === null) return;
    accepted.decisions.add(number);
    await pause(100);
  }
}

/** Asks again after every outage. A refusal of a repeated decision says that the first one was taken. */
async function untilTaken(url: string, init: RequestInit, signal: AbortSignal): Promise<number | null> {
  while (!signal.aborted) {
    const answer = await ask(url, init);
    if (answer && answer.status < 300) return Number(answer.body.number ?? 0);
    if (answer?.status === 409) return 0;
    if (answer) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await pause(200);
  }
  return null;
}

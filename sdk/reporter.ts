import { digestOf } from "./canonical.ts";
import { isDigest } from "./configuration.ts";
import { type FarEnd, refusalOf } from "./far-end.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { type Loop, loopOf } from "./loop.ts";
import type { Current, Report, Restore } from "./model.ts";
import { backoff } from "./pacing.ts";
import type { Settings } from "./settings.ts";

export type Reporter = {
  /** What is reported from now on; sent at once. */
  readonly tell: (report: Report) => Promise<void>;
  /** A report without waiting for the interval. */
  readonly soon: () => Promise<void>;
  /** Digest of what runs here; null: it cannot be read, or there is nothing. */
  readonly observedDigest: () => string | null;
  /** This restore was carried out. */
  readonly restored: (id: string) => Promise<void>;
  /** Says goodbye, and nothing after it. */
  readonly stop: () => Promise<void>;
};

/** How the rest of the client hears what Plumbline answers to a report. */
export type Heard = {
  /** Digest of what is served; null: nothing is deployed. */
  readonly served: (digest: string | null) => void;
  readonly restore: (restore: Restore) => void;
};

/** How long a goodbye may take; whoever stops a program does not wait for its configuration client. */
const GOODBYE_MS = 3_000;

const LONGEST_TEXT = 500;

export function reporterOf(farEnd: FarEnd, settings: Settings, current: () => Current, heard: Heard): Reporter {
  let report: Report | null = settings.waitsForReport ? null : {};
  let observed: { readonly of: JsonObject; readonly digest: string } | null = null;
  let restoredId: string | undefined;
  let failures = 0;
  let isStopping = false;

  function observation(): Pick<Observation, "digest" | "document" | "unreadable"> {
    if (report?.unreadable !== undefined) return { digest: null, unreadable: sentence(report.unreadable) };
    const document = report?.observed ?? current().document;
    if (document === null) return { digest: null, unreadable: "It has no configuration yet" };
    if (observed?.of !== document) {
      try {
        observed = { of: document, digest: report?.observed ? digestOf(document) : (current().digest ?? "") };
      } catch (error) {
        return { digest: null, unreadable: `What runs is not JSON: ${error instanceof Error ? error.message : error}` };
      }
    }
    return { digest: observed.digest, document };
  }

  function body(): Observation {
    const { health, healthNote, models, origins } = report ?? {};
    const { instance, fleet, build, client } = settings;
    const bundle = settings.bundle ?? current().bundle ?? undefined;
    return {
      ...{ instance, fleet, bundle, build, client, health, models, origins },
      healthNote: healthNote && sentence(healthNote),
      ...observation(),
      // Whoever reports more often than this is not held to it.
      intervalSeconds: Math.max(5, Math.round(settings.intervalMs / 1000)),
      restored: restoredId,
      ...(isStopping && { stopping: true }),
    };
  }

  async function send(message: Observation): Promise<JsonObject | null> {
    const answer = await farEnd.ask("/runtime/v1/reports", { body: JSON.stringify(message) });
    const said = answer.kind === "answer" && answer.status === 200 ? objectIn(answer.text) : null;
    if (said !== null && said.accepted === true) {
      failures = 0;
      settings.tell.end("report");
      return said;
    }
    failures += 1;
    if (!isStopping) settings.tell.begin({ place: "report", message: whyNot(answer) });
    return null;
  }

  async function work(): Promise<number | null> {
    const held = farEnd.heldMs();
    if (held > 0) return held;
    if (report === null || isStopping) return null;
    // The digest first: the document follows if this digest is new to Plumbline.
    const { document, ...short } = body();
    let said = await send(short);
    if (said?.wantsDocument === true && document !== undefined && !isStopping)
      said = await send({ ...short, document });
    if (said === null) {
      const pause = Math.min(backoff(settings.pace, failures), settings.intervalMs);
      return Math.max(farEnd.heldMs(), pause);
    }
    if (isDigest(said.digest) || said.digest === null) heard.served(said.digest);
    const restore = restoreIn(said.restore);
    if (restore !== null) heard.restore(restore);
    return settings.intervalMs;
  }

  const loop: Loop = loopOf(work, settings.isUnref);
  return {
    tell: (next) => {
      report = next;
      return loop.soon();
    },
    soon: loop.soon,
    observedDigest: () => observation().digest,
    restored: (id) => {
      restoredId = id;
      return loop.soon();
    },
    stop: async () => {
      isStopping = true;
      loop.stop();
      farEnd.abandon();
      if (report === null || farEnd.heldMs() > 0) return;
      const { document: _, ...goodbye } = body();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(GOODBYE_MS, settings.timeoutMs));
      });
      await Promise.race([send(goodbye), limit]);
      clearTimeout(timer);
      farEnd.abandon();
    },
  };
}

/** As much of a text as Plumbline takes. */
function sentence(text: string): string {
  return text.trim().slice(0, LONGEST_TEXT).toWellFormed() || "It does not say why";
}

/** The body of a report as it goes over the wire; what is undefined is left out. */
type Observation = {
  readonly instance: string;
  readonly digest: string | null;
  readonly unreadable?: string;
  readonly document?: JsonObject;
  readonly [rest: string]: unknown;
};

function whyNot(answer: Awaited<ReturnType<FarEnd["ask"]>>): string {
  if (answer.kind === "failed") return answer.message;
  return answer.status === 200
    ? "It answered with something that is no receipt"
    : refusalOf(answer.status, answer.text);
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A restore as the stream and the answers to reports carry it; null: it is none, or it makes no sense. */
export function restoreIn(value: Json | undefined): Restore | null {
  if (!isJsonObject(value)) return null;
  const { id, expected, target } = value;
  if (typeof id !== "string" || !Array.isArray(expected) || !isDigest(target)) return null;
  return { id, target, expected: expected.filter(isDigest) };
}

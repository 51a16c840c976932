import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { database } from "#lib/platform/db.ts";
import type { RuntimeCaller } from "../model.ts";
import { receiveReport } from "../reports.ts";

/** What an instance says that runs this document. */
export function aReport(document: JsonObject, more: Readonly<Record<string, unknown>> = {}) {
  return { instance: "pod-1", digest: digestOf(document), ...more };
}

/** Reports a document as a runtime does: the digest first, then the document if it is asked for. */
export async function observe(
  caller: RuntimeCaller,
  document: JsonObject,
  { now, ...more }: Readonly<Record<string, unknown>> & { readonly now: Date },
): Promise<void> {
  const { wantsDocument } = await receiveReport(caller, aReport(document, more), now);
  if (wantsDocument) await receiveReport(caller, aReport(document, { ...more, document }), now);
}

/** How often the caller's environment was marked for comparison. */
export async function marksOf(caller: RuntimeCaller): Promise<number> {
  const verdicts = await database().syncVerdict.findMany({ where: { environmentId: caller.environmentId } });
  return verdicts.reduce((sum, verdict) => sum + verdict.revision, 0);
}

export function runtimesOf(caller: RuntimeCaller) {
  return database().runtime.findMany({
    where: { environmentId: caller.environmentId },
    orderBy: { instance: "asc" },
  });
}

export function observationsOf(caller: RuntimeCaller) {
  return database().observation.findMany({
    where: { environmentId: caller.environmentId },
    orderBy: { firstSeenAt: "asc" },
  });
}

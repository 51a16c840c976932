import { problemsOfValue } from "#lib/bundles/limits.ts";
import { readInput } from "#lib/input.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database, isDataFault } from "#lib/platform/db.ts";
import { groupCommit } from "#lib/platform/group-commit.ts";
import { RuntimeReport } from "./input.ts";
import type { ReportAnswer, RuntimeCaller, ServedModel } from "./model.ts";
import { noteWithoutSecrets } from "./redaction.ts";
import { instanceOf, type Report } from "./report.ts";
import { bundleOfCaller } from "./reported-bundle.ts";
import { writeReports } from "./write-reports.ts";

/** Bytes of documents that one group writes at most, a report without a document counting as 1 KB. */
const HEAVIEST = 512 * 1_024;
const HEARTBEAT = 1_024;

const write = groupCommit<Report, ReportAnswer>({
  write: writeReports,
  isOfAnItem: isDataFault,
  weightOf: ({ weight }) => weight,
  heaviest: HEAVIEST,
  mostWaiting: 20_000,
  heaviestWaiting: 64 * 1_024 * 1_024,
});

/**
 * Takes what a runtime says of itself. It is kept when this answers: the answer comes after the commit.
 * @throws Refusal `forbidden`, `not_found` (no such bundle), `invalid` (saying which field), `too_many`
 */
export async function receiveReport(caller: RuntimeCaller, raw: unknown, now: Date): Promise<ReportAnswer> {
  if (!caller.mayReport) throw new Refusal("forbidden", "This token may not report; use one with the role runtime");
  const input = readInput(RuntimeReport, raw);
  const { document, digest } = input;
  if (document !== undefined) assertDocument(document, digest);
  const { id: bundleId } = await bundleOfCaller(database(), caller, { slug: input.bundle, now });
  const models = modelsOf(input);
  return write({
    key: instanceOf({ environmentId: caller.environmentId, bundleId, instance: input.instance }),
    at: now,
    systemId: caller.systemId,
    environmentId: caller.environmentId,
    bundleId,
    instance: input.instance,
    fleet: input.fleet,
    digest,
    unreadable: input.unreadable === undefined ? null : noteWithoutSecrets(input.unreadable),
    document: document ?? null,
    origins: input.origins ?? {},
    models,
    modelsDigest: models.length === 0 ? NO_MODELS : digestOf(models),
    build: input.build ?? null,
    health: input.health,
    healthNote: input.healthNote === undefined ? null : noteWithoutSecrets(input.healthNote),
    client: input.client ?? null,
    intervalSeconds: input.intervalSeconds,
    restored: input.restored ?? null,
    isStopping: input.stopping,
    weight: HEARTBEAT + (document === undefined ? 0 : JSON.stringify(document).length),
  });
}

const NO_MODELS = digestOf([]);

/** In one order, so that the same models are the same whatever order they came in. */
function modelsOf({ models }: RuntimeReport): readonly (ServedModel & JsonObject)[] {
  return models
    .map(({ pointer, requested, served, fingerprint }) => ({
      pointer,
      requested,
      ...(served !== undefined && { served }),
      ...(fingerprint !== undefined && { fingerprint }),
    }))
    .sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

function assertDocument(document: JsonObject, digest: string | null): void {
  const [problem] = problemsOfValue(document, "base");
  if (problem) {
    const where = problem.pointer === "" ? "document" : `document${problem.pointer}`;
    throw new Refusal("invalid", `${where}: ${problem.message}`, { fields: { document: [problem.message] } });
  }
  const actual = digestOf(document);
  if (actual === digest) return;
  const message = `This document has the digest ${actual}: SHA-256 over its canonical JSON (RFC 8785)`;
  throw new Refusal("invalid", `digest: ${message}`, { fields: { digest: [message] } });
}

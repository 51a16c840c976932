import { database, isWriteConflict, type Tx } from "#lib/platform/db.ts";
import { markForComparison } from "#lib/releases/mark.ts";
import { declaredState } from "./declared.ts";
import type { Origins, Place, ReportAnswer } from "./model.ts";
import { factsFrom, type PlaceFacts } from "./place-facts.ts";
import { withoutSecrets } from "./redaction.ts";
import { observationOf, placeOf, type Report } from "./report.ts";
import { latestOf, noveltyOf } from "./report-rules.ts";
import {
  insertObservations,
  leaveDigests,
  lockInstances,
  type NewObservation,
  removeInstances,
  renewOrigins,
  touchInstances,
  upsertInstances,
} from "./reports-store.ts";

const ATTEMPTS = 4;

/** Writes these reports together and answers each; whatever is answered is committed. */
export async function writeReports(reports: readonly Report[]): Promise<readonly ReportAnswer[]> {
  for (let left = ATTEMPTS - 1; left > 0; left--) {
    try {
      return await attempt(reports);
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
    }
  }
  return attempt(reports);
}

async function attempt(arrived: readonly Report[]): Promise<readonly ReportAnswer[]> {
  const latest = latestOf(arrived);
  const [first] = arrived;
  if (!first) return [];
  // Rows are locked in one order, so that two writers never wait for each other.
  const reports = arrived.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const { touched, facts } = await touchInstances(
    database(),
    reports.map((report) => ({ report, isLatest: latest.has(report) })),
  );
  const places = await factsFrom(database(), facts, first.at);
  const known = new Set(reports.filter((_, index) => touched[index]?.isKnown).map(observationOf));
  const news: News = {
    reports: reports.filter((report, index) => latest.has(report) && !touched[index]?.isTouched),
    documents: reports.filter((report) => report.document !== null && !known.has(observationOf(report))),
    origins: reports.filter(
      (report) => report.document !== null && known.has(observationOf(report)) && hasOrigins(report),
    ),
    served: reports.filter((report) => isServed(report, places) && !known.has(observationOf(report))),
  };
  if (Object.values(news).some((some) => some.length > 0)) {
    const stored = await database().$transaction((tx) => keepNews(tx, news), { maxWait: 10_000, timeout: 30_000 });
    for (const one of stored) known.add(one);
  }
  return arrived.map((report) => answerTo(report, places.get(placeOf(report)), known));
}

/** What is more than a heartbeat. */
type News = {
  /** From instances that are new, changed, stopping, or back after a silence. */
  readonly reports: readonly Report[];
  readonly documents: readonly Report[];
  /** Reports that say anew where the values of a known document come from. */
  readonly origins: readonly Report[];
  /** Reports of exactly what is served, so that the document is at hand. */
  readonly served: readonly Report[];
};

/** @returns which digests became known, as `observationOf` names them */
async function keepNews(tx: Tx, { reports, documents, origins, served }: News): Promise<readonly string[]> {
  const found = [...oneOfEach(documents).map(fromReport), ...(await fromServed(tx, served))];
  const inserted = await insertObservations(tx, found);
  const renewed = await renewOrigins(
    tx,
    oneOfEach(origins).map((report) => ({ ...report, origins: withoutSecretTexts(report.origins) })),
  );
  const changed = await keepInstances(tx, reports);
  const places = new Map<string, Report>();
  const byPlace = new Map([...reports, ...documents, ...origins, ...served].map((one) => [placeOf(one), one]));
  for (const place of [...inserted, ...renewed, ...changed]) {
    const report = byPlace.get(placeOf(place));
    if (report) places.set(placeOf(report), report);
  }
  // In one order, so that two writers never wait for each other.
  for (const [, place] of [...places].sort(([a], [b]) => (a < b ? -1 : 1)))
    await markForComparison(tx, place, place.at);
  return found.map(observationOf);
}

/** @returns the places where an instance says something else than before */
async function keepInstances(tx: Tx, reports: readonly Report[]): Promise<readonly Place[]> {
  const known = await lockInstances(tx, reports);
  const decided = reports.map((report) => {
    const before = known.get(report.key) ?? null;
    return { report, before, novelty: noveltyOf(before, report) };
  });
  const current = decided.filter(({ novelty }) => novelty !== "older");
  const isChange = ({ report, before, novelty }: (typeof decided)[number]) =>
    report.isStopping ? before !== null : novelty !== "same";
  await upsertInstances(
    tx,
    current
      .filter(({ report }) => !report.isStopping)
      .map(({ report, before, novelty }) => ({
        ...report,
        changedAt: before && (novelty === "same" || novelty === "returned") ? before.changedAt : report.at,
      })),
  );
  await removeInstances(
    tx,
    current.filter(({ report }) => report.isStopping).map(({ report }) => report),
  );
  const left = current.flatMap(({ report, before }) =>
    before?.digest && (report.isStopping || before.digest !== report.digest)
      ? [{ ...placeIds(report), digest: before.digest, lastSeenAt: before.lastSeenAt }]
      : [],
  );
  await leaveDigests(tx, left);
  return current.filter(isChange).map(({ report }) => report);
}

function fromReport(report: Report): NewObservation {
  const { instance, at, digest, document, origins } = report;
  return {
    ...placeIds(report),
    digest: digest ?? "",
    document: withoutSecrets(document ?? {}),
    origins: withoutSecretTexts(origins),
    reportedBy: instance,
    at,
  };
}

function withoutSecretTexts(origins: Origins): Origins {
  return withoutSecrets(origins) === origins
    ? origins
    : Object.fromEntries(
        Object.keys(origins).map((pointer) => [pointer, "(withheld, because it holds what looks like a secret)"]),
      );
}

/** Whoever runs what is served need not send it. */
async function fromServed(tx: Tx, reports: readonly Report[]): Promise<readonly NewObservation[]> {
  const found: NewObservation[] = [];
  for (const report of oneOfEach(reports)) {
    const state = await declaredState(tx, placeIds(report), report.at);
    // Something else may be served by now: then the runtime is asked for its document.
    if (state && state.servedDigest === report.digest) found.push(fromReport({ ...report, document: state.served }));
  }
  return found;
}

/** The last report of each digest. */
function oneOfEach(reports: readonly Report[]): readonly Report[] {
  return [...new Map(reports.map((report) => [observationOf(report), report])).values()];
}

function answerTo(report: Report, facts: PlaceFacts | undefined, known: ReadonlySet<string>): ReportAnswer {
  const restore = facts?.restore ?? null;
  const isDone = restore !== null && (restore.target === report.digest || restore.id === report.restored);
  return {
    accepted: true,
    wantsDocument: report.digest !== null && !report.isStopping && !known.has(observationOf(report)),
    digest: facts?.servedDigest ?? null,
    restore: isDone || report.isStopping ? null : restore,
  };
}

function isServed(report: Report, facts: ReadonlyMap<string, PlaceFacts>): boolean {
  return (
    report.document === null && report.digest !== null && facts.get(placeOf(report))?.servedDigest === report.digest
  );
}

function hasOrigins({ origins }: Report): boolean {
  return Object.keys(origins).length > 0;
}

function placeIds({ bundleId, environmentId }: Place): Place {
  return { bundleId, environmentId };
}

/**
 * A place whose runtime follows restores, and keeps or undoes them, on a clock of its own.
 *
 *     const place = await aRestorable({ undoesAfter: 3 });
 *     await place.until(60);
 *     expect(place.restored).toEqual([12]);
 */
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { database } from "#lib/platform/db.ts";
import { receiveReport } from "#lib/runtimes/reports.ts";
import { aCaller } from "#lib/runtimes/testing/callers.ts";
import type { Operation } from "#lib/systems/model.ts";
import { DEFAULT_OPERATION } from "#lib/systems/operations.ts";
import { aFleet, type Fleet } from "../../testing/fleet.ts";
import { advanceRemediations, remedyConfirmedDrift } from "../jobs.ts";

export const declared: JsonObject = { temperature: 0.4, a: 1, b: 1, c: 1, d: 1, e: 1 };
export const changed: JsonObject = { ...declared, temperature: 0.9 };
const base = "temperature: 0.4\na: 1\nb: 1\nc: 1\nd: 1\ne: 1\n";
const intervalSeconds = 5;

export type Restorable = {
  readonly fleet: Fleet;
  /** Seconds at which the runtime followed a restore. */
  readonly restored: readonly number[];
  /** Lets the clock run to this second: the runtime reports, the place is compared, the job runs. */
  readonly until: (second: number) => Promise<void>;
  readonly at: (second: number) => Date;
  /** What runs from now on. */
  readonly run: (document: JsonObject) => void;
  readonly remediations: () => Promise<readonly Row[]>;
};
type Row = Awaited<ReturnType<ReturnType<typeof database>["remediation"]["findUniqueOrThrow"]>>;

export type Wish = {
  readonly remediation?: Partial<Operation["remediation"]>;
  /** Seconds after which the runtime undoes what it restored; absent: it keeps it. */
  readonly undoesAfter?: number;
  /** False: the runtime takes no notice of restores. */
  readonly follows?: boolean;
  /** Workers that run the job at the same time. */
  readonly workers?: number;
};

export async function aRestorable(wish: Wish = {}): Promise<Restorable> {
  const remediation = { ...DEFAULT_OPERATION.remediation, ...wish.remediation };
  const operation = { ...DEFAULT_OPERATION, reportIntervalSeconds: intervalSeconds, remediation };
  const fleet = await aFleet({ base, rules: { operations: [operation] } });
  const caller = await aCaller(fleet.house.systemId, fleet.environment);
  const start = Date.now();
  const at = (second: number) => new Date(start + second * 1_000);
  const restored: number[] = [];
  let [document, undoAt, reportAt, clock] = [changed, Number.POSITIVE_INFINITY, 0, 0];
  let done: string | undefined;

  const report = async () => {
    reportAt = clock + intervalSeconds;
    const said = { instance: "pod-1", digest: digestOf(document), document, intervalSeconds };
    const answer = await receiveReport(caller, { ...said, ...(done !== undefined && { restored: done }) }, at(clock));
    await fleet.compare(at(clock));
    return answer;
  };
  const follow = async () => {
    if (clock >= undoAt) [document, undoAt, reportAt] = [changed, Number.POSITIVE_INFINITY, clock];
    if (clock < reportAt) return;
    const { restore } = await report();
    if (wish.follows === false || !restore?.expected.includes(digestOf(document))) return;
    document = declared;
    done = restore.id;
    undoAt = clock + (wish.undoesAfter ?? Number.POSITIVE_INFINITY);
    restored.push(clock);
    await report();
  };
  const work = async () => {
    await advanceRemediations(at(clock));
    await remedyConfirmedDrift(at(clock));
  };
  return {
    fleet,
    restored,
    at,
    run: (next) => {
      [document, reportAt] = [next, clock];
    },
    until: async (second) => {
      for (; clock <= second; clock++) {
        await follow();
        if (clock % 2 === 0) await Promise.all(Array.from({ length: wish.workers ?? 1 }, work));
      }
    },
    remediations: () => database().remediation.findMany({ where: { ...fleet.place }, orderBy: { number: "asc" } }),
  };
}

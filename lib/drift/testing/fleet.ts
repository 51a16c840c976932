/**
 * Runtimes for tests of drift: they report as real ones do, and what follows is compared at once.
 *
 *     const fleet = await aFleet({ base: "temperature: 0.4\n" });
 *     await fleet.report({ instance: "pod-1", document: { temperature: 0.9 } });
 *     await fleet.compare();
 *     expect(await fleet.verdict()).toMatchObject({ sync: "drifted" });
 */
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { database } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { receiveReport } from "#lib/runtimes/reports.ts";
import { aCaller } from "#lib/runtimes/testing/callers.ts";
import type { Rules } from "#lib/systems/model.ts";
import { comparePlace } from "../compare-place.ts";

export type Said = {
  readonly instance?: string;
  /** Absent: the digest alone, as a runtime does that has sent its document before. */
  readonly document?: JsonObject;
  readonly digest?: string | null;
  readonly now?: Date;
} & Readonly<Record<string, unknown>>;

export type Fleet = {
  readonly house: House;
  readonly place: Place;
  /** Of the environment in which it runs. */
  readonly environment: string;
  readonly version: string;
  readonly report: (said: Said) => Promise<void>;
  /** As the comparing loop does, as often as something is marked. */
  readonly compare: (now?: Date) => Promise<void>;
  readonly verdict: () => Promise<Awaited<ReturnType<typeof storedRow>>>;
  /** What is known to differ, in the order in which it was found: kind, pointer and state. */
  readonly findings: () => Promise<readonly FindingInShort[]>;
};

type FindingInShort = {
  readonly number: number;
  readonly kind: string;
  readonly pointer: string;
  readonly state: string;
};

export type FleetWish = {
  readonly base: string;
  readonly overlays?: Readonly<Record<string, string>>;
  readonly rules?: Partial<Rules>;
  readonly environment?: string;
  readonly house?: House;
  /** A version that is deployed already elsewhere, to deploy here. */
  readonly version?: string;
  /** When it is deployed. */
  readonly now?: Date;
};

/** A place with a deployment, to which nobody reports yet. */
export async function aFleet(wish: FleetWish): Promise<Fleet> {
  const house = wish.house ?? (await aHouse(wish.rules ?? {}));
  const environment = wish.environment ?? "development";
  const { base, overlays, now } = wish;
  const version = wish.version ?? (await aVersion(house, { base, ...(overlays && { overlays }), now }));
  await promoted(house, { versions: [version], environment, now });
  return { ...(await fleetOf(house, environment)), version };
}

/** The runtimes of an environment in which something is deployed already. */
export async function fleetOf(house: House, environment: string): Promise<Omit<Fleet, "version">> {
  const place = await placeIn(house, environment);
  const caller = await aCaller(house.systemId, environment);
  return {
    house,
    place,
    environment,
    report: async ({ now: at = new Date(), document, ...said }) => {
      const digest = said.digest === undefined && document ? digestOf(document) : said.digest;
      const whole = {
        instance: "pod-1",
        ...said,
        ...(digest !== undefined && { digest }),
        ...(document && { document }),
      };
      await receiveReport(caller, whole, at);
    },
    compare: async (at = new Date()) => {
      for (let turn = 0; turn < 5; turn++) {
        await comparePlace(place, at);
        if (!(await storedRow(place)).isDirty) return;
      }
      throw new Error("The place stays marked, however often it is compared");
    },
    verdict: () => storedRow(place),
    findings: () =>
      database().driftFinding.findMany({
        where: { ...place },
        orderBy: { number: "asc" },
        select: { number: true, kind: true, pointer: true, state: true },
      }),
  };
}

function storedRow({ environmentId, bundleId }: Place) {
  return database().syncVerdict.findUniqueOrThrow({ where: { environmentId_bundleId: { environmentId, bundleId } } });
}

async function placeIn(house: House, environment: string, bundle = "assistant"): Promise<Place> {
  const where = { systemId: house.systemId };
  const [{ id: environmentId }, { id: bundleId }] = await Promise.all([
    database().environment.findFirstOrThrow({ where: { ...where, slug: environment } }),
    database().bundle.findFirstOrThrow({ where: { ...where, slug: bundle } }),
  ]);
  return { environmentId, bundleId };
}

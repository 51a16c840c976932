/** What tests see of hot-patches, and runtimes that report. */

import { carryOut } from "#lib/hot-patches/jobs.ts";
import type { PatchHouse } from "#lib/hot-patches/testing/patches.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { newId } from "#lib/kernel/id.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { declaredState } from "#lib/runtimes/declared.ts";
import { DEFAULT_OPERATION } from "#lib/systems/operations.ts";

export async function refusalOf(act: Promise<unknown>): Promise<Refusal> {
  const error = await act.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw error;
}

export const stored = (number: number) =>
  database().hotPatch.findUniqueOrThrow({ where: { number }, include: { followUp: true } });

export async function placeOf(house: PatchHouse) {
  const bundle = await database().bundle.findFirstOrThrow({ where: { systemId: house.systemId } });
  const environment = await database().environment.findFirstOrThrow({
    where: { systemId: house.systemId, slug: "development" },
  });
  return { bundleId: bundle.id, environmentId: environment.id };
}

export async function eventsOf(number: number): Promise<readonly string[]> {
  const { id } = await stored(number);
  const rows = await database().hotPatchEvent.findMany({ where: { hotPatchId: id }, orderBy: { id: "asc" } });
  return rows.map((row) => row.kind);
}

/** A runtime that reported this document a moment ago. */
export async function running(
  house: PatchHouse,
  instance: string,
  { document, now }: { document: JsonObject; now: Date },
) {
  const place = await placeOf(house);
  const digest = digestOf(document);
  await database().runtime.upsert({
    where: { environmentId_bundleId_instance: { ...place, instance } },
    create: {
      ...place,
      id: newId(now),
      systemId: house.systemId,
      fleet: "test",
      instance,
      digest,
      modelsDigest: "",
      health: "ok",
      intervalSeconds: 30,
      firstSeenAt: now,
      lastSeenAt: now,
      changedAt: now,
    },
    update: { digest, lastSeenAt: now },
  });
  await database().observation.upsert({
    where: { environmentId_bundleId_digest: { ...place, digest } },
    create: { ...place, digest, document, reportedBy: instance, firstSeenAt: now, lastSeenAt: now },
    update: { lastSeenAt: now },
  });
}

export async function served(house: PatchHouse, now: Date): Promise<JsonObject> {
  const state = await declaredState(database(), await placeOf(house), now);
  if (!state) throw new Error("Nothing is declared");
  return state.served;
}

/** What the clock does with one patch; others of this file have their own. */
export async function clockOf(number: number, now: Date): Promise<readonly string[]> {
  const done = await carryOut(now);
  return done.filter((one) => one.endsWith(` ${number}`)).map((one) => one.split(" ")[0] ?? "");
}

export const keeping = {
  operations: [{ ...DEFAULT_OPERATION, hotPatch: { ...DEFAULT_OPERATION.hotPatch, revertsAtExpiry: false } }],
};

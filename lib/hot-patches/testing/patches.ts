/**
 * Hot-patches for tests.
 *
 *     const house = await aPatchable();
 *     const { number } = await aPatch(house, { changes: [{ pointer: "/temperature", value: 0.9 }] });
 *     await carryOut(after(number, hours(5)));
 */
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aChange, aHouse, aPromotion, approve, type House, setRules } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import type { Wanted } from "#lib/hot-patches/examine.ts";
import type { Rules } from "#lib/systems/model.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";

/** A house whose bundle runs in development, with people for incidents. */
export type PatchHouse = House & {
  /** A responder, who may break glass. */
  readonly rita: Actor;
  /** Another one. */
  readonly omar: Actor;
};

/** The moment at which tests of hot-patches begin. */
export const START = new Date("2026-03-02T08:00:00.000Z");
export const at = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
export const hours = (count: number): number => count * 60;

export const BASE =
  "temperature: 0.2\nseed: 7\nthreshold: 0.8\nmodel:\n  name: gpt-4.1-2025-04-14\n  region: eu\nstop:\n  - END\n";

/** The rules of a patchable house; `of` adds to them. */
export function patchRules(of: Partial<Rules> = {}): Partial<Rules> {
  return {
    ...of,
    parameters: [
      aRule({
        pattern: "/temperature",
        title: "Temperature",
        owner: "safety",
        schema: { type: "number", minimum: 0, maximum: 2 },
      }),
      aRule({ pattern: "/seed", title: "Seed", environmentPolicy: "same", schema: { type: "integer" } }),
      aRule({ pattern: "/model/name", title: "Model", locked: true }),
      aRule({ pattern: "/model/region", title: "Region", tier: "build" }),
      aRule({
        pattern: "/threshold",
        title: "Threshold",
        kind: "guardrail",
        strictness: "higher_is_stricter",
        maxRelaxation: 0.1,
        schema: { type: "number" },
      }),
      aRule({ pattern: "/stop", title: "Stop sequences" }),
      aRule({ pattern: "/notes", title: "Notes" }),
      ...(of.parameters ?? []),
    ],
  };
}

/** A bundle with a handful of parameters, deployed to development at the start. */
export async function aPatchable(rules: Partial<Rules> = {}): Promise<PatchHouse> {
  const house = await aHouse();
  await setRules(house, patchRules(rules));
  const rita = await aPerson({ name: "Rita", roles: [{ role: "responder", system: house.systemId }], now: START });
  const omar = await aPerson({ name: "Omar", roles: [{ role: "responder", system: house.systemId }], now: START });
  await released({ ...house, rita, omar }, { base: BASE, now: START });
  return { ...house, rita, omar };
}

/** A version that took effect and then went to development. A locked parameter wants both reviewers. */
export async function released(
  house: PatchHouse,
  { base, now }: { readonly base: string; readonly now: Date },
): Promise<number> {
  const { number } = await aChange(house, { base, now });
  for (const reviewer of [house.grace, house.sam]) await approve(reviewer, number, now);
  const { produced } = await applyChange(house.boss, { number }, { now });
  const promotion = await aPromotion(house, { versions: [produced[0]?.id ?? ""], environment: "development", now });
  for (const reviewer of [house.grace, house.sam]) await approve(reviewer, promotion.number, now);
  await applyChange(house.boss, { number: promotion.number }, { now });
  return promotion.number;
}

export type PatchWish = {
  readonly by?: Actor;
  readonly changes?: readonly Wanted[];
  readonly minutes?: number;
  readonly level?: string;
  readonly clientKey?: string;
  readonly now?: Date;
};

/** What `fileHotPatch` takes. */
export function aFiling(house: House, wish: PatchWish = {}) {
  return {
    system: house.system,
    environment: "development",
    incident: "INC-42",
    level: wish.level ?? "sev2",
    reason: "Answers are cut off in production",
    changes: wish.changes ?? [{ pointer: "/temperature", value: 0.9 }],
    ...(wish.minutes !== undefined && { minutes: wish.minutes }),
    ...(wish.clientKey !== undefined && { clientKey: wish.clientKey }),
  };
}

/** A patch in force, filed by somebody who may break glass; with another `by`, a request. */
export async function aPatch(house: PatchHouse, wish: PatchWish = {}) {
  return fileHotPatch(wish.by ?? house.rita, aFiling(house, wish), { now: wish.now ?? START });
}

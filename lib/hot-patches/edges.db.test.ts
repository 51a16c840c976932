import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import { approveHotPatch, denyHotPatch, withdrawHotPatch } from "./commands/answer-request.ts";
import { escalateReview, lapseHotPatch, pageFollowUp, settleHotPatch, warnOfEnd } from "./commands/carry-out.ts";
import { makePermanent, revertHotPatch } from "./commands/decide-follow-up.ts";
import { extendHotPatch } from "./commands/extend-hot-patch.ts";
import { reviewHotPatch } from "./commands/review-hot-patch.ts";
import { carryOut } from "./jobs.ts";
import { running, served, stored } from "./testing/observing.ts";
import { aPatch, aPatchable, at, BASE, hours, type PatchHouse, released } from "./testing/patches.ts";

/** Everything that can be done with a patch, each by somebody who could do it. */
const DEEDS = {
  approve: (house: PatchHouse, number: number, now: Date) => approveHotPatch(house.grace, { number }, { now }),
  deny: (house: PatchHouse, number: number, now: Date) => denyHotPatch(house.grace, { number, reason }, { now }),
  withdraw: (house: PatchHouse, number: number, now: Date) => withdrawHotPatch(house.ada, { number, reason }, { now }),
  lapse: (house: PatchHouse, number: number, now: Date) => lapseHotPatch(house.boss, { number }, { now }),
  warn: (house: PatchHouse, number: number, now: Date) => warnOfEnd(house.boss, { number }, { now }),
  extend: (house: PatchHouse, number: number, now: Date) =>
    extendHotPatch(house.grace, { number, minutes: 1_440, reason }, { now }),
  settle: (house: PatchHouse, number: number, now: Date) => settleHotPatch(house.boss, { number }, { now }),
  review: (house: PatchHouse, number: number, now: Date) =>
    reviewHotPatch(house.sam, { number, verdict: "sound", note: reason }, { now }),
  page: (house: PatchHouse, number: number, now: Date) => pageFollowUp(house.boss, { number }, { now }),
  escalateReview: (house: PatchHouse, number: number, now: Date) => escalateReview(house.boss, { number }, { now }),
  permanent: (house: PatchHouse, number: number, now: Date) => makePermanent(house.omar, { number, reason }, { now }),
  revert: (house: PatchHouse, number: number, now: Date) => revertHotPatch(house.omar, { number, reason }, { now }),
} as const;
type Deed = keyof typeof DEEDS;
const reason = "Because of this test";

/** A patch in each state, and the minute at which it is looked at. */
const STATES: Readonly<
  Record<
    string,
    { readonly at: number; readonly make: (house: PatchHouse) => Promise<number>; readonly allowed: readonly Deed[] }
  >
> = {
  requested: {
    at: 10,
    make: async (house) => (await aPatch(house, { by: house.ada })).number,
    allowed: ["approve", "deny", "withdraw"],
  },
  "requested, unanswered": {
    at: 60,
    make: async (house) => (await aPatch(house, { by: house.ada })).number,
    allowed: ["withdraw", "lapse"],
  },
  "in force": {
    at: 10,
    make: async (house) => (await aPatch(house)).number,
    allowed: ["extend", "review", "permanent", "revert"],
  },
  "in force, near its end": {
    at: 230,
    make: async (house) => (await aPatch(house)).number,
    allowed: ["warn", "extend", "review", "permanent", "revert"],
  },
  "over, unrecorded": {
    at: 240,
    make: async (house) => (await aPatch(house)).number,
    allowed: ["settle", "review", "page", "permanent", "revert"],
  },
  reverted: {
    at: 250,
    make: async (house) => {
      const { number } = await aPatch(house);
      await carryOut(at(240));
      return number;
    },
    allowed: ["review", "page", "permanent", "revert"],
  },
  "reverted, unreviewed": {
    at: hours(25),
    make: async (house) => {
      const { number } = await aPatch(house);
      await carryOut(at(240));
      await revertHotPatch(house.rita, { number, reason }, { now: at(241) });
      return number;
    },
    allowed: ["review", "escalateReview"],
  },
  escalated: {
    at: 250,
    make: async (house) => {
      const { number } = await aPatch(house);
      const document = { ...(await served(house, at(1))), temperature: 1.7 };
      await running(house, "pod-1", { document, now: at(240) });
      await carryOut(at(240));
      return number;
    },
    allowed: ["review", "page", "permanent", "revert"],
  },
  absorbed: {
    at: 250,
    make: async (house) => {
      const { number } = await aPatch(house);
      await released(house, { base: BASE.replace("0.2", "0.9"), now: at(30) });
      return number;
    },
    allowed: ["review"],
  },
  denied: {
    at: 10,
    make: async (house) => {
      const { number } = await aPatch(house, { by: house.ada });
      await denyHotPatch(house.grace, { number, reason }, { now: at(5) });
      return number;
    },
    allowed: [],
  },
  lapsed: {
    at: 70,
    make: async (house) => {
      const { number } = await aPatch(house, { by: house.ada });
      await carryOut(at(60));
      return number;
    },
    allowed: [],
  },
};

describe("what can be done with a patch", () => {
  test.each(Object.entries(STATES))("%s", async (_, { at: minute, make, allowed }) => {
    const house = await aPatchable();
    const number = await make(house);
    const before = await stored(number);
    for (const deed of Object.keys(DEEDS) as Deed[]) {
      if (allowed.includes(deed)) continue;
      const said = await DEEDS[deed](house, number, at(minute)).then(
        () => "it was done",
        (error: unknown) => (error instanceof Refusal ? error.code : error),
      );
      expect(said, deed).toBe("conflict");
    }
    expect(await stored(number)).toEqual(before);
  });

  test.each(
    Object.entries(STATES).flatMap(([name, state]) => state.allowed.map((deed) => [name, deed, state] as const)),
  )("%s: %s", async (_, deed, { at: minute, make }) => {
    const house = await aPatchable();
    const number = await make(house);
    await expect(DEEDS[deed](house, number, at(minute))).resolves.toMatchObject({ number });
  });
});

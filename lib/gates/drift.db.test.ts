import { describe, expect, test } from "vitest";
import { acknowledgeFinding, suppressFinding } from "#lib/drift/commands/triage-finding.ts";
import { aFleet, type Fleet } from "#lib/drift/testing/fleet.ts";
import { checkChange } from "#lib/gates/queries.ts";
import { aPromotion, approve, aVersion, blockersOf } from "#lib/gates/testing/house.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";

const base = "temperature: 0.4\n";
const declared = { temperature: 0.4 };
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);

/** A fleet in development that reports this, and a promotion into it that is approved. */
async function promotionInto(document: { readonly temperature: number } | null, requiredChecks = ["drift"]) {
  const fleet = await aFleet({ base, rules: { policies: [aPolicy({ requiredChecks })] }, now: at(-60) });
  if (document) await fleet.report({ document, now: at(0) });
  await fleet.compare(at(1));
  const version = await aVersion(fleet.house, { base: "temperature: 0.5\n", now: at(2) });
  const { number, state } = await aPromotion(fleet.house, {
    versions: [version],
    environment: "development",
    now: at(2),
  });
  if (state !== "approved") await approve(fleet.house.grace, number, at(3));
  return { fleet, number };
}

async function driftOf({ fleet, number }: { readonly fleet: Fleet; readonly number: number }, seconds: number) {
  const { checks } = await checkChange(fleet.house.ada, { number }, { now: at(seconds) });
  return checks.find((check) => check.id === "drift");
}

describe("drift in the target", () => {
  test("fails, names each finding with its page, and blocks where policy asks for it", async () => {
    const promotion = await promotionInto({ temperature: 0.9 });
    const [finding] = await promotion.fleet.findings();
    const check = await driftOf(promotion, 4);
    expect(check).toMatchObject({
      status: "failed",
      isBlocking: true,
      items: [{ item: `F-${finding?.number}`, href: `/drift/${finding?.number}` }],
    });
    expect(await blockersOf(promotion.fleet.house.boss, promotion.number, at(5))).toEqual(["drift"]);
  });

  test("does not block where no policy asks for it", async () => {
    const promotion = await promotionInto({ temperature: 0.9 }, []);
    expect(await driftOf(promotion, 4)).toMatchObject({ status: "failed", isBlocking: false });
    expect(await blockersOf(promotion.fleet.house.boss, promotion.number, at(5))).toEqual([]);
  });

  test("passes when what runs is what is declared", async () => {
    expect(await driftOf(await promotionInto(declared), 4)).toMatchObject({ status: "passed" });
  });

  test("passes where no runtime reports", async () => {
    const check = await driftOf(await promotionInto(null), 4);
    expect(check).toMatchObject({ status: "passed", summary: "No runtime reports in Development" });
  });

  test("can't be told once the runtimes have fallen silent", async () => {
    expect(await driftOf(await promotionInto(declared), 100)).toMatchObject({ status: "pending" });
  });

  test("still fails when somebody took it on, and not while it is suppressed", async () => {
    const promotion = await promotionInto({ temperature: 0.9 });
    const { ada } = promotion.fleet.house;
    const [found] = await promotion.fleet.findings();
    const finding = found?.number ?? 0;
    await acknowledgeFinding(ada, { finding }, { now: at(4) });
    expect(await driftOf(promotion, 5)).toMatchObject({ status: "failed" });
    await suppressFinding(ada, { finding, until: at(30), reason: "Because of this test" }, { now: at(6) });
    expect(await driftOf(promotion, 7)).toMatchObject({ status: "passed" });
    expect(await driftOf(promotion, 31)).toMatchObject({ status: "failed" });
  });
});

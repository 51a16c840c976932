import { expect, test } from "vitest";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { applyChange } from "./commands/apply-change.ts";
import { waiveCheck } from "./commands/except-gate.ts";
import { aChange, aHouse, aPromotion, approve, aVersion, blockersOf, promoted } from "./testing/house.ts";

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

const guardrail = aRule({
  pattern: "/guardrails/pii",
  title: "PII threshold",
  kind: "guardrail",
  strictness: "lower_is_stricter",
  maxRelaxation: 0.2,
  schema: { type: "number" },
});
const strict = [aPolicy({ requiredChecks: ["ratchet", "dependencies"] })];

test("small relaxations add up until somebody accepts a new baseline", async () => {
  const house = await aHouse({ parameters: [guardrail], policies: strict });
  const threshold = (value: number) => aVersion(house, { base: `guardrails:\n  pii: ${value}\n` });
  for (const value of [0.1, 0.2, 0.3]) {
    await promoted(house, { versions: [await threshold(value)], environment: "development" });
  }
  const change = await aChange(house, { base: "guardrails:\n  pii: 0.35\n" });
  await approve(house.grace, change.number);
  expect(await blockersOf(house.ada, change.number)).toEqual(["ratchet"]);
  const { number, contentDigest } = change;
  const waiver = { number, gate: "ratchet", contentDigest, reason: "Measured again on new data", expiresAt: days(2) };
  const item = "assistant#/guardrails/pii";
  await waiveCheck(house.boss, { ...waiver, items: [item] });
  const { produced } = await applyChange(house.ada, { number });
  const promotion = await aPromotion(house, { versions: [produced[0]?.id ?? ""], environment: "development" });
  await approve(house.grace, promotion.number);
  expect(await blockersOf(house.ada, promotion.number)).toEqual(["ratchet"]);
  await waiveCheck(house.boss, {
    ...waiver,
    number: promotion.number,
    contentDigest: promotion.contentDigest,
    items: [item],
  });
  await applyChange(house.ada, { number: promotion.number });
  // From 0.35 on, relaxations are counted anew.
  await promoted(house, { versions: [await threshold(0.5)], environment: "development" });
});

test("what depends on a changed parameter is listed, and waived place by place, from the version on", async () => {
  const house = await aHouse({
    parameters: [guardrail, aRule({ pattern: "/model", kind: "model", schema: { type: "string" } })],
    dependencies: [{ from: "/model", to: "/guardrails/*", reason: "Calibrated on this model" }],
    policies: strict,
  });
  const guardrails = "guardrails:\n  pii: 0.1\n  tone: 0.2\n";
  const first = await aVersion(house, { base: `model: claude-opus-4-5-20251101\n${guardrails}` });
  await promoted(house, { versions: [first], environment: "development" });
  const change = await aChange(house, { base: `model: claude-opus-4-6\n${guardrails}` });
  await approve(house.grace, change.number);
  const waiver = { gate: "dependencies", reason: "Calibrated on it already", expiresAt: days(2) };
  const pii = "assistant#/guardrails/pii";
  const tone = "assistant#/guardrails/tone";
  const { number, contentDigest } = change;
  await expect(
    waiveCheck(house.boss, { ...waiver, number, contentDigest, items: ["assistant#/nothing"] }),
  ).rejects.toMatchObject({ code: "invalid" });
  await waiveCheck(house.boss, { ...waiver, number, contentDigest, items: [pii] });
  const { produced } = await applyChange(house.ada, { number });
  const promotion = await aPromotion(house, { versions: [produced[0]?.id ?? ""], environment: "development" });
  await approve(house.grace, promotion.number);
  expect(await blockersOf(house.ada, promotion.number)).toEqual(["dependencies"]);
  const again = { ...waiver, number: promotion.number, contentDigest: promotion.contentDigest, items: [tone] };
  await waiveCheck(house.boss, again);
  expect(await blockersOf(house.ada, promotion.number)).toEqual([]);
});

import { expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { aChange, aDraft, aHouse, aVersion, type House } from "#lib/gates/testing/house.ts";
import { search } from "#lib/insights/search.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { openChange } from "#lib/reviews/commands/open-change.ts";
import { proposePromotion, proposeRollback } from "#lib/reviews/commands/propose-release.ts";
import { proposeRules } from "#lib/reviews/commands/propose-rules.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { reopenChange } from "#lib/reviews/commands/reopen-change.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { withdrawReview } from "#lib/reviews/commands/withdraw-review.ts";

const reason = "Because of this test";
const anId = "01a20382-ff18-7702-9261-6715edfa604e";

/** Somebody with every role of an author and a reviewer, but of another system. */
async function aStranger() {
  const { systemId: system } = await aHouse();
  return aPerson({
    roles: [
      { role: "author", system },
      { role: "reviewer", system },
    ],
  });
}

test("commands tell a stranger nothing of a request: not its state, revision or content", async () => {
  const house = await aHouse();
  const { number } = await aChange(house, { base: "temperature: 0.4\n" });
  const stranger = await aStranger();
  const contentDigest = `sha256:${"0".repeat(64)}`;
  for (const attempt of [
    () => openChange(stranger, { number }),
    () => openChange(stranger, { number, revision: 7 }),
    () => closeChange(stranger, { number, reason }),
    () => reopenChange(stranger, { number, reason }),
    () => reviewChange(stranger, { number, verdict: "approve", contentDigest, summary: "I have read it" }),
    () => withdrawReview(stranger, { number, reviewId: anId }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden", details: {} });
  }
});

test("proposing tells a stranger nothing of a system's drafts, snapshots and rules", async () => {
  const house: House = await aHouse();
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const draft = await aDraft(house, { base: "key: [" });
  const stranger = await aStranger();
  const about = { system: house.system, title: "A change", reason, environment: "development" };
  const rules = { parameters: [], constraints: [], dependencies: [], policies: [] };
  for (const attempt of [
    () => proposeVersion(stranger, { ...about, drafts: [draft] }),
    () => proposeVersion(stranger, { ...about, drafts: [anId] }),
    () => proposePromotion(stranger, { ...about, versions: [version] }),
    () => proposeRollback(stranger, { ...about, snapshots: [1] }),
    () => proposeRules(stranger, { ...about, baseRulesId: anId, rules }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden", details: {} });
  }
});

test("the palette finds a draft request for who writes it, and for nobody else", async () => {
  const house = await aHouse();
  const { number } = await aChange(house, { base: "temperature: 0.4\n", asDraft: true });
  const found = async (actor: typeof house.ada) => (await search(actor, { q: String(number) })).map((one) => one.href);
  expect(await found(house.ada)).toContain(`/changes/${number}`);
  expect(await found(house.grace)).not.toContain(`/changes/${number}`);
});

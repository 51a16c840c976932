import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { proposeRules } from "#lib/reviews/commands/propose-rules.ts";
import { rebaseChange } from "#lib/reviews/commands/rebase-change.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { currentRules } from "#lib/systems/store.ts";
import { aConstraint, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { applyChange } from "./commands/apply-change.ts";
import { previewRebase } from "./queries.ts";
import { aChange, aDraft, aHouse, approve, aVersion, blockersOf, rewriteDraft } from "./testing/house.ts";

const base = "# Tuned by hand\ntemperature: 0.4 # cool\ntop_p: 1\nseed: 7\n";

/** A request, approved, whose base has moved: version 2 changed top_p and seed. */
async function overtaken(text: string) {
  const house = await aHouse();
  await aVersion(house, { base });
  const change = await aChange(house, { base: text });
  await approve(house.grace, change.number);
  await aVersion(house, { base: base.replace("top_p: 1", "top_p: 0.9").replace("seed: 7", "seed: 8") });
  return { house, change };
}

test("a rebase merges parameter by parameter, keeps comments, and asks for approval again", async () => {
  const { house, change } = await overtaken(base.replace("0.4", "0.5"));
  expect(await blockersOf(house.ada, change.number)).toEqual(["content_current"]);
  const preview = await previewRebase(house.ada, { number: change.number });
  expect(preview).toMatchObject({ moved: [{ bundle: "assistant" }], conflicts: [] });
  const rebased = await rebaseChange(house.ada, { number: change.number });
  expect(rebased.state).toBe("open");
  const draft = await database().draft.findUniqueOrThrow({ where: { id: change.draftId } });
  expect(draft.source).toMatchObject({
    base: "# Tuned by hand\ntemperature: 0.5 # cool\ntop_p: 0.9\nseed: 8\n",
  });
  await approve(house.grace, change.number);
  const { produced } = await applyChange(house.ada, { number: change.number });
  expect(produced[0]?.label).toBe("assistant 1.2.0");
  const version = await database().bundleVersion.findUniqueOrThrow({ where: { id: produced[0]?.id ?? "" } });
  expect(version).toMatchObject({ base: { temperature: 0.5, top_p: 0.9, seed: 8 }, sequence: 3 });
});

test("it asks only about true conflicts, and takes each as decided", async () => {
  const { house, change } = await overtaken(
    base.replace("0.4", "0.5").replace("top_p: 1", "top_p: 0.8").replace("seed: 7", "seed: 9"),
  );
  const { number } = change;
  const place = { bundle: "assistant", layer: "base" };
  await expect(rebaseChange(house.ada, { number })).rejects.toMatchObject({
    code: "conflict",
    details: {
      conflicts: [
        { ...place, pointer: "/seed", base: 7, ours: 9, theirs: 8 },
        { ...place, pointer: "/top_p", base: 1, ours: 0.8, theirs: 0.9 },
      ],
    },
  });
  const stranger = [{ ...place, pointer: "/temperature", take: "theirs" }];
  await expect(rebaseChange(house.ada, { number, resolutions: stranger })).rejects.toMatchObject({ code: "invalid" });
  const resolutions = [
    { ...place, pointer: "/seed", take: "theirs" },
    { ...place, pointer: "/top_p", take: "value", value: 0.85 },
  ];
  await rebaseChange(house.ada, { number, resolutions });
  const draft = await database().draft.findUniqueOrThrow({ where: { id: change.draftId } });
  expect(draft.source).toMatchObject({ base: "# Tuned by hand\ntemperature: 0.5 # cool\ntop_p: 0.85\nseed: 8\n" });
});

test("a rebase never writes over draft text that the request does not hold", async () => {
  const { house, change } = await overtaken(base.replace("0.4", "0.5"));
  await rewriteDraft(house.ada, change.draftId, { base: base.replace("0.4", "0.6"), overlays: {} });
  await expect(rebaseChange(house.ada, { number: change.number })).rejects.toMatchObject({ code: "conflict" });
});

test("a request that is up to date has nothing to rebase on", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base });
  await expect(rebaseChange(house.ada, { number: change.number })).rejects.toMatchObject({
    message: expect.stringContaining("up to date"),
  });
});

test("drafts that started from an older version can be proposed, and are asked to rebase", async () => {
  const house = await aHouse();
  const first = await aVersion(house, { base });
  await aVersion(house, { base: base.replace("0.4", "0.9") });
  const late = await aChange(house, { base: base.replace("seed: 7", "seed: 8"), fromVersion: first });
  await approve(house.grace, late.number);
  expect(await blockersOf(house.ada, late.number)).toEqual(["content_current"]);
  await rebaseChange(house.ada, { number: late.number });
  await approve(house.grace, late.number);
  expect(await blockersOf(house.ada, late.number)).toEqual([]);
  expect(await aDraft(house, { base })).toBeTruthy();
});

test("two edits of different rules merge; edits of one rule conflict", async () => {
  const house = await aHouse({ policies: [aPolicy()] });
  const { id: baseRulesId } = await currentRules(database(), house.systemId);
  const words = { system: house.system, baseRulesId, reason: "The rules have to say more" };
  const constraint = aConstraint({ id: "cool", expression: "config.temperature < 1.0" });
  const ours = await proposeRules(house.boss, {
    ...words,
    title: "A constraint",
    rules: someRules({ policies: [aPolicy({ title: "Ours" })], constraints: [constraint] }),
  });
  const theirs = await proposeRules(house.boss, {
    ...words,
    title: "A policy",
    rules: someRules({ policies: [aPolicy({ title: "Theirs" }), aPolicy({ id: "more" })] }),
  });
  for (const { number } of [theirs, ours]) await approve(house.grace, number);
  await applyChange(house.boss, { number: theirs.number });
  const conflict = { bundle: null, layer: "rules", pointer: "/policies/policy/title" };
  await expect(rebaseChange(house.boss, { number: ours.number })).rejects.toMatchObject({
    details: { conflicts: [conflict] },
  });
  await rebaseChange(house.boss, { number: ours.number, resolutions: [{ ...conflict, take: "theirs" }] });
  await approve(house.grace, ours.number);
  await applyChange(house.boss, { number: ours.number });
  const { rules } = await currentRules(database(), house.systemId);
  expect(rules).toMatchObject({ policies: [{ title: "Theirs" }, { id: "more" }], constraints: [{ id: "cool" }] });
});

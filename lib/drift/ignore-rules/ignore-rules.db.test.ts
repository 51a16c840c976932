import { beforeEach, describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { database } from "#lib/platform/db.ts";
import { aFleet, type Fleet } from "../testing/fleet.ts";
import { addIgnoreRule } from "./commands/add-ignore-rule.ts";
import { endIgnoreRule, extendIgnoreRule } from "./commands/change-ignore-rule.ts";
import { listIgnoreRules, showIgnoreRule } from "./queries.ts";

const reason = "The platform moves it by itself";
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);
const inDays = (days: number) => at(days * 86_400);

let fleet: Fleet;
beforeEach(async () => {
  fleet = await aFleet({ base: "temperature: 0.4\nrate: 1\n" });
});

const add = (difference: Readonly<Record<string, unknown>> = {}, now = at(0)) =>
  addIgnoreRule(
    fleet.house.boss,
    { system: fleet.house.system, pattern: "/rate", reason, expiresAt: inDays(30), ...difference },
    { now },
  );

const seen = async (second: number) => {
  await fleet.report({ document: { temperature: 0.4, rate: 9 }, now: at(second) });
  await fleet.compare(at(second));
  return (await fleet.verdict()).sync;
};

describe("what a rule hides", () => {
  test("does not count, is counted, and can be seen", async () => {
    const { id } = await add();
    expect(await seen(10)).toBe("in_sync");
    expect((await fleet.findings()).filter(({ state }) => state !== "resolved")).toEqual([]);
    const shown = await showIgnoreRule(fleet.house.ada, { rule: id }, { now: at(11) });
    expect(shown).toMatchObject({ state: "active", mayChange: false, hits: 1, attention: null });
    expect(shown.hidden).toMatchObject([{ pointer: "/rate", kind: "value_changed", bundle: { slug: "assistant" } }]);
  });

  test("counts again once the rule was ended", async () => {
    const { id } = await add();
    expect(await seen(10)).toBe("in_sync");
    await endIgnoreRule(fleet.house.boss, { rule: id, reason, revision: 1 }, { now: at(12) });
    await fleet.compare(at(13));
    expect((await fleet.verdict()).sync).toBe("drifted");
    expect(await showIgnoreRule(fleet.house.boss, { rule: id }, { now: at(14) })).toMatchObject({
      state: "ended",
      endedBy: "Boss",
      hidden: [],
    });
  });

  test("counts again from the moment that the rule expires, without anyone doing anything", async () => {
    await add({ expiresAt: at(60) });
    expect(await seen(10)).toBe("in_sync");
    expect(await seen(61)).toBe("drifted");
  });

  test("is hidden again once the rule was extended", async () => {
    const { id } = await add({ expiresAt: at(60) });
    expect(await seen(61)).toBe("drifted");
    await extendIgnoreRule(fleet.house.boss, { rule: id, reason, revision: 1, expiresAt: inDays(7) }, { now: at(62) });
    await fleet.compare(at(63));
    expect((await fleet.verdict()).sync).toBe("in_sync");
  });
});

describe("a rule", () => {
  test.each([
    ["that hides everything", { pattern: "/**" }, "would hide everything"],
    ["without an end in reach", { expiresAt: inDays(181) }, "at most 180 days"],
    ["for an environment that is not there", { environments: ["moon"] }, "moon"],
    ["for a bundle that is not there", { bundle: "moon" }, "There is no bundle “moon”; choose from assistant"],
    [
      "that nobody answers for",
      { ownerId: "019ab000-0000-7000-8000-0000000000ff" },
      "Choose a person who is still here",
    ],
    ["without a reason", { reason: "" }, "Say why"],
    ["for a kind that does not exist", { kinds: ["magic"] }, "Choose from"],
  ])("%s is refused", async (_, difference, because) => {
    await expect(add(difference)).rejects.toThrow(because);
    expect(await database().ignoreRule.count({ where: { systemId: fleet.house.systemId } })).toBe(0);
  });

  test("is for those who may ignore drift where it reaches", async () => {
    const { system, systemId } = fleet.house;
    const role = { role: "responder", system: systemId, environment: "development" } as const;
    const responder = await aPerson({ name: "Sam", roles: [role] });
    const input = { system, pattern: "/rate", reason, expiresAt: inDays(30) };
    await expect(addIgnoreRule(responder, input)).rejects.toThrow("drift:ignore");
    await expect(addIgnoreRule(responder, { ...input, environments: ["staging"] })).rejects.toThrow("drift:ignore");
    expect(await addIgnoreRule(responder, { ...input, environments: ["development"] })).toMatchObject({ revision: 1 });
  });

  test("is changed by whoever saw it as it is", async () => {
    const { id } = await add();
    const both = await Promise.allSettled(
      [1, 1].map((revision) => endIgnoreRule(fleet.house.boss, { rule: id, reason, revision })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const again = { rule: id, reason, revision: 2, expiresAt: inDays(9) };
    await expect(extendIgnoreRule(fleet.house.boss, again)).rejects.toThrow("was ended");
  });

  test("that hides nothing, or is over, asks to be removed", async () => {
    const used = await add({}, inDays(-40));
    const unused = await add({ pattern: "/other", expiresAt: inDays(60) }, inDays(-40));
    const expired = await add({ pattern: "/third", expiresAt: inDays(-1) }, inDays(-2));
    await seen(10);
    const { system, ada } = fleet.house;
    const idsOf = async (state: string) =>
      (await listIgnoreRules(ada, { system, state }, { now: at(20) })).items.map((rule) => rule.id).sort();
    expect(await idsOf("attention")).toEqual([unused.id, expired.id].sort());
    expect(await idsOf("active")).toEqual([used.id, unused.id].sort());
    expect(await idsOf("over")).toEqual([expired.id]);
    expect(await idsOf("any")).toHaveLength(3);
  });
});

import { expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { approveHotPatch } from "./commands/answer-request.ts";
import { revertHotPatch } from "./commands/decide-follow-up.ts";
import { reviewHotPatch } from "./commands/review-hot-patch.ts";
import { carryOut } from "./jobs.ts";
import { listHotPatches } from "./queries/list-hot-patches.ts";
import { openHotPatches, owedHotPatches } from "./queries/open-hot-patches.ts";
import { listPatchable, listPatchPlaces } from "./queries/prepare-hot-patch.ts";
import { listRecurrences } from "./queries/recurrences.ts";
import { showHotPatch } from "./queries/show-hot-patch.ts";
import { running, served } from "./testing/observing.ts";
import { aPatch, aPatchable, at, hours } from "./testing/patches.ts";

const reason = "Because of this test";

test("the register pages through all of them, filters, and says how long each lasted and how it ended", async () => {
  const house = await aPatchable();
  const first = await aPatch(house, { minutes: 60 });
  await carryOut(at(61));
  const second = await aPatch(house, { changes: [{ pointer: "/seed", value: 8 }], now: at(70) });
  const list = (input: object) => listHotPatches(house.grace, { system: house.system, ...input }, { now: at(100) });
  const page = await list({ limit: 1 });
  expect(page.items.map((one) => one.number)).toEqual([second.number]);
  const next = await list({ limit: 1, cursor: page.next });
  expect(next.items).toMatchObject([{ number: first.number, phase: "reverted", length: 60 * 60_000 }]);
  const back = await list({ limit: 1, newer: next.newer });
  expect(back.items.map((one) => one.number)).toEqual([second.number]);
  const numbers = async (input: object) => (await list(input)).items.map((one) => one.number);
  expect(await numbers({ state: "reverted" })).toEqual([first.number]);
  expect(await numbers({ state: "open" })).toEqual([second.number, first.number]);
  expect(await numbers({ overdue: "true" })).toEqual([first.number]);
  expect(await numbers({ pointer: "/seed" })).toEqual([second.number]);
  expect(await numbers({ q: `hp-${first.number}` })).toEqual([first.number]);
  expect(await numbers({ q: "rita" })).toEqual([second.number, first.number]);
  expect(await numbers({ environment: "production" })).toEqual([]);
});

test("nobody sees those of systems that they may not read", async () => {
  const house = await aPatchable();
  await aPatch(house);
  const stranger = await aPerson({ roles: [{ role: "viewer", system: (await aPatchable()).systemId }] });
  expect((await listHotPatches(stranger, {}, { now: at(1) })).items).toEqual([]);
  expect((await openHotPatches(stranger, {}, { now: at(1) })).patches).toEqual([]);
});

test("a patch that one may not read answers as one that is not there", async () => {
  const house = await aPatchable();
  const { number } = await aPatch(house);
  const stranger = await aPerson({ roles: [{ role: "viewer", system: (await aPatchable()).systemId }] });
  for (const asked of [number, 999_999]) {
    await expect(showHotPatch(stranger, { number: asked }, { now: at(1) })).rejects.toMatchObject({
      code: "not_found",
      message: `There is no hot-patch HP-${asked}`,
    });
  }
});

test("the page of a patch says what it does, what each person may do, and how many runtimes run it", async () => {
  const house = await aPatchable();
  const before = await served(house, at(0));
  const { number } = await aPatch(house);
  await running(house, "pod-1", { document: await served(house, at(1)), now: at(1) });
  await running(house, "pod-2", { document: before, now: at(1) });
  const page = await showHotPatch(house.grace, { number }, { now: at(1) });
  expect(page).toMatchObject({
    phase: "in_force",
    parameters: [{ title: "Temperature", before: 0.2, after: 0.9 }],
    takeUp: { live: 2, patched: 1 },
    abilities: { approve: false, extend: true, review: true, decide: false },
    followUp: { state: "open", ownerName: "Rita" },
    review: { state: "due" },
    extensionsLeft: 2,
  });
  expect(page.timeline.map((event) => event.kind)).toEqual(["filed", "activated"]);
  const own = await showHotPatch(house.rita, { number }, { now: at(1) });
  expect(own.abilities).toEqual({ approve: false, withdraw: false, extend: false, review: false, decide: true });
});

test("the banner shows what is open, overdue first, until nothing is owed", async () => {
  const house = await aPatchable();
  const { number } = await aPatch(house, { minutes: 60 });
  const later = await aPatch(house, { changes: [{ pointer: "/seed", value: 8 }], minutes: 1_000 });
  const open = async (minutes: number) =>
    (await openHotPatches(house.grace, {}, { now: at(minutes) })).patches.map((one) => [one.number, one.phase]);
  expect(await open(1)).toEqual([
    [number, "in_force"],
    [later.number, "in_force"],
  ]);
  await carryOut(at(61));
  expect(await open(61)).toEqual([
    [number, "reverted"],
    [later.number, "in_force"],
  ]);
  await revertHotPatch(house.rita, { number, reason }, { now: at(62) });
  expect(await open(62)).toEqual([[later.number, "in_force"]]);
});

test("what each person owes: decisions, approvals, reviews", async () => {
  const house = await aPatchable();
  const { number } = await aPatch(house, { by: house.ada });
  const owed = async (by: typeof house.ada, minutes: number) => {
    const { followUps, approvals, reviews } = await owedHotPatches(by, {}, { now: at(minutes) });
    return [followUps, approvals, reviews].map((list) => list.map((one) => one.number));
  };
  expect(await owed(house.grace, 1)).toEqual([[], [number], []]);
  expect(await owed(house.ada, 1)).toEqual([[], [], []]);
  await approveHotPatch(house.grace, { number }, { now: at(2) });
  expect(await owed(house.ada, 3)).toEqual([[number], [], []]);
  expect(await owed(house.grace, 3)).toEqual([[], [], []]);
  expect(await owed(house.sam, 3)).toEqual([[], [], [number]]);
  await reviewHotPatch(house.sam, { number, verdict: "sound", note: reason }, { now: at(4) });
  expect(await owed(house.sam, 5)).toEqual([[], [], []]);
});

test("a parameter patched twice in 90 days asks for a governed change", async () => {
  const house = await aPatchable();
  const suggestions = (minutes: number) => listRecurrences(house.grace, { system: house.system }, { now: at(minutes) });
  const first = await aPatch(house, { minutes: 60 });
  expect(await suggestions(61)).toEqual([]);
  const second = await aPatch(house, { minutes: 60, now: at(hours(48)) });
  expect(await suggestions(hours(49))).toMatchObject([
    {
      pointer: "/temperature",
      title: "Temperature",
      environment: { slug: "development" },
      patches: [{ number: first.number }, { number: second.number, after: 0.9 }],
    },
  ]);
  expect(await suggestions(hours(24 * 91))).toEqual([]);
});

test("what can be patched: earlier ones first, what is locked last with the reason", async () => {
  const house = await aPatchable();
  await aPatch(house, { changes: [{ pointer: "/seed", value: 8 }], minutes: 60 });
  const place = { system: house.system, environment: "development" };
  const { parameters } = await listPatchable(house.rita, place, { now: at(61) });
  expect(parameters[0]).toMatchObject({ pointer: "/seed", value: 7, patchedBefore: 1, refusal: null });
  expect(parameters.map((one) => one.pointer)).toContain("/notes");
  const model = parameters.find((one) => one.pointer === "/model/name");
  expect(model?.refusal).toContain("locked");
  expect(parameters.slice(-2).map((one) => one.refusal)).not.toContain(null);
  const places = await listPatchPlaces(house.rita, {});
  expect(places).toMatchObject([
    { slug: house.system, environments: [{ slug: "development", isAtOnce: true, bundles: [{ slug: "assistant" }] }] },
  ]);
});

import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import { aHotPatch, inMinutes, MORNING } from "./testing/facts.ts";
import { ceilingOf, extendedUntil, pageDue, timeToLive, warningsDue } from "./time.ts";

const policy = { defaultMinutes: 240, maxMinutes: 1_440 };
const generous = { defaultMinutes: 240, maxMinutes: 4_320 };

describe("time to live", () => {
  test.each([
    ["nothing asked: what policy gives", undefined, "sev2", policy, 0, 240, null],
    ["as asked", 30, "sev2", policy, 0, 30, null],
    ["more than policy allows", 2_000, "sev2", policy, 0, 1_440, "policy"],
    ["sev1 where policy allows more", 4_000, "sev1", generous, 0, 1_440, "level"],
    ["sev2 where policy allows more", 4_000, "sev2", generous, 0, 4_000, null],
    ["approved late: no further than the ceiling", 4_300, "sev2", generous, 50, 4_270, "ceiling"],
  ] as const)("%s", (_, asked, level, of, late, minutes, limitedBy) => {
    const question = { level, policy: of, from: inMinutes(late), ceilingAt: ceilingOf(MORNING) };
    const time = timeToLive(asked === undefined ? question : { ...question, asked });
    expect(time).toEqual({ minutes, limitedBy, expiresAt: inMinutes(late + minutes) });
  });
});

describe("an extension", () => {
  test.each([
    ["counts from now", aHotPatch(), 200, 120, 320],
    ["is cut by the ceiling", aHotPatch({ expiresAt: inMinutes(4_000) }), 3_999, 1_000, 4_320],
    ["is cut by policy", aHotPatch(), 200, 3_000, 1_640],
  ] as const)("%s", (_, patch, from, asked, until) => {
    expect(extendedUntil(patch, { asked, policy, from: inMinutes(from) }).expiresAt).toEqual(inMinutes(until));
  });

  test.each([
    ["that would end no later", aHotPatch(), 10, 60],
    ["at the ceiling", aHotPatch({ expiresAt: inMinutes(4_320) }), 4_300, 600],
  ] as const)("%s is refused", (_, patch, from, asked) => {
    expect(() => extendedUntil(patch, { asked, policy, from: inMinutes(from) })).toThrow(Refusal);
  });
});

describe("warnings of four hours", () => {
  test.each([
    ["before half time", aHotPatch(), 119, []],
    ["at half time", aHotPatch(), 120, ["half_time"]],
    ["at half time, when it went out", aHotPatch({ warned: ["half_time"] }), 120, []],
    ["one hour before", aHotPatch({ warned: ["half_time"] }), 180, ["one_hour"]],
    ["fifteen minutes before", aHotPatch({ warned: ["half_time", "one_hour"] }), 225, ["fifteen_minutes"]],
    ["after an outage, the most urgent last", aHotPatch(), 230, ["half_time", "one_hour", "fifteen_minutes"]],
    ["at its end", aHotPatch(), 240, []],
    ["of a request", aHotPatch({ state: "requested", activatedAt: null }), 120, []],
  ] as const)("%s", (_, patch, minutes, due) => {
    expect(warningsDue(patch, inMinutes(minutes))).toEqual(due);
  });

  test("a short patch has none that would come before it began", () => {
    const patch = aHotPatch({ expiresAt: inMinutes(20) });
    expect(warningsDue(patch, inMinutes(1))).toEqual([]);
    expect(warningsDue(patch, inMinutes(6))).toEqual(["fifteen_minutes"]);
  });

  test("count from the last extension", () => {
    const extension = { at: inMinutes(200).toISOString(), by: "Grace", byId: "grace", reason: "More", minutes: 400 };
    const patch = aHotPatch({ extensions: [extension], expiresAt: inMinutes(600) });
    expect(warningsDue(patch, inMinutes(399))).toEqual([]);
    expect(warningsDue(patch, inMinutes(400))).toEqual(["half_time"]);
  });
});

test.each([
  ["before", -1, null],
  ["when it is due", 0, 0],
  ["half an hour later", 30, 1],
  ["a day later", 1_440, 48],
  ["almost two days later", 2_879, 48],
  ["three days later", 3 * 1_440, 50],
  ["after a month", 31 * 1_440, null],
] as const)("the page that is due %s", (_, minutes, page) => {
  expect(pageDue(MORNING, inMinutes(minutes))).toBe(page);
});

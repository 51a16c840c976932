import { expect, test } from "vitest";
import { countdownPhase, countdownText, minutesLeftText } from "#components/ui/countdown-text.ts";

const now = new Date("2026-11-22T14:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test.each([
  ["days and hours", 2 * 86_400 + 3 * 3_600 + 59, "2 d 3 h left"],
  ["whole hours", 4 * 3_600, "4 h left"],
  ["hours and minutes", 4_805, "1 h 20 min left"],
  ["minutes", 14 * 60 + 59, "14 min left"],
  ["the last five minutes, in seconds", 249, "4 min 09 s left"],
  ["the last minute", 9, "9 s left"],
  ["its very end", 0, "overdue by 0 s"],
  ["two hours too late", -7_260, "overdue by 2 h 1 min"],
])("%s", (_, seconds, text) => {
  expect(countdownText(after(seconds), now)).toBe(text);
});

test.each([
  ["half of the time left", 120 * 60, after(-120 * 60), "calm"],
  ["a quarter left", 60 * 60, after(-180 * 60), "soon"],
  ["a quarter of an hour left, of unknown length", 15 * 60, undefined, "soon"],
  ["an hour left, of unknown length", 60 * 60, undefined, "calm"],
  ["nothing left", 0, after(-60), "over"],
])("with %s", (_, seconds, from, phase) => {
  expect(countdownPhase(after(seconds), now, from)).toBe(phase);
});

test.each([
  ["hours and minutes", 4_805, "1 h 20 min left"],
  ["the last five minutes", 249, "4 min left"],
  ["the last minute", 9, "under a minute left"],
  ["two minutes too late", -130, "overdue by 2 min"],
])("in whole minutes, %s", (_, seconds, text) => {
  expect(minutesLeftText(after(seconds), now)).toBe(text);
});

import { expect, test } from "vitest";
import { aRequest, hoursBefore, NOW } from "#lib/reviews/testing/facts.ts";
import { isDue, nextAttempt } from "./schedule-rules.ts";

test("pauses double from one minute up to thirty", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 10].map(
    (failed) => (nextAttempt(failed, NOW).getTime() - NOW.getTime()) / 60_000,
  );
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});

const at = hoursBefore(1);

test.each([
  ["its time has come", { scheduleState: "scheduled", scheduledFor: at }, at, true],
  [
    "its time is still ahead",
    { scheduleState: "scheduled", scheduledFor: new Date(NOW.getTime() + 1) },
    new Date(NOW.getTime() + 1),
    false,
  ],
  ["it was moved", { scheduleState: "scheduled", scheduledFor: hoursBefore(2) }, at, false],
  ["it was suspended", { scheduleState: "suspended", scheduledFor: at }, at, false],
] as const)("a schedule when %s", (_, request, seen, isNow) => {
  expect(isDue(aRequest(request), seen, NOW)).toBe(isNow);
});

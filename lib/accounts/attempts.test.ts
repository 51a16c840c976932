import { expect, test } from "vitest";
import { addressKey, attemptPause } from "#lib/accounts/attempts.ts";

const minute = 60_000;
const now = new Date("2026-06-01T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * minute);

test.each([
  ["without failures", [], 0],
  ["after four", [1, 2, 3, 4], 0],
  ["after five just now", [0, 0, 0, 0, 0], 15],
  ["when the fifth newest is ten minutes old", [1, 2, 3, 4, 10], 5],
  ["once fifteen minutes have passed", [1, 2, 3, 4, 15], 0],
  ["after ten in a day the pause is thirty minutes", [1, 2, 3, 4, 10, 100, 101, 102, 103, 104], 20],
  ["after twenty it is two hours", [...Array(20).keys()], 116],
  ["after a hundred it is still four hours", [...Array(100).keys()], 236],
  ["failures of yesterday are forgotten", [1, 2, 3, 4, 24 * 60], 0],
])("%s", (_, minutesAgo, pause) => {
  expect(attemptPause(minutesAgo.map(ago), 5, now)).toBe(pause * minute);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0DB8:0001:2::1", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("the address %s counts as %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

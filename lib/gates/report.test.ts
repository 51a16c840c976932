import { expect, test } from "vitest";
import { summaryOf } from "./checks/hot-patches.ts";
import { outcomeIn } from "./checks/pipeline-order.ts";
import { hasAdvice } from "./report.ts";

const items = [{ item: "HP-3", message: "HP-3 ends as absorbed" }];

test.each([
  ["fails and does not block", { status: "failed", isBlocking: false, items: [] }, true],
  ["can't be told yet and does not block", { status: "pending", isBlocking: false, items: [] }, true],
  ["holds, and names what will happen", { status: "passed", isBlocking: false, items }, true],
  ["holds", { status: "passed", isBlocking: false, items: [] }, false],
  ["was set aside", { status: "waived", isBlocking: false, items }, false],
  ["blocks", { status: "failed", isBlocking: true, items }, false],
] as const)("a check that %s", (_, check, advises) => {
  expect(hasAdvice(check)).toBe(advises);
});

const stays = "in force on top, so that runtimes will not run exactly this";
test.each([
  [0, 0, "No hot-patch is in force in Staging"],
  [1, 0, `1 hot-patch stays ${stays}`],
  [2, 0, `2 hot-patches stay ${stays}`],
  [0, 1, "1 hot-patch ends with this, absorbed"],
  [0, 2, "2 hot-patches end with this, absorbed"],
  [2, 1, `1 hot-patch ends with this, absorbed, and 2 stay ${stays}`],
])("%i that stay and %i absorbed are one sentence", (staying, absorbed, sentence) => {
  expect(summaryOf("Staging", { staying, absorbed })).toBe(sentence);
});

test.each([
  [null, "has not been through Staging"],
  ["failed", "was deployed to Staging, but failed there"],
  ["rolled_back", "was deployed to Staging, but was rolled back there"],
] as const)("a version that fell by %s", (fellBy, words) => {
  expect(outcomeIn("Staging", { fellBy })).toBe(words);
});

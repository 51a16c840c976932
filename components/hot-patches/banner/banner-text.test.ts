import { expect, test } from "vitest";
import { type BannerPatch, bannerLine } from "#components/hot-patches/banner/banner-text.ts";

const patch: BannerPatch = {
  number: 3,
  name: "HP-3",
  phase: "in_force",
  incident: "INC-42",
  level: "sev2",
  system: { slug: "desk", name: "Desk" },
  environment: { slug: "production", name: "Production" },
  bundle: { slug: "assistant", name: "Assistant" },
  expiresAt: "2026-11-22T18:00:00.000Z",
  isFollowUpOverdue: false,
  isReviewOverdue: false,
  ownerName: "Ada",
};
const sooner: BannerPatch = { ...patch, number: 4, name: "HP-4", expiresAt: "2026-11-22T15:00:00.000Z" };
const overdue: BannerPatch = { ...patch, number: 2, name: "HP-2", phase: "reverted", isFollowUpOverdue: true };

test.each([
  ["one in force", [patch], "HP-3 is in force", "warn", "/hot-patches/3", patch.expiresAt],
  [
    "one that asks",
    [{ ...patch, phase: "requested" as const }],
    "HP-3 asks for approval",
    "warn",
    "/hot-patches/3",
    patch.expiresAt,
  ],
  ["one overdue", [overdue], "HP-2 is owed a decision by Ada", "danger", "/hot-patches/2", undefined],
  ["several", [patch, sooner], "2 hot-patches", "warn", "/hot-patches?state=open", sooner.expiresAt],
  [
    "several, one overdue",
    [overdue, patch],
    "2 hot-patches, 1 overdue",
    "danger",
    "/hot-patches?state=open",
    patch.expiresAt,
  ],
])("with %s it is one line", (_, patches, short, tone, href, until) => {
  const line = bannerLine(patches);
  expect(line).toMatchObject({ short, tone, href });
  expect(line?.until?.toISOString()).toBe(until);
});

test("with none there is no line", () => {
  expect(bannerLine([])).toBeNull();
});

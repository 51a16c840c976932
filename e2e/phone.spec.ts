import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, expectNoSidewaysScroll, test } from "./fixtures.ts";
import { aChange, aHouse, aVersion, firstText } from "./support/house.ts";
import { submitReview } from "./support/pages.ts";

test("a request is found, read and approved on a phone", { tag: ["@phone", "@phone-only"] }, async ({
  browserOf,
  apiOf,
}) => {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES));
  await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const title = `Warmer answers of ${house.name}`;
  await aChange(author, house, { base: firstText.replace("0.2", "0.3"), title });
  const grace = await browserOf(GRACE);
  await grace.goto("/");
  await grace.getByRole("button", { name: "Open navigation" }).click();
  await grace
    .getByRole("dialog", { name: "Navigation" })
    .getByRole("link", { name: /^Change requests/ })
    .click();
  await grace.waitForURL("**/changes");
  await grace.goto(`/changes?q=${encodeURIComponent(title)}`);
  await grace.getByRole("link", { name: title, exact: true }).click();
  await grace.getByRole("link", { name: /^Changes/ }).click();
  await expect(grace.getByRole("heading", { name: "1 changed parameter" })).toBeVisible();
  await expectNoSidewaysScroll(grace);
  await expect(grace.getByRole("button", { name: "Review changes" })).toBeInViewport();
  await grace.getByRole("button", { name: "Review changes" }).click();
  await expectNoSidewaysScroll(grace);
  const summary = "Read on the train; fine";
  await submitReview(grace, { verdict: "Approve", summary, button: "Approve for every environment" });
  await expect(grace.getByRole("button", { name: "Publish assistant 1.1.0" })).toBeInViewport();
});

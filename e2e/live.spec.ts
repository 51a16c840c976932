import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aVersion, promote } from "./support/house.ts";

test("the truth board shows a deployment without being loaded again", async ({ browserOf, apiOf }) => {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES));
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const ines = await browserOf(INES);
  const followed = ines.waitForResponse((response) => response.url().includes("/api/live"));
  await ines.goto("/");
  expect((await followed).status()).toBe(200);
  const place = ines.getByRole("region", { name: `${house.name} in Development` });
  await expect(place).toBeVisible();
  await expect(place).not.toContainText("1.0.0");
  // What a page loaded again would have forgotten.
  await ines.evaluate(() => document.body.setAttribute("data-stayed", ""));
  await promote(author, house, { version, through: ["development"] });
  await expect(place).toContainText("1.0.0");
  await expect(ines.locator("body[data-stayed]")).toHaveCount(1);
});

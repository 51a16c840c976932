import type { Locator, Page } from "@playwright/test";
import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aChange, aHouse, aVersion, firstText } from "./support/house.ts";
import { aPerson, password } from "./support/someone.ts";

/** Goes on with the Tab key until the focus is there. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(place, "the Tab key never came here").toBeFocused();
}

test("a reviewer signs in, finds what waits, approves it and looks around without a mouse", async ({ page, apiOf }) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const older = await aChange(author, house, { base: firstText.replace("0.2", "0.3"), title: "Warmer answers" });
  const newer = await aChange(author, house, { base: firstText.replace("800", "900"), title: "Longer answers" });
  const { email, name } = await aPerson(administrator, { role: "reviewer", system: house.slug });
  const keys = page.keyboard;

  await test.step("signs in", async () => {
    await page.goto("/sign-in");
    await tabTo(page, page.getByLabel("E-mail"));
    await keys.type(email);
    await keys.press("Tab");
    await keys.type(password);
    await keys.press("Enter");
    await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
  });

  await test.step("finds the system in the palette", async () => {
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    await expect(async () => {
      await keys.press("Control+k");
      await expect(palette).toBeVisible({ timeout: 1_000 });
    }, "the keys work once the page's scripts have run").toPass();
    await keys.type(house.name);
    await expect(palette.getByRole("option", { name: new RegExp(house.name) }).first()).toBeVisible();
    await keys.press("Enter");
    await page.waitForURL(`**/systems/${house.slug}`);
  });

  await test.step("goes to the requests and walks through the list", async () => {
    await keys.press("g");
    await keys.press("c");
    await page.waitForURL("**/changes");
    await expect(page.getByRole("table", { name: "Change requests" })).toBeVisible();
    await keys.press("j");
    await expect(page.getByRole("link", { name: "Longer answers" })).toBeFocused();
    await keys.press("j");
    await expect(page.getByRole("link", { name: "Warmer answers" })).toBeFocused();
    await keys.press("k");
    await expect(page.getByRole("link", { name: "Longer answers" })).toBeFocused();
    await keys.press("j");
    await keys.press("Enter");
    await page.waitForURL(`**/changes/${older.number}`);
  });

  await test.step("reviews with r", async () => {
    await expect(page.getByRole("button", { name: "Review changes" })).toBeVisible();
    await keys.press("r");
    const dialog = page.getByRole("dialog", { name: `Review #${older.number}` });
    await tabTo(page, dialog.getByRole("radio", { name: /^Approve/ }));
    await keys.press("Space");
    await tabTo(page, dialog.getByLabel("Summary"));
    await keys.type("Read it twice; fine.");
    await tabTo(page, dialog.getByRole("button", { name: "Approve for every environment" }));
    await keys.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("list", { name: "Approvals given" })).toContainText(name);
  });

  await test.step("the keys explain themselves", async () => {
    await keys.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help.getByText("Next row")).toBeVisible();
    await keys.press("Escape");
    await expect(help).toBeHidden();
    await keys.press("g");
    await keys.press("d");
    await page.waitForURL("**/deployments");
  });

  await test.step("comments on a parameter with n and c", async () => {
    await page.goto(`/changes/${newer.number}/changes`);
    await expect(page.getByRole("heading", { name: "1 changed parameter" })).toBeVisible();
    await keys.press("n");
    await expect(page.getByRole("button", { name: "Comment on /max_tokens" })).toBeFocused();
    await keys.press("c");
    await expect(page.getByRole("textbox", { name: "Comment on /max_tokens" })).toBeFocused();
    await keys.type("Does the layout still hold at 900?");
    await keys.press("Control+Enter");
    await expect(page.getByText("Pending", { exact: true })).toBeVisible();
  });
});

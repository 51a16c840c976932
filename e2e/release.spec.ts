import type { Page } from "@playwright/test";
import { ELENA, GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aVersion, firstText, type House, PIPELINE, promote } from "./support/house.ts";
import { applyByDialog, submitReview, writeText } from "./support/pages.ts";

const NAMES = { development: "Development", staging: "Staging", production: "Production" } as const;

/** From the bundle's page, as its table offers it. */
async function proposePromotion(page: Page, house: House, environment: keyof typeof NAMES): Promise<void> {
  await page.goto(`/systems/${house.slug}/bundles/assistant`);
  await page.getByRole("link", { name: `Propose 1.1.0 for ${NAMES[environment]}` }).click();
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue(new RegExp(`to ${NAMES[environment]}$`));
  await page.getByLabel("Reason").fill(`Tried before ${environment}: answers are cooler and as complete`);
  await page.getByRole("button", { name: "Open for review" }).click();
  await page.waitForURL(/\/changes\/\d+$/);
}

test("a change is written, reviewed, promoted through three environments, compared and found in the log", async ({
  browserOf,
  apiOf,
}) => {
  const house = await aHouse(await apiOf(INES));
  const author = await apiOf(TOM);
  const first = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version: first, through: PIPELINE });
  const [tom, grace, elena] = await Promise.all([browserOf(TOM), browserOf(GRACE), browserOf(ELENA)]);
  let number = "";

  await test.step("the author edits a draft and asks for review", async () => {
    await tom.goto(`/systems/${house.slug}/bundles/assistant`);
    await tom.getByRole("button", { name: /^Start a draft from / }).click();
    await tom.waitForURL(/\/drafts\//);
    await tom.getByRole("button", { name: "YAML", exact: true }).click();
    await writeText(tom, "base of Assistant, YAML", firstText.replace("temperature: 0.2", "temperature: 0.1"));
    await expect(tom.getByText("1 parameter changed")).toBeVisible();
    await tom.getByRole("button", { name: "Ask for review" }).click();
    await tom.getByRole("textbox", { name: "Title" }).fill("Cooler answers");
    await tom.getByLabel("Reason").fill("Answers wander off at 0.2; at 0.1 they stay with the source");
    await tom.getByRole("button", { name: "Open for review" }).click();
    await tom.waitForURL(/\/changes\/\d+$/);
    number = tom.url().split("/").at(-1) ?? "";
    await expect(tom.getByRole("heading", { level: 1, name: `Cooler answers #${number}` })).toBeVisible();
    await expect(tom.getByRole("button", { name: "Can’t apply yet: 1 check" })).toBeVisible();
  });

  await test.step("another person approves with a comment", async () => {
    await grace.goto(`/changes/${number}/changes`);
    await expect(grace.getByRole("heading", { name: "1 changed parameter" })).toBeVisible();
    await grace.getByRole("button", { name: "Review changes" }).click();
    const summary = "Compared forty answers; nothing is lost";
    await submitReview(grace, { verdict: "Approve", summary, button: "Approve for every environment" });
    await expect(grace.getByRole("button", { name: "Publish assistant 1.1.0" })).toBeVisible();
  });

  await test.step("the author publishes the version", async () => {
    await tom.reload();
    await expect(tom.getByText("Compared forty answers; nothing is lost")).toBeVisible();
    await applyByDialog(tom, "Publish assistant 1.1.0");
    await expect(tom.getByText("It took effect")).toBeVisible();
  });

  await test.step("it is promoted through every environment in order", async () => {
    for (const environment of PIPELINE) {
      await proposePromotion(tom, house, environment);
      const isLast = environment === "production";
      await applyByDialog(tom, `Deploy to ${NAMES[environment]}`, isLast ? environment : undefined);
      await expect(tom.getByText("It took effect")).toBeVisible();
    }
  });

  await test.step("two snapshots of production are compared at an address that can be shared", async () => {
    await grace.goto(`/systems/${house.slug}/environments/production`);
    const snapshots = grace.getByRole("row").getByRole("link", { name: /^S-\d+$/ });
    const [after = "", before = ""] = await snapshots.allTextContents();
    const query = `left=snapshot:${before.slice(2)}&right=snapshot:${after.slice(2)}`;
    await grace.goto(`/compare?${query}`);
    const row = grace.getByRole("row").filter({ hasText: "/temperature" });
    await expect(row).toContainText("0.2");
    await expect(row).toContainText("0.1");
    await expect(grace.getByRole("heading", { name: "1 parameter differs" })).toBeVisible();
    await elena.goto(`/compare?${query}`);
    await expect(elena.getByRole("heading", { name: "1 parameter differs" })).toBeVisible();
  });

  await test.step("an auditor finds every step", async () => {
    await elena.goto(`/audit?system=${house.slug}`);
    const log = elena.getByRole("table", { name: "Audit events" });
    for (const action of ["draft.saved", "change.proposed", "change.approved", "change.applied", "deployment.started"])
      await expect(log.getByRole("link", { name: action, exact: true }).first()).toBeVisible();
    await elena.goto(`/audit?change=${number}`);
    await expect(log.getByRole("row").filter({ hasText: "Grace Oduya" }).first()).toBeVisible();
    await log.getByRole("link", { name: "change.applied", exact: true }).first().click();
    await expect(elena).toHaveURL(/action=change\.applied/);
    await log.getByRole("row").filter({ hasText: "change.applied" }).getByRole("link").first().click();
    await expect(elena.getByRole("heading", { level: 1 })).toContainText("applied");
  });
});

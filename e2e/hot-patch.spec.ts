import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { GRACE, INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, expectAccessible, expectNoSidewaysScroll, signInByForm, test, untilStill } from "./fixtures.ts";
import type { Api } from "./support/api.ts";
import { aHouse, aVersion, type House, promote } from "./support/house.ts";
import { aPerson, password } from "./support/someone.ts";

const Patches = z.object({ items: z.array(z.object({ number: z.number() })) });

const anIncident = () => `INC-${randomBytes(4).toString("hex")}`;

/** A system whose bundle runs in development. */
async function aRunningHouse(apiOf: (email: string) => Promise<Api>): Promise<House> {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES));
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version, through: ["development"] });
  return house;
}

function newPatchOf(house: House): string {
  return `/hot-patches/new?system=${house.slug}&environment=development`;
}

/** Fills in the form, but for the new value. */
async function beginFiling(
  page: Page,
  { incident, parameter }: { readonly incident: string; readonly parameter: string },
) {
  await page.getByLabel("Incident").fill(incident);
  await page.getByLabel("Reason").fill("Answers wander off since noon");
  await page.getByRole("searchbox", { name: "Parameter" }).fill(parameter.toLowerCase());
  await page.getByRole("list", { name: "Parameters" }).getByRole("button", { name: parameter }).click();
}

/** Answers the dialog that asks for a reason. */
async function decide(
  page: Page,
  { open, reason, submit }: { readonly open: string; readonly reason: string; readonly submit: string },
) {
  await page.getByRole("button", { name: open }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^(Reason|What is new|What you looked at)/).fill(reason);
  await dialog.getByRole("button", { name: submit, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

test("a responder patches at once; others see it, extend it and review it; it is taken back", async ({
  page,
  browserOf,
  apiOf,
}) => {
  test.slow();
  const house = await aRunningHouse(apiOf);
  const administrator = await apiOf(INES);
  const { email } = await aPerson(administrator, { role: "responder", system: house.slug });
  const onlooker = await aPerson(administrator, { role: "viewer", system: house.slug });
  const incident = anIncident();
  await signInByForm(page, email, password);
  const looking = await page.context().browser()?.newContext();
  const other = await (looking ?? page.context()).newPage();
  await signInByForm(other, onlooker.email, password);
  await other.goto(`/systems/${house.slug}/parameters`);
  const banner = (where: Page) => where.getByRole("region", { name: "Open hot-patches" });
  await expect(banner(other)).toHaveCount(0);

  await test.step("filing checks what is typed", async () => {
    await page.goto(`/systems/${house.slug}/environments/development`);
    await page.getByRole("link", { name: /^File a hot-patch/ }).click();
    await beginFiling(page, { incident, parameter: "Temperature" });
    await page.getByRole("button", { name: /^File it/ }).click();
    await expect(page.getByText("Give it another value than it has now")).toBeVisible();
    await page.getByLabel("New value of Temperature").fill("7");
    await expect(page.getByText(/must be at most 2/).first()).toBeVisible();
    await page.getByLabel("New value of Temperature").fill("0.9");
    await expect(page.getByRole("region", { name: "What will happen" })).toContainText("0.9");
    await expectAccessible(page);
    await page.getByRole("button", { name: "File it: takes effect at once in Development" }).click();
    await page.waitForURL(/\/hot-patches\/\d+$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(incident);
    await expect(page.getByText("In force", { exact: true }).first()).toBeVisible();
  });
  const address = new URL(page.url()).pathname;

  await test.step("everybody who may see it is told on every page, without a reload", async () => {
    await expect(banner(other)).toContainText("is in force");
    await expect(banner(other)).toContainText("left");
    await banner(other).getByRole("link").click();
    await other.waitForURL(`**${address}`);
    await expect(other.getByRole("button", { name: "Revert now…" })).toHaveCount(0);
    await looking?.close();
  });

  await test.step("somebody else extends and reviews it", async () => {
    const grace = await browserOf(GRACE);
    await grace.goto(address);
    await grace.getByRole("button", { name: "Extend…" }).click();
    const dialog = grace.getByRole("dialog");
    await dialog.getByLabel("For how long, from now").selectOption({ label: "8 h" });
    await dialog.getByLabel("What is new").fill("The provider needs the night to mend it");
    await dialog.getByRole("button", { name: /^Extend/ }).click();
    await expect(grace.getByText(/^8 h by Grace Oduya/)).toBeVisible();
    await grace.getByRole("button", { name: "Review…" }).click();
    const review = grace.getByRole("dialog");
    await review.getByRole("radio", { name: /^Sound/ }).check();
    await review.getByLabel("What you looked at").fill("Both values, and the answers of the last hour");
    await review.getByRole("button", { name: "Record the review" }).click();
    await expect(grace.getByText("Found sound").first()).toBeVisible();
  });

  await test.step("whoever owes the decision takes it back", async () => {
    await page.goto(address);
    await decide(page, {
      open: "Revert now…",
      reason: "The provider is well again",
      submit: "Revert in Development now",
    });
    await expect(page.getByText("Reverted", { exact: true }).first()).toBeVisible();
    await expect(banner(page)).toHaveCount(0);
    await untilStill(page);
    await expectAccessible(page);
  });

  await test.step("the register has it, with what became of it", async () => {
    await page.goto(`/hot-patches?q=${incident}`);
    const row = page.getByRole("table", { name: "Hot-patches" }).getByRole("row").filter({ hasText: incident });
    await expect(row).toContainText("Reverted");
    await expect(row).toContainText("Found sound");
  });
});

test("whoever may not break glass asks for one approval, and keeps the change by a request", async ({
  browserOf,
  apiOf,
}) => {
  const house = await aRunningHouse(apiOf);
  const incident = anIncident();
  const tom = await browserOf(TOM);
  await tom.goto(newPatchOf(house));
  await beginFiling(tom, { incident, parameter: "Longest answer" });
  await tom.getByLabel("New value of Longest answer").fill("400");
  await tom.getByRole("button", { name: "File it: asks for one approval" }).click();
  await tom.waitForURL(/\/hot-patches\/\d+$/);
  const address = new URL(tom.url()).pathname;
  await expect(tom.getByRole("button", { name: "Withdraw…" })).toBeVisible();

  const sam = await browserOf(SAM);
  await sam.goto(address);
  await sam.getByRole("button", { name: "Approve for Development…" }).click();
  await sam.getByRole("dialog").getByRole("button", { name: "Approve for Development", exact: true }).click();
  await expect(sam.getByText("In force", { exact: true }).first()).toBeVisible();

  // Another patch of the same parameter is told of this one before it is filed.
  await sam.goto(`${newPatchOf(house)}&pointer=/max_tokens`);
  await sam.getByLabel("New value of Longest answer").fill("300");
  await expect(sam.getByText("Patched already")).toBeVisible();
  await sam.getByRole("button", { name: "Start again" }).click();

  await tom.goto(address);
  await tom.getByRole("button", { name: "Make permanent…" }).click();
  await tom
    .getByRole("dialog")
    .getByLabel(/^Reason/)
    .fill("Shorter answers were liked better");
  await tom.getByRole("dialog").getByRole("button", { name: "Open the change request" }).click();
  await tom.waitForURL(/\/changes\/\d+/);
  await expect(tom.getByRole("heading", { level: 1 })).toContainText("Keep HP-");
});

test("what looks like a key is neither kept nor sent", async ({ browserOf, apiOf }) => {
  const house = await aRunningHouse(apiOf);
  const secret = `sk-proj-${randomBytes(24).toString("hex")}`;
  const sam = await browserOf(SAM);
  await sam.goto(newPatchOf(house));
  await beginFiling(sam, { incident: anIncident(), parameter: "Prompt" });
  await sam.getByLabel("New value of Prompt").fill(`Call it with ${secret}`);
  await sam.getByRole("button", { name: /^File it/ }).click();
  await expect(sam.getByText(/looks like a secret/).first()).toBeVisible();
  await expect(sam.getByLabel("New value of Prompt")).toHaveValue(`Call it with ${secret}`);
  expect(await sam.evaluate(() => JSON.stringify(localStorage))).not.toContain(secret);
});

test("on a phone without a connection a filing is kept, and sent once when there is one", {
  tag: ["@phone", "@phone-only"],
}, async ({ browserOf, apiOf }) => {
  const house = await aRunningHouse(apiOf);
  const incident = anIncident();
  const sam = await browserOf(SAM);
  await sam.goto(newPatchOf(house));
  await expectNoSidewaysScroll(sam);
  await beginFiling(sam, { incident, parameter: "Temperature" });
  await sam.getByLabel("New value of Temperature").fill("0.1");
  await expect(sam.getByText("Kept on this device.")).toBeVisible();

  await test.step("what was typed is there again after the page was closed", async () => {
    await sam.goto("/");
    await sam.goto("/hot-patches/new");
    await expect(sam.getByLabel("Incident")).toHaveValue(incident);
    await expect(sam.getByLabel("New value of Temperature")).toHaveValue("0.1");
  });

  await test.step("it waits, says so, and goes out once", async () => {
    await sam.context().setOffline(true);
    const send = sam.getByRole("button", { name: "File it: takes effect at once in Development" });
    await expect(send).toBeInViewport();
    await send.click();
    await expect(sam.getByText("It is sent once, as soon as the connection is back", { exact: false })).toBeVisible();
    await expectAccessible(sam);
    await sam.context().setOffline(false);
    await sam.waitForURL(/\/hot-patches\/\d+$/);
    await expect(sam.getByRole("heading", { level: 1 })).toContainText(incident);
    await expectNoSidewaysScroll(sam);
    const { items } = Patches.parse(await (await apiOf(SAM)).send("GET", `/hot-patches?q=${incident}`));
    expect(items).toHaveLength(1);
    expect(await sam.evaluate(() => JSON.stringify(localStorage))).not.toContain(incident);
  });
});

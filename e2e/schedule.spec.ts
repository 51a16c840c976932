import { GRACE, INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aPromotion, aVersion, shownChange } from "./support/house.ts";

/** The job looks twice a minute. */
const untilTheJobHasRun = { timeout: 75_000, intervals: [1_000] };

test("an approved request is scheduled, moved, and applied at its time", async ({ browserOf, apiOf }) => {
  test.slow();
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  const version = await aVersion({ author, reviewer }, house);
  const number = await aPromotion(author, house, { version, environment: "development" });

  const tom = await browserOf(TOM);
  await tom.goto(`/changes/${number}`);
  await tom.getByRole("button", { name: "More actions" }).click();
  await tom.getByRole("menuitem", { name: "Schedule" }).click();
  const dialog = tom.getByRole("dialog", { name: "Schedule" });
  await dialog.getByLabel("Apply at").fill("2040-02-01T09:30");
  await expect(dialog.getByText(/your clock is UTC/)).toBeVisible();
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(tom.getByText("Scheduled for 2040-02-01 09:30 UTC")).toBeVisible();

  const at = new Date(Date.now() + 1_500);
  await author.send("PUT", `/changes/${number}/schedule`, { at });
  await expect.poll(async () => (await shownChange(author, number)).request.state, untilTheJobHasRun).toBe("applied");
  await tom.goto(`/changes/${number}/timeline`);
  await expect(tom.getByText("Tom Adeyemi (scheduled)").first()).toBeVisible();
  await expect(tom.getByText("It took effect")).toBeVisible();
});

test("a schedule whose gate has fallen is suspended and says why", async ({ browserOf, apiOf }) => {
  test.slow();
  const [author, reviewer, responder] = await Promise.all([apiOf(TOM), apiOf(GRACE), apiOf(SAM)]);
  const house = await aHouse(await apiOf(INES));
  const version = await aVersion({ author, reviewer }, house);
  const number = await aPromotion(author, house, { version, environment: "development" });
  const at = new Date(Date.now() + 1_500);
  await author.send("PUT", `/changes/${number}/schedule`, { at });
  const hold = `/systems/${house.slug}/environments/development/hold`;
  await responder.send("PUT", hold, { reason: "The cluster is being moved tonight" });
  await expect
    .poll(async () => (await shownChange(author, number)).request.scheduleState, untilTheJobHasRun)
    .toBe("suspended");

  const tom = await browserOf(TOM);
  await tom.goto(`/changes/${number}`);
  await expect(tom.getByText("Schedule suspended")).toBeVisible();
  await expect(tom.getByText(/Hold: .*The cluster is being moved tonight/).first()).toBeVisible();
  await tom.goto("/inbox");
  await expect(tom.getByRole("link", { name: new RegExp(`#${number}\\b`) }).first()).toBeVisible();
});

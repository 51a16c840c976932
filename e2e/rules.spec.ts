import { GRACE, INES } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse } from "./support/house.ts";
import { applyByDialog, submitReview } from "./support/pages.ts";

test("the rules are edited in place until the system is protected, and by change request from then on", async ({
  browserOf,
  apiOf,
}) => {
  const house = await aHouse(await apiOf(INES));
  const [ines, grace] = await Promise.all([browserOf(INES), browserOf(GRACE)]);
  const page = `/systems/${house.slug}/parameters`;

  await test.step("an entry is changed and saved", async () => {
    await ines.goto(page);
    await ines.getByRole("link", { name: "Temperature" }).click();
    const entry = ines.getByRole("dialog", { name: "Parameter" });
    await entry.getByLabel("Title").fill("Sampling temperature");
    await entry.getByRole("button", { name: "Keep the change" }).click();
    await expect(ines.getByText("1 unsaved change of the rules")).toBeVisible();
    await ines.reload();
    await expect(ines.getByText("1 unsaved change of the rules")).toBeVisible();
    await ines.getByRole("button", { name: "Save the rules" }).click();
    const save = ines.getByRole("dialog", { name: "Save the rules" });
    await save.getByLabel("Reason").fill("Its name as people say it");
    await save.getByRole("button", { name: "Save the rules" }).click();
    await expect(ines.getByText("The rules are in force")).toBeVisible();
  });

  await test.step("the system is protected", async () => {
    await ines.goto(`/systems/${house.slug}/settings`);
    await ines.getByRole("button", { name: "Protect the rules…" }).click();
    const dialog = ines.getByRole("dialog").or(ines.getByRole("alertdialog"));
    await dialog.getByLabel("Reason").fill("The system goes into production");
    const confirm = dialog.getByRole("textbox", { name: /^Type/ });
    if (await confirm.isVisible()) await confirm.fill(house.slug);
    await dialog.getByRole("button", { name: /^Protect/ }).click();
    await expect(ines.getByText("Protected", { exact: true }).first()).toBeVisible();
  });

  await test.step("a stricter schema is proposed, approved and put in force", async () => {
    await ines.goto(page);
    await ines.getByRole("link", { name: "Sampling temperature" }).click();
    const entry = ines.getByRole("dialog", { name: "Parameter" });
    await entry.getByLabel("Schema").fill('{"type": "number", "minimum": 0, "maximum": 1}');
    await entry.getByRole("button", { name: "Keep the change" }).click();
    await ines.getByRole("button", { name: "Propose change request" }).click();
    const propose = ines.getByRole("dialog", { name: "Propose these rules" });
    await propose.getByLabel("Title").fill("No temperature above one");
    await propose.getByLabel("Reason").fill("Nobody has a use for answers that warm");
    await propose.getByRole("button", { name: "Propose change request" }).click();
    await ines.waitForURL(/\/changes\/\d+$/);
    await grace.goto(ines.url());
    await grace.getByRole("button", { name: "Review changes" }).click();
    await submitReview(grace, { verdict: "Approve", summary: "One is warm enough", button: "Approve" });
    await ines.reload();
    await applyByDialog(ines, "Put the rules in force");
    await expect(ines.getByText("It took effect")).toBeVisible();
    await ines.goto(`/systems/${house.slug}/history`);
    const newest = ines.getByRole("table", { name: "Versions of the rules" }).getByRole("row").nth(1);
    await expect(newest).toContainText("Nobody has a use for answers that warm");
  });
});

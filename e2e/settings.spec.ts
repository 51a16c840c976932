import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { ELENA, GRACE, INES, MARTA, TOM } from "../prisma/seed/people.ts";
import { expect, signInByForm, test } from "./fixtures.ts";
import { aHouse, aPolicy, aPromotion, aVersion } from "./support/house.ts";
import { password } from "./support/someone.ts";

const unique = () => randomBytes(4).toString("hex");

test("a member is invited with a role, put into a group, given another role, and signs in", async ({
  page,
  browserOf,
}) => {
  const name = `Guest ${unique()}`;
  const email = `${name.toLowerCase().replace(" ", "-")}@wrenfield.example`;
  const ines = await browserOf(INES);
  await ines.goto("/settings/members");
  await ines.getByRole("button", { name: "Add a member" }).click();
  const invite = ines.getByRole("dialog", { name: "Add a member" });
  await invite.getByLabel("Name", { exact: true }).fill(name);
  await invite.getByLabel("E-mail").fill(email);
  await invite.getByLabel("Initial password").fill(password);
  await invite.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await invite.getByRole("button", { name: "Add member" }).click();
  await expect(invite).toBeHidden();

  const group = `Guests ${unique()}`;
  await ines.goto("/settings/groups");
  await ines.getByRole("button", { name: "New group" }).click();
  const making = ines.getByRole("dialog", { name: "New group" });
  await making.getByLabel("Name").fill(group);
  await making.getByLabel("Slug").fill(group.toLowerCase().replace(" ", "-"));
  await making.getByRole("button", { name: "Make group" }).click();
  await expect(making).toBeHidden();
  await ines.goto(`/settings/groups/${group.toLowerCase().replace(" ", "-")}`);
  await ines.getByRole("button", { name: "Add someone" }).click();
  const adding = ines.getByRole("dialog", { name: "Add someone to the group" });
  await adding.getByLabel("Person").selectOption({ label: `${name} (${email})` });
  await adding.getByRole("button", { name: "Add to group" }).click();
  await expect(ines.getByRole("link", { name })).toBeVisible();
  await ines.getByRole("button", { name: "Grant a role" }).click();
  const granting = ines.getByRole("dialog", { name: "Grant a role" });
  await granting.getByRole("combobox", { name: "Role" }).selectOption("auditor");
  await granting.getByRole("button", { name: "Grant role" }).click();
  await expect(ines.getByRole("button", { name: /^Revoke Auditor/ })).toBeVisible();

  await signInByForm(page, email, password);
  await page.goto("/audit");
  await expect(page.getByRole("heading", { name: "Audit trail", level: 1 })).toBeVisible();
});

test("a freeze window keeps a promotion out until it is removed", async ({ browserOf, apiOf }) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const frozen = aPolicy({ id: "released", requests: ["promotion"], approvals: 0, requiredChecks: ["freeze_window"] });
  const house = await aHouse(administrator, { policies: [frozen] });
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  const number = await aPromotion(author, house, { version, environment: "development" });
  const name = `Move of ${house.name}`;
  const [ines, tom] = await Promise.all([browserOf(INES), browserOf(TOM)]);

  await ines.goto("/settings/freeze-windows");
  await ines.getByRole("button", { name: "Define window" }).click();
  const dialog = ines.getByRole("dialog", { name: "Define a freeze window" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Opens (cron)").fill("every day");
  await dialog.getByLabel("Lasts, in minutes").fill("2880");
  await dialog.getByRole("combobox", { name: "Systems" }).fill(house.name);
  await ines.getByRole("option", { name: house.name }).click();
  await dialog.getByLabel("Reason").fill("The machines are being moved");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/cron/).first()).toBeVisible();
  await dialog.getByLabel("Opens (cron)").fill("0 0 * * *");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const row = ines.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Frozen");
  await expect(row).toContainText(house.slug);

  await tom.goto(`/changes/${number}`);
  await tom.getByRole("button", { name: "Can’t apply yet: 1 check" }).click();
  await expect(tom.getByRole("dialog", { name: "Can’t apply yet" })).toContainText(name);
  await row.getByRole("button", { name: "Remove" }).click();
  const removal = ines.getByRole("dialog", { name: `Remove ${name}` }).or(ines.getByRole("alertdialog"));
  await removal.getByLabel("Reason").fill("The machines are in their place");
  await removal.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(row).toHaveCount(0);
  await tom.goto(`/changes/${number}`);
  await expect(tom.getByRole("button", { name: "Deploy to Development" })).toBeVisible();
});

test("an auditor keeps a view, exports what it shows, and checks the whole log", async ({ browserOf }) => {
  const elena = await browserOf(ELENA);
  const name = `Threshold ${unique()}`;
  await elena.goto("/audit?system=support-assistant&action=change.applied");
  const rows = elena.getByRole("table", { name: "Audit events" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  await elena.getByRole("button", { name: "Views" }).click();
  const views = elena.getByRole("dialog", { name: "Saved views" });
  await views.getByLabel("Name of this view").fill(name);
  await views.getByRole("button", { name: "Save this view" }).click();
  await expect(views.getByRole("link", { name })).toBeVisible();
  await elena.goto("/audit");
  await elena.getByRole("button", { name: "Views" }).click();
  await views.getByRole("link", { name }).click();
  await expect(elena).toHaveURL(/action=change\.applied/);

  await elena.getByRole("button", { name: "Export" }).click();
  const begun = elena.waitForEvent("download");
  await elena
    .getByRole("dialog", { name: "Export these events" })
    .getByRole("link", { name: /^NDJSON/ })
    .click();
  const lines = readFileSync(await (await begun).path(), "utf8")
    .trim()
    .split("\n");
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.every((line) => JSON.parse(line).event.action === "change.applied")).toBe(true);
  await elena.goto("/audit?action=audit.*");
  await expect(rows.filter({ hasText: "Elena Petrova" }).first()).toBeVisible();
});

test("the whole log is checked from its page", async ({ browserOf }) => {
  const ines = await browserOf(INES);
  await ines.goto("/audit/verify");
  await ines.getByRole("button", { name: "Check now" }).click();
  await expect(ines.getByText(/^All [\d,]+ events fit$/)).toBeVisible({ timeout: 45_000 });
  await expect(ines.getByText(/asked for by Ines Carvalho/)).toBeVisible();
});

test("a version leaves as a file that says what it is", async ({ browserOf, apiOf }) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const version = await aVersion({ author, reviewer }, await aHouse(await apiOf(INES)));
  const marta = await browserOf(MARTA);
  await marta.goto(`/versions/${version}`);
  const begun = marta.waitForEvent("download");
  await marta.getByRole("link", { name: /^JSON/ }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(/assistant.*1\.0\.0.*\.json$/);
  expect(JSON.parse(readFileSync(await file.path(), "utf8"))).toMatchObject({ temperature: 0.2, max_tokens: 800 });
});

import { INES } from "../prisma/seed/people.ts";
import { expect, signInByForm, test } from "./fixtures.ts";
import { apiOver } from "./support/api.ts";
import { aPerson, password } from "./support/someone.ts";

const wrong = "The e-mail address or the password is not right";

test("a wrong password and an unknown person get the same answer, and a page that was asked for comes after", async ({
  page,
  apiOf,
}) => {
  const { email } = await aPerson(await apiOf(INES), { role: "viewer" });
  await page.goto("/deployments");
  await expect(page.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
  for (const typed of [email, "nobody@wrenfield.example"]) {
    await page.getByLabel("E-mail").fill(typed);
    await page.getByLabel("Password").fill("not-the-password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText(wrong)).toBeVisible();
  }
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/deployments");
  await expect(page.getByRole("heading", { name: "Deployments", level: 1 })).toBeVisible();
});

test("signing out ends a copied cookie at once", async ({ page, browser, apiOf }) => {
  const { email, name } = await aPerson(await apiOf(INES), { role: "viewer" });
  await signInByForm(page, email, password);
  const copy = await browser.newContext();
  await copy.addCookies(await page.context().cookies());
  expect((await copy.request.get("/api/v1/me")).status()).toBe(200);
  await page.getByRole("button", { name: `Account of ${name}` }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  expect((await copy.request.get("/api/v1/me")).status()).toBe(401);
  const thief = await copy.newPage();
  await thief.goto("/systems");
  await expect(thief.getByRole("heading", { name: "Sign in to Plumbline" })).toBeVisible();
  await copy.close();
});

test("a revoked role takes effect at once", async ({ page, browserOf, apiOf }) => {
  const { id, email, name } = await aPerson(await apiOf(INES), { role: "auditor" });
  await signInByForm(page, email, password);
  await page.goto("/audit");
  await expect(page.getByRole("heading", { name: "Audit trail", level: 1 })).toBeVisible();
  const ines = await browserOf(INES);
  await ines.goto(`/settings/members/${id}`);
  await expect(ines.getByRole("heading", { name, level: 1 })).toBeVisible();
  await ines.getByRole("button", { name: /^Revoke Auditor/ }).click();
  await ines.getByRole("alertdialog").or(ines.getByRole("dialog")).getByRole("button", { name: "Revoke role" }).click();
  await expect(ines.getByRole("button", { name: /^Revoke Auditor/ })).toHaveCount(0);
  await expect.poll(async () => (await page.request.get("/api/v1/audit/events")).status()).toBeGreaterThanOrEqual(401);
  await page.goto("/audit");
  await expect(page.getByRole("table", { name: "Audit events" })).toHaveCount(0);
});

test("a deactivated person is out at once and can't come back", async ({ page, browserOf, apiOf }) => {
  const { id, email, name } = await aPerson(await apiOf(INES), { role: "viewer" });
  await signInByForm(page, email, password);
  const ines = await browserOf(INES);
  await ines.goto(`/settings/members/${id}`);
  await ines.getByRole("button", { name: "Deactivate" }).click();
  const dialog = ines.getByRole("alertdialog").or(ines.getByRole("dialog"));
  await expect(dialog).toContainText(`Deactivate ${name}?`);
  await dialog.getByLabel("Reason").fill("Has left the company");
  await dialog.getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(ines.getByRole("button", { name: "Reactivate" })).toBeVisible();
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText(wrong)).toBeVisible();
});

test("a token is shown once, works within its role, and ends when it is revoked", async ({
  browserOf,
  playwright,
  baseURL,
}) => {
  const ines = await browserOf(INES);
  await ines.goto("/settings/tokens");
  const name = `Pipeline ${Date.now()}`;
  await ines.getByRole("button", { name: "New token" }).click();
  const dialog = ines.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await dialog.getByRole("button", { name: "Make token" }).click();
  const secret = (await dialog.getByText(/^plb_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(ines.getByText(secret)).toHaveCount(0);

  const context = await playwright.request.newContext({ baseURL });
  const machine = apiOver(context, { authorization: `Bearer ${secret}` });
  expect((await machine.ask("GET", "/systems")).status).toBe(200);
  const refused = await machine.ask("POST", "/systems/support-assistant/bundles", {
    slug: "mine",
    name: "Mine",
    description: "",
  });
  expect(refused.status).toBe(403);

  const row = ines.getByRole("row").filter({ hasText: name });
  await ines.reload();
  await expect(row).not.toContainText("never");
  await row.getByRole("button", { name: "Revoke" }).click();
  await ines
    .getByRole("alertdialog")
    .or(ines.getByRole("dialog"))
    .getByRole("button", { name: "Revoke token" })
    .click();
  await expect(row).toContainText("Revoked");
  expect((await machine.ask("GET", "/systems")).status).toBe(401);
  await context.dispose();
});

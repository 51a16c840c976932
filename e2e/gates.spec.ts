import { z } from "zod";
import { GRACE, INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aChange, aHouse, aPolicy, aPromotion, approve, aVersion, firstText, promote } from "./support/house.ts";
import { applyByDialog } from "./support/pages.ts";

const Checks = z.array(z.object({ id: z.string(), title: z.string(), status: z.string(), isBlocking: z.boolean() }));
const Report = z.object({ canApply: z.boolean(), checks: Checks });
const Refused = z.object({ gates: Checks });

const strict = aPolicy({
  id: "production",
  title: "Production is careful",
  requests: ["promotion"],
  environments: ["production"],
  requiredChecks: ["approvals", "soak", "hold", "pipeline_order"],
  soakMinutes: 60,
});

test("a refused apply lists every gate at once, an override stays visible, and the API says the same", async ({
  browserOf,
  apiOf,
}) => {
  const [author, reviewer, responder] = await Promise.all([apiOf(TOM), apiOf(GRACE), apiOf(SAM)]);
  const house = await aHouse(await apiOf(INES), { policies: [strict] });
  const version = await aVersion({ author, reviewer }, house);
  await promote(author, house, { version, through: ["development", "staging"] });
  const number = await aPromotion(author, house, { version, environment: "production" });
  const hold = `/systems/${house.slug}/environments/production/hold`;
  await responder.send("PUT", hold, { reason: "An incident is being looked into" });

  const dryRun = Report.parse(await author.send("GET", `/changes/${number}/gates`));
  const inTheWay = dryRun.checks.filter((one) => one.isBlocking && one.status !== "passed").map((one) => one.title);
  expect(dryRun.canApply).toBe(false);
  expect(inTheWay.toSorted()).toEqual(["Approvals", "Hold", "Soak"]);
  const refused = await author.ask("POST", `/changes/${number}/apply`);
  expect(refused.status).toBe(409);
  const { gates } = Refused.parse(refused.body);
  const byName = (one: { readonly id: string }, other: { readonly id: string }) => one.id.localeCompare(other.id);
  expect(gates.toSorted(byName)).toEqual(dryRun.checks.toSorted(byName));

  const sam = await browserOf(SAM);
  await sam.goto(`/changes/${number}`);
  await sam.getByRole("button", { name: "Can’t apply yet: 3 checks" }).click();
  const dialog = sam.getByRole("dialog", { name: "Can’t apply yet" });
  for (const title of inTheWay) await expect(dialog.getByRole("listitem").filter({ hasText: title })).toBeVisible();
  await expect(dialog.getByText("Who can clear it:")).toHaveCount(3);
  await dialog.getByRole("link", { name: "All checks" }).click();
  await sam.waitForURL(`**/changes/${number}/checks`);

  await sam.getByRole("button", { name: "Override… Soak" }).click();
  const override = sam.getByRole("dialog", { name: "Override: Soak" });
  await override.getByLabel("Reason").fill("too short");
  await override.getByRole("button", { name: "Override the gate" }).click();
  await expect(override.getByText(/at least 10 characters; auditors/).first()).toBeVisible();
  await override.getByLabel("Reason").fill("The vendor retires the old release tonight");
  await override.getByRole("button", { name: "Override the gate" }).click();
  await expect(override).toBeHidden();
  await expect(sam.getByText("1 exception", { exact: true })).toBeVisible();
  await expect(sam.getByRole("heading", { name: "Exceptions" })).toBeVisible();
  await expect(sam.getByText("In force", { exact: true })).toBeVisible();

  await responder.send("DELETE", hold, { reason: "The incident was elsewhere" });
  await approve(reviewer, number);
  const tom = await browserOf(TOM);
  await tom.goto(`/changes/${number}`);
  await applyByDialog(tom, "Deploy to Production", "production");
  await expect(tom.getByText("It took effect")).toBeVisible();
  await expect(tom.getByText("1 exception", { exact: true })).toBeVisible();
  await tom.goto(`/changes/${number}/checks`);
  await expect(tom.getByText("Checks, as it was applied")).toBeVisible();
  await expect(tom.getByText("The vendor retires the old release tonight").first()).toBeVisible();
});

test("what is wrong with a text blocks it for everyone, and nobody may override the schema", async ({
  browserOf,
  apiOf,
}) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  const { number } = await aChange(author, house, { base: firstText.replace("0.2", "7") });
  await approve(reviewer, number);
  const sam = await browserOf(SAM);
  await sam.goto(`/changes/${number}`);
  await sam.getByRole("button", { name: "Can’t apply yet: 1 check" }).click();
  const dialog = sam.getByRole("dialog", { name: "Can’t apply yet" });
  await expect(dialog.getByRole("listitem")).toContainText("Schema");
  await expect(dialog.getByText("Nobody may override it")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).first().click();
  await sam.goto(`/changes/${number}/checks`);
  await expect(sam.getByText(/temperature/i).first()).toBeVisible();
  await expect(sam.getByRole("button", { name: /^Override… Schema/ })).toHaveCount(0);
});

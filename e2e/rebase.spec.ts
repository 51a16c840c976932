import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aChange, aHouse, approve, aVersion, firstText } from "./support/house.ts";

/** Two open requests on the first version; the first one has just taken effect. */
const put = (from: string, to: string) => firstText.replace(from, to);

test("a request whose base has moved under the same parameter is rebased by deciding the conflict", async ({
  browserOf,
  apiOf,
}) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  await aVersion({ author, reviewer }, house);
  const first = await aChange(author, house, { base: put("temperature: 0.2", "temperature: 0.3") });
  const base = put("temperature: 0.2", "temperature: 0.6").replace("800", "900");
  const second = await aChange(author, house, { base, title: "Warmer and longer" });
  await approve(reviewer, second.number);
  await approve(reviewer, first.number);
  await author.send("POST", `/changes/${first.number}/apply`);

  const tom = await browserOf(TOM);
  await tom.goto(`/changes/${second.number}`);
  await expect(tom.getByText("The base has moved")).toBeVisible();
  await tom.getByRole("link", { name: "Rebase…" }).click();
  await expect(tom.getByText("1 conflict is left to decide")).toBeVisible();
  await expect(tom.getByRole("button", { name: "Rebase", exact: true })).toBeDisabled();
  await tom.getByRole("button", { name: /^Keep this change’s value of .*\/temperature/ }).click();
  await expect(tom.getByText("1 approval is dismissed")).toBeVisible();
  await tom.getByRole("button", { name: "Rebase", exact: true }).click();
  await tom.waitForURL(`**/changes/${second.number}/changes`);
  const row = (pointer: string) => tom.getByRole("row").filter({ hasText: pointer });
  await expect(row("/temperature")).toContainText("0.3");
  await expect(row("/temperature")).toContainText("0.6");
  await expect(row("/max_tokens")).toContainText("900");
});

test("a request whose base has moved elsewhere merges by itself", async ({ browserOf, apiOf }) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  await aVersion({ author, reviewer }, house);
  const first = await aChange(author, house, { base: put("temperature: 0.2", "temperature: 0.3") });
  const second = await aChange(author, house, { base: put("800", "700") });
  await approve(reviewer, first.number);
  await author.send("POST", `/changes/${first.number}/apply`);

  const tom = await browserOf(TOM);
  await tom.goto(`/changes/${second.number}/rebase`);
  await expect(tom.getByText("they merge by themselves")).toBeVisible();
  await tom.getByRole("button", { name: "Rebase", exact: true }).click();
  await tom.waitForURL(`**/changes/${second.number}/changes`);
  await expect(tom.getByRole("heading", { name: "1 changed parameter" })).toBeVisible();
  await expect(tom.getByRole("row").filter({ hasText: "/max_tokens" })).toContainText("700");
  await expect(tom.getByText("The base has moved")).toBeHidden();
});

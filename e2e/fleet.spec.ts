import { GRACE, INES, JOAO, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aVersion, firstText, promote } from "./support/house.ts";
import { aRuntime } from "./support/runtime.ts";

test("a platform engineer connects a runtime from the empty fleet page and sees what it runs", async ({
  browserOf,
  apiOf,
  request,
}) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version, through: ["development"] });
  const ines = await browserOf(INES);
  const fleet = `/systems/${house.slug}/environments/development/fleet`;

  await test.step("the empty page says how, and makes the token", async () => {
    await ines.goto(`/systems/${house.slug}/environments/development`);
    await ines.getByRole("link", { name: "Fleet", exact: true }).click();
    await expect(ines.getByRole("heading", { name: "No runtime has reported yet" })).toBeVisible();
    await expect(ines.getByRole("group", { name: "The request" })).toContainText("/runtime/v1/configuration");
    await expect(ines.getByRole("group", { name: "The command of the agent" })).toContainText("plumbline agent");
    await ines.getByRole("button", { name: "Make a token" }).click();
    const dialog = ines.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make token" }).click();
    const secret = ((await dialog.getByTestId("token-secret").textContent()) ?? "").trim();
    const answer = await request.get("/runtime/v1/configuration?bundle=assistant", {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(answer.status()).toBe(200);
    await dialog.getByRole("button", { name: "Done" }).click();
  });

  await test.step("what reports is grouped by fleet and digest", async () => {
    const runtime = await aRuntime(request, administrator, { house, environment: "development" });
    const declared = await runtime.fetch();
    for (const instance of ["west-1", "west-2", "west-3"]) {
      await runtime.report({ instance, fleet: "eu-west", document: declared, health: "ok" });
    }
    const other = { ...declared, temperature: 0.9 };
    await runtime.report({ instance: "west-4", fleet: "eu-west", document: other, health: "degraded" });
    const table = ines.getByRole("table", { name: "Fleets of Assistant" });
    const row = (digest: string) => table.getByRole("row").filter({ hasText: digest });
    await expect(row("In sync")).toContainText("3");
    await expect(row("Drifted")).toContainText("Degraded");
    await row("Drifted").getByRole("link", { name: "eu-west" }).click();
    await expect(ines.getByRole("table", { name: "Instances" }).getByRole("link")).toHaveText(["west-4"]);
  });

  await test.step("an instance is compared with what is declared", async () => {
    await ines.getByRole("link", { name: "west-4" }).click();
    await expect(ines.getByRole("heading", { level: 1, name: "west-4" })).toBeVisible();
    await ines.getByRole("link", { name: "Compare with what is declared" }).click();
    await expect(ines.getByRole("row").filter({ hasText: "/temperature" })).toContainText("0.9");
  });

  await test.step("who may not make tokens is told who can", async () => {
    const empty = await aHouse(administrator);
    const first = await aVersion({ author, reviewer: await apiOf(GRACE) }, empty);
    await promote(author, empty, { version: first, through: ["development"] });
    const tom = await browserOf(TOM);
    await tom.goto(`/systems/${empty.slug}/environments/development/fleet`);
    await expect(tom.getByText("You may not make tokens here")).toBeVisible();
    await expect(tom.getByRole("button", { name: "Make a token" })).toHaveCount(0);
  });

  await test.step("whoever may not read the system sees nothing of its fleet", async () => {
    const joao = await browserOf(JOAO);
    const answer = await joao.goto(fleet);
    expect([403, 404]).toContain(answer?.status());
  });
});

test("thresholds show each relaxation with who approved it, and how much of the limit is used", async ({
  browserOf,
  apiOf,
}) => {
  const [administrator, author, reviewer] = await Promise.all([apiOf(INES), apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(administrator);
  for (const base of [firstText, firstText.replace("threshold: 0.7", "threshold: 0.75")]) {
    const version = await aVersion({ author, reviewer }, house, { base });
    await promote(author, house, { version, through: ["development"] });
  }
  const ines = await browserOf(INES);
  await ines.goto(`/systems/${house.slug}/thresholds`);
  await expect(ines.getByRole("heading", { name: "Injection threshold" })).toBeVisible();
  await expect(ines.getByText("relaxed by 0.05, no limit set").first()).toBeVisible();
  await expect(
    ines.getByRole("img", { name: /^Injection threshold over time in Development: 1 relaxation/ }),
  ).toBeVisible();
  const steps = ines.getByRole("list", { name: "Relaxations in Development" });
  await expect(steps).toContainText("relaxed by 0.05");
  await expect(steps).toContainText("to 0.75");
  await ines.getByText("The same as a table").click();
  const history = ines.getByRole("table", { name: "History of Injection threshold" });
  await expect(history.getByRole("row")).toHaveCount(3);
  await ines.goto(`/systems/${house.slug}/flags`);
  await expect(ines.getByRole("heading", { name: "No flag" })).toBeVisible();
});

import { GRACE, INES, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aHouse, aVersion, firstText, promote } from "./support/house.ts";
import { aRuntime } from "./support/runtime.ts";

const reason = "Support asked for it during the outage of the bank";

test("a change by hand is seen without loading the page again, taken, put out of sight and accepted", async ({
  browserOf,
  apiOf,
  request,
}) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version, through: ["development"] });
  const runtime = await aRuntime(request, administrator, { house, environment: "development" });
  const declared = await runtime.fetch();
  const ines = await browserOf(INES);
  const place = ines.getByRole("region", { name: `${house.name} in Development` });
  let finding = "";

  await test.step("the board says in turn: unknown, in sync, drifted", async () => {
    const followed = ines.waitForResponse((response) => response.url().includes("/api/live"));
    await ines.goto("/");
    await followed;
    await expect(place).toContainText("Unknown");
    await expect(place.getByRole("link", { name: "Connect a runtime" })).toBeVisible();
    for (const instance of ["pod-1", "pod-2"]) await runtime.report({ instance, document: declared, health: "ok" });
    await expect(place).toContainText("In sync");
    await expect(place).toContainText("Healthy");
    await expect(place).toContainText("2 instances");
    await runtime.report({
      instance: "pod-2",
      document: { ...declared, threshold: 0.9 },
      origins: { "/threshold": "file /etc/assistant.yaml" },
      health: "ok",
    });
    await expect(place).toContainText("Drifted");
    const next = place.getByRole("link", { name: /^Review F-/ });
    finding = ((await next.textContent()) ?? "").trim().replace("Review ", "");
    await next.click();
  });

  await test.step("the finding says what is declared, what runs, since when and where", async () => {
    await ines.waitForURL(`**/drift/${finding.slice(2)}`);
    await expect(ines.getByRole("heading", { level: 1 })).toContainText("relaxed by 0.2");
    const values = ines.getByRole("region", { name: "Injection threshold" });
    await expect(values).toContainText("0.7");
    await expect(values).toContainText("0.9");
    await expect(values).toContainText("Set by file /etc/assistant.yaml");
    const affected = ines.getByRole("table", { name: "Runtimes that show it" });
    await expect(affected.getByRole("link", { name: "pod-2" })).toBeVisible();
    await expect(affected.getByRole("link", { name: "pod-1" })).toHaveCount(0);
    await expect(ines.getByRole("region", { name: "What happened" })).toContainText("Opened");
  });

  await test.step("it is taken from the list, whose filters are in the address", async () => {
    await ines.goto(`/drift?system=${house.slug}`);
    const row = ines.getByRole("row").filter({ hasText: finding });
    await expect(row).toContainText("Threshold relaxed");
    await expect(row).toContainText("Open");
    await ines.getByLabel("Severity", { exact: true }).selectOption("low");
    await expect(ines.getByText("No finding matches")).toBeVisible();
    await ines.goBack();
    await row.getByRole("button", { name: "Details" }).click();
    await ines.getByRole("button", { name: "Acknowledge" }).click();
    await expect(row).toContainText("Acknowledged");
    await expect(row).toContainText("Ines Carvalho");
  });

  await test.step("it is put out of sight for a week, and shown again", async () => {
    await ines.goto(`/drift/${finding.slice(2)}`);
    await ines.getByRole("button", { name: "Suppress…" }).click();
    const dialog = ines.getByRole("dialog", { name: `Suppress ${finding}` });
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: `Suppress ${finding}` }).click();
    await expect(dialog).toBeHidden();
    await expect(ines.getByText("Out of sight for a while")).toBeVisible();
    await ines.getByRole("button", { name: "Show it again" }).click();
    await expect(ines.getByText("Out of sight for a while")).toBeHidden();
  });

  await test.step("it is accepted: a change request would declare what runs", async () => {
    await ines.getByRole("button", { name: "Accept…" }).click();
    const dialog = ines.getByRole("dialog", { name: `Accept ${finding}` });
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "Open the change request" }).click();
    await ines.waitForURL(/\/changes\/\d+$/);
    await expect(ines.getByRole("heading", { level: 1 })).toContainText(finding);
    await ines.goto(`/drift/${finding.slice(2)}`);
    await expect(ines.getByText("A change request would declare the observed value")).toBeVisible();
  });

  await test.step("it ends by itself when the difference is gone", async () => {
    await runtime.report({ instance: "pod-2", document: declared, health: "ok" });
    await expect(ines.getByText("The difference has been gone since")).toBeVisible();
    await ines.goto(`/insights?system=${house.slug}&days=7`);
    await expect(ines.getByRole("region", { name: "Drift by kind" })).toContainText("Threshold relaxed");
  });
});

test("an ignore rule hides a difference, shows what it hides, and ends", async ({ browserOf, apiOf, request }) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version, through: ["development"] });
  const runtime = await aRuntime(request, administrator, { house, environment: "development" });
  const declared = await runtime.fetch();
  await runtime.report({ instance: "pod-1", document: { ...declared, max_tokens: 900 } });
  const ines = await browserOf(INES);

  await test.step("added from the finding, with its pattern filled in", async () => {
    await ines.goto(`/drift?system=${house.slug}`);
    await expect(async () => {
      await ines.reload();
      await expect(ines.getByRole("link", { name: /^Longest answer is 900/ })).toBeVisible({ timeout: 1_000 });
    }, "the report was compared").toPass();
    await ines.getByRole("link", { name: /^Longest answer is 900/ }).click();
    await ines.getByRole("link", { name: "Ignore…" }).click();
    const dialog = ines.getByRole("dialog", { name: "Add an ignore rule" });
    await expect(dialog.getByLabel("Pattern")).toHaveValue("/max_tokens");
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step("what it hides does not count, and can be shown", async () => {
    const rule = ines.getByRole("row").filter({ hasText: "/max_tokens" });
    await rule.getByRole("link", { name: "/max_tokens" }).click();
    await expect(ines.getByRole("table", { name: "Hidden differences" })).toContainText("Longest answer is 900");
    await ines.goto(`/systems/${house.slug}/environments/development`);
    await expect(ines.getByText("In sync").first()).toBeVisible();
  });

  await test.step("ended, it hides nothing any more", async () => {
    await ines.goto(`/drift/ignore-rules?system=${house.slug}`);
    await ines.getByRole("button", { name: "End… /max_tokens", exact: true }).click();
    const dialog = ines.getByRole("dialog", { name: "End the ignore rule" });
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: "End the rule" }).click();
    await expect(dialog).toBeHidden();
    await expect(ines.getByText("No ignore rule matches")).toBeVisible();
  });
});

test("a restore says what it touches before it starts, and a view of the board is saved", async ({
  browserOf,
  apiOf,
  request,
}) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house, {
    base: `${firstText}extra:\n  one: 1\n  two: 2\n  three: 3\n  four: 4\n  five: 5\n  six: 6\n`,
  });
  await promote(author, house, { version, through: ["development"] });
  const runtime = await aRuntime(request, administrator, { house, environment: "development" });
  const declared = await runtime.fetch();
  await runtime.report({ instance: "pod-1", document: { ...declared, temperature: 0.9 } });
  const ines = await browserOf(INES);
  const restore = `/drift/restore?system=${house.slug}&environment=development&bundle=assistant`;
  await expect(async () => {
    await ines.goto(restore);
    await expect(ines.getByRole("region", { name: "What it would touch" })).toContainText("/temperature", {
      timeout: 1_000,
    });
  }, "the report was compared").toPass();
  await ines.getByLabel("Reason").fill(reason);
  await ines.getByRole("button", { name: "Restore Assistant in Development" }).click();
  await ines.waitForURL("**/drift/remediations");
  const row = ines.getByRole("row").filter({ hasText: house.name });
  await expect(row).toContainText("Acting");
  await row.getByRole("button", { name: /^Cancel R-/ }).click();
  const dialog = ines.getByRole("dialog", { name: /^Cancel R-/ });
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: /^Cancel R-/ }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("Cancelled");

  await ines.goto(`/drift?system=${house.slug}&severity=critical`);
  await ines.getByRole("button", { name: "Views" }).click();
  const name = `Critical of ${house.name}`;
  await ines.getByLabel("Name of this view").fill(name);
  await ines.getByRole("button", { name: "Save this view" }).click();
  await expect(ines.getByText("View saved")).toBeVisible();
  await ines.goto("/drift");
  await ines.getByRole("button", { name: "Views" }).click();
  await ines.getByRole("link", { name }).click();
  await expect(ines).toHaveURL(new RegExp(`system=${house.slug}`));
});

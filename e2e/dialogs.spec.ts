import type { Locator, Page } from "@playwright/test";
import { GRACE, INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./fixtures.ts";
import { aChange, aHouse, aPolicy, aPromotion, aVersion, firstText, promote } from "./support/house.ts";
import { aRuntime } from "./support/runtime.ts";

type Opening = { readonly button: string | RegExp; readonly opens: string | RegExp };

/** Opens it, looks at it in both looks, and closes it with Escape; the focus returns to what opened it. */
async function tour(page: Page, trigger: Locator, title: string | RegExp): Promise<void> {
  await trigger.click();
  const dialog = page.getByRole("dialog", { name: title }).or(page.getByRole("alertdialog", { name: title }));
  await expect(dialog).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

async function tourAll(page: Page, openings: readonly Opening[]): Promise<void> {
  for (const { button, opens } of openings) {
    const trigger = page.getByRole("button", { name: button, exact: true }).first();
    await test.step(String(opens), () => tour(page, trigger, opens));
    await expect(trigger, `the focus after ${opens}`).toBeFocused();
  }
}

// Each test opens several dialogs and looks at each twice.
test.describe.configure({ timeout: 240_000 });

test("dialogs of a change request", { tag: "@phone" }, async ({ browserOf, apiOf }) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const careful = aPolicy({
    id: "careful",
    requests: ["promotion"],
    environments: ["production"],
    requiredChecks: ["approvals", "soak"],
    soakMinutes: 60,
  });
  const house = await aHouse(await apiOf(INES), { policies: [careful] });
  const version = await aVersion({ author, reviewer }, house);
  await promote(author, house, { version, through: ["development", "staging"] });
  const number = await aPromotion(author, house, { version, environment: "production" });
  const sam = await browserOf(SAM);
  await sam.goto(`/changes/${number}/checks`);
  await tourAll(sam, [
    { button: /^(Can’t apply|Not) yet: \d checks$/, opens: "Can’t apply yet" },
    { button: "Override… Soak", opens: "Override: Soak" },
  ]);
  const grace = await browserOf(GRACE);
  await grace.goto(`/changes/${number}`);
  await tourAll(grace, [{ button: "Review changes", opens: `Review #${number}` }]);
  const tom = await browserOf(TOM);
  const next = await aChange(author, house, { base: firstText.replace("0.2", "0.3") });
  await tom.goto(`/changes/${next.number}`);
  for (const [item, title] of [
    ["Edit title and reason", "Edit title and reason"],
    ["Recall to draft", "Recall this change?"],
    ["Close without applying", "Close without applying?"],
  ] as const) {
    await tom.getByRole("button", { name: "More actions" }).click();
    await tour(tom, tom.getByRole("menuitem", { name: item }), title);
  }
});

test("dialogs of an apply, a schedule, a hold and a verification", { tag: "@phone" }, async ({ browserOf, apiOf }) => {
  const [author, reviewer] = await Promise.all([apiOf(TOM), apiOf(GRACE)]);
  const house = await aHouse(await apiOf(INES));
  const version = await aVersion({ author, reviewer }, house);
  await promote(author, house, { version, through: ["development"] });
  const number = await aPromotion(author, house, { version, environment: "staging" });
  const sam = await browserOf(SAM);
  await sam.goto(`/changes/${number}`);
  await tourAll(sam, [{ button: "Deploy to Staging", opens: "Deploy to Staging?" }]);
  await sam.getByRole("button", { name: "More actions" }).click();
  await tour(sam, sam.getByRole("menuitem", { name: "Schedule" }), "Schedule");
  await sam.goto(`/systems/${house.slug}/environments/development`);
  await tourAll(sam, [
    { button: "Hold", opens: "Put Development on hold" },
    { button: "Verify", opens: /^Verify deployment/ },
  ]);
});

test("dialogs of systems, bundles and drafts", { tag: "@phone" }, async ({ browserOf, apiOf }) => {
  const author = await apiOf(TOM);
  const house = await aHouse(await apiOf(INES));
  const { draftId } = await aChange(author, house);
  const ines = await browserOf(INES);
  await ines.goto(`/systems/${house.slug}/bundles`);
  await tourAll(ines, [{ button: "Add a bundle", opens: "Add a bundle" }]);
  await ines.goto(`/systems/${house.slug}/environments`);
  await tourAll(ines, [{ button: "Add an environment", opens: "Add an environment" }]);
  await ines.goto(`/systems/${house.slug}/settings`);
  await tourAll(ines, [{ button: "Protect the rules…", opens: `Protect the rules of ${house.name}?` }]);
  await ines.goto(`/systems/${house.slug}/bundles/assistant`);
  await tourAll(ines, [{ button: "Archive…", opens: "Archive Assistant?" }]);
  await ines.goto(`/drafts/${draftId}`);
  await tourAll(ines, [
    { button: "Rename", opens: "Title of the draft" },
    { button: "Import", opens: "Import into base" },
  ]);
});

test("dialogs of settings and of the frame", { tag: "@phone" }, async ({ browserOf }) => {
  const ines = await browserOf(INES);
  await ines.goto("/settings/members");
  await tourAll(ines, [{ button: "Add a member", opens: "Add a member" }]);
  await ines.goto("/settings/groups");
  await tourAll(ines, [{ button: "New group", opens: "New group" }]);
  await ines.goto("/settings/tokens");
  await tourAll(ines, [{ button: "New token", opens: "New API token" }]);
  await ines.goto("/settings/freeze-windows");
  await tourAll(ines, [{ button: "Define window", opens: "Define a freeze window" }]);
  await ines.goto("/audit?action=change.applied");
  await tourAll(ines, [
    { button: "Views", opens: "Saved views" },
    { button: "Export", opens: "Export these events" },
    { button: /^Search or jump to/, opens: "Search and commands" },
  ]);
});

test("dialogs of drift and of fleets", { tag: "@phone" }, async ({ browserOf, apiOf, request }) => {
  const [administrator, author] = await Promise.all([apiOf(INES), apiOf(TOM)]);
  const house = await aHouse(administrator);
  const version = await aVersion({ author, reviewer: await apiOf(GRACE) }, house);
  await promote(author, house, { version, through: ["development"] });
  const ines = await browserOf(INES);
  await ines.goto(`/systems/${house.slug}/environments/development/fleet`);
  await tourAll(ines, [{ button: "Make a token", opens: "Token for runtimes of Development" }]);
  const runtime = await aRuntime(request, administrator, { house, environment: "development" });
  await runtime.report({ instance: "pod-1", document: { ...(await runtime.fetch()), temperature: 0.9 } });
  const finding = ines.getByRole("link", { name: /^Temperature is 0.9/ });
  await expect(async () => {
    await ines.goto(`/drift?system=${house.slug}`);
    await expect(finding).toBeVisible({ timeout: 1_000 });
  }, "the report was compared").toPass();
  await finding.click();
  await tourAll(ines, [
    { button: "Suppress…", opens: /^Suppress F-/ },
    { button: "Accept…", opens: /^Accept F-/ },
  ]);
  await ines.goto("/drift/ignore-rules");
  await tourAll(ines, [{ button: "Add an ignore rule", opens: "Add an ignore rule" }]);
});

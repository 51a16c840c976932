import type { Page } from "@playwright/test";
import { INES, JOAO } from "../prisma/seed/people.ts";
import { expect, expectAccessible, expectNoSidewaysScroll, test, untilStill } from "./fixtures.ts";
import { type Sights, seeSights } from "./support/sights.ts";

const system = "/systems/code-review-agent";
const assistant = "/systems/support-assistant";
const restore = "/drift/restore?system=support-assistant&environment=production&bundle=assistant";

/** Every page of the console, by where one finds it. */
const areas: Readonly<Record<string, (at: Sights) => readonly string[]>> = {
  overview: () => ["/", "/inbox", "/deployments", "/nothing-here"],
  systems: () => ["/systems", "/systems/new", system, `${system}/bundles`, `${system}/environments`],
  "a system's rules": () => [`${system}/parameters`, `${system}/constraints`, `${system}/dependencies`],
  "a system's policies": () => [`${system}/policies`, `${system}/document`, `${system}/history`, `${system}/settings`],
  "a bundle": ({ version }) => [`${system}/bundles/agent`, version, `${version}?show=effective:production`],
  "a draft": ({ draft }) => [draft, `${draft}?mode=yaml`, `${draft}?mode=json&layer=staging`],
  "change requests": () => ["/changes", "/changes?tab=mine", "/changes?tab=all&state=any", "/changes/new"],
  "an open request": ({ open }) => [open, `${open}/changes`, `${open}/effective`, `${open}/checks`],
  "an applied request": ({ open, applied }) => [applied, `${applied}/checks`, `${open}/timeline`, `${open}/rebase`],
  releases: ({ snapshot, comparison }) => [`${system}/environments/production`, snapshot, "/compare", comparison],
  drift: ({ finding }) => ["/drift", "/drift?severity=critical&state=any", finding, "/drift/ignore-rules"],
  restoring: () => ["/drift/remediations", restore],
  fleets: ({ instance }) => [
    `${assistant}/environments/production/fleet`,
    `${system}/environments/development/fleet`,
    instance,
  ],
  insights: () => ["/insights", "/insights?days=7", `${assistant}/thresholds`, `${assistant}/flags`],
  "the audit trail": ({ event }) => ["/audit", "/audit?action=change.*&text=threshold", event, "/audit/verify"],
  "hot-patches": ({ patch, owedPatch }) => ["/hot-patches", "/hot-patches?state=open", patch, owedPatch],
  "filing a hot-patch": () => ["/hot-patches/new", `/hot-patches/new?system=support-assistant&environment=staging`],
  settings: () => ["/settings/account", "/settings/tokens", "/settings/freeze-windows"],
  people: ({ member }) => ["/settings/members", member, "/settings/groups", "/settings/groups/safety"],
};

/** Pages whose longest part is made in the browser: an editor, or a text diff as long as what differs. */
const growing = /^\/(drafts|versions)\/|\/document$|^\/changes\/\d+\/(effective|changes)$|^\/compare\?|^\/drift\/\d+$/;

/** How much of the page moved by itself since it was opened: the sum of its layout shifts. */
async function watchLayout(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry && "hadRecentInput" in entry && !entry.hadRecentInput) shifts.sum += Number(entry.value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => Number(Reflect.get(Reflect.get(window, "shifts"), "sum")));
}

// Each test looks at several pages twice; a minute is meant for a test that looks at one.
test.describe.configure({ timeout: 240_000 });

for (const [area, pages] of Object.entries(areas)) {
  test(`${area}: for everyone, on every screen, and still`, { tag: "@phone" }, async ({ browserOf, apiOf }) => {
    const ines = await browserOf(INES);
    const shifted = await watchLayout(ines);
    for (const href of pages(await seeSights(await apiOf(INES)))) {
      await test.step(href, async () => {
        await ines.goto(href);
        await expect(ines.getByRole("heading", { level: 1 })).toBeVisible();
        await untilStill(ines);
        await expectNoSidewaysScroll(ines);
        if (!growing.test(href)) expect.soft(await shifted(), `${href} moves while it loads`).toBeLessThan(0.02);
        await expectAccessible(ines);
      });
    }
  });
}

test("the sign-in page, and a page that one may not see, are for everyone", { tag: "@phone" }, async ({
  page,
  browserOf,
}) => {
  await page.goto("/sign-in");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  const joao = await browserOf(JOAO);
  await joao.goto("/audit");
  await expect(joao.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSidewaysScroll(joao);
  await expectAccessible(joao);
});

import AxeBuilder from "@axe-core/playwright";
import {
  type APIRequest,
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { demoPassword } from "./demo.ts";
import { type Api, apiOver, signInOverHttp } from "./support/api.ts";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Sessions of this worker, so that a person's password is checked once. */
const sessions = new Map<string, Promise<Cookies>>();

/** Signs in by the form, as a person does, and waits for the console. */
export async function signInByForm(page: Page, email: string, password: string = demoPassword): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

async function newSession(request: APIRequest, email: string, baseURL: string): Promise<Cookies> {
  const context = await request.newContext({ baseURL });
  await signInOverHttp(context, email);
  const { cookies } = await context.storageState();
  await context.dispose();
  return cookies;
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

function inWords(violations: Violations): readonly string[] {
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

/** The console has no frames of other sites, so axe need not open a page of its own for each look at one. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true);

/** Fonts are there and nothing was added, removed or changed for a moment. Not "the network is idle": live pages keep a stream open. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise<void>((resolve) => {
      const end = () => {
        observer.disconnect();
        resolve();
      };
      let quiet = setTimeout(end, 300);
      const observer = new MutationObserver(() => {
        clearTimeout(quiet);
        quiet = setTimeout(end, 300);
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      // What ticks by itself, a countdown for example, must not keep anyone waiting.
      setTimeout(end, 4_000);
    });
  });
}

/**
 * axe (WCAG 2.2 A and AA, and best practices) finds nothing; on wide screens the rules about colours are asked again in
 * the dark look, whose colours are the same on every screen.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axe(page).analyze();
  expect.soft(inWords(light.violations), `${page.url()} in the light look`).toEqual([]);
  if ((page.viewportSize()?.width ?? 0) < 768) return;
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axe(page).withRules(["color-contrast", "link-in-text-block"]).analyze();
  expect.soft(inWords(dark.violations), `${page.url()} in the dark look`).toEqual([]);
}

/** Nothing of the page is beyond its right edge: one never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(beyond, `${page.url()} is wider than the screen, by pixels`).toBeLessThanOrEqual(0);
}

function watch(page: Page, errors: string[]): void {
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|hydrat/i.test(message.text()))
      errors.push(message.text());
  });
}

type Fixtures = {
  /** Fails the test for scripts that threw and for what the content security policy refused. */
  readonly scriptErrors: string[];
  /**
   * A browser of its own, signed in as this person of the demo organisation. Sessions are shared between tests, so one
   * that ends sessions or changes roles makes people of its own.
   */
  readonly browserOf: (email: string) => Promise<Page>;
  /** The HTTP API as this person of the demo organisation. */
  readonly apiOf: (email: string) => Promise<Api>;
};

export const test = base.extend<Fixtures>({
  scriptErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      watch(page, errors);
      await use(errors);
      expect(errors, "errors of the page's scripts").toEqual([]);
    },
    { auto: true },
  ],
  browserOf: async ({ browser, playwright, baseURL, scriptErrors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email) => {
      const context = await browser.newContext();
      contexts.push(context);
      await context.addCookies(await sessionOf(playwright.request, email, baseURL ?? ""));
      const page = await context.newPage();
      watch(page, scriptErrors);
      return page;
    });
    for (const context of contexts) await context.close();
  },
  apiOf: async ({ playwright, baseURL }, use) => {
    const contexts: APIRequestContext[] = [];
    await use(async (email) => {
      const cookies = await sessionOf(playwright.request, email, baseURL ?? "");
      const context = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: { origin: baseURL ?? "" },
        storageState: { cookies, origins: [] },
      });
      contexts.push(context);
      return apiOver(context);
    });
    for (const context of contexts) await context.dispose();
  },
});

function sessionOf(request: APIRequest, email: string, baseURL: string): Promise<Cookies> {
  const known = sessions.get(email) ?? newSession(request, email, baseURL);
  sessions.set(email, known);
  return known;
}

export { expect };

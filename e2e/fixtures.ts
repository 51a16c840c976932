import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { demoPassword } from "./demo.ts";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Sessions of this worker, so that a person types the password once. */
const sessions = new Map<string, Cookies>();

/** Signs in by the form, as a person does, and waits for the console. */
export async function signInByForm(page: Page, email: string, password: string = demoPassword): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/**
 * Makes the page someone's of the demo organisation. The first time by the form; then with the same session, so a test
 * that ends sessions or changes roles signs in with `signInByForm` and people of its own.
 */
export async function signIn(page: Page, email: string): Promise<void> {
  const context = page.context();
  const known = sessions.get(email);
  await context.clearCookies();
  if (known) {
    await context.addCookies(known);
    return;
  }
  await signInByForm(page, email);
  sessions.set(email, await context.cookies());
}

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

function inWords(violations: Violations): readonly string[] {
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

/** axe (WCAG 2.2 A and AA, and best practices) finds nothing, in the light look and in the dark one. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(inWords(violations), `${new URL(page.url()).pathname} in ${colorScheme}`).toEqual([]);
  }
}

type Fixtures = {
  /** Fails the test for scripts that threw and for what the content security policy refused. */
  readonly noScriptErrors: undefined;
};

export const test = base.extend<Fixtures>({
  noScriptErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" && /Content Security Policy|hydrat/i.test(message.text()))
          errors.push(message.text());
      });
      await use(undefined);
      expect(errors, "errors of the page's scripts").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

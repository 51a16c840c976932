import { type Browser, type BrowserContext, chromium, type Request } from "@playwright/test";
import { findChromium } from "../../scripts/chromium.ts";

/** How long after its `load` event a page may still fetch and work before it counts as settled, in milliseconds. */
const settling = 1_500;

/** A session's cookies, for a browser and for plain requests. */
export type Session = { readonly state: Awaited<ReturnType<BrowserContext["storageState"]>>; readonly cookie: string };

export type Visit = {
  /** Bytes as transferred of each script that the page's own HTML names, by path. */
  readonly first: ReadonlyMap<string, number>;
  /** Bytes as transferred of all scripts until the page has settled. */
  readonly allScripts: number;
  /** Milliseconds from the navigation's start. */
  readonly largestPaint: number;
  /** Milliseconds that long tasks took beyond their first 50, over all of the visit. */
  readonly blocking: number;
};

export function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: findChromium(), args: isRoot ? ["--no-sandbox"] : [] });
}

/** Signs in by the form, as a person does. */
export async function signInAs(
  browser: Browser,
  { url, email, password }: { readonly url: string; readonly email: string; readonly password: string },
): Promise<Session> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
  const state = await context.storageState();
  await context.close();
  return { state, cookie: state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

/** Opens an address as somebody does for the first time: signed in, with nothing in the browser's cache. */
export async function visit(browser: Browser, session: Session, address: string): Promise<Visit> {
  const context = await browser.newContext({
    storageState: session.state,
    viewport: { width: 1360, height: 860 },
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  const scripts: Request[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") scripts.push(request);
  });
  const response = await page.goto(address, { waitUntil: "load" });
  if (!response?.ok()) throw new Error(`${address} answered ${response?.status() ?? "nothing"}`);
  const html = await response.text();
  await page.waitForTimeout(settling);
  const sizes = await Promise.all(
    scripts.map(async (request) => {
      const { responseBodySize } = await request.sizes();
      return [new URL(request.url()).pathname, responseBodySize] as const;
    }),
  );
  const { largestPaint, blocking } = await page.evaluate(paintAndBlocking);
  await context.close();
  return {
    first: new Map(sizes.filter(([path]) => html.includes(path))),
    allScripts: sizes.reduce((sum, [, size]) => sum + size, 0),
    largestPaint,
    blocking,
  };
}

/** Runs in the page: asks the browser for what it has recorded since the navigation. */
function paintAndBlocking(): Promise<{ largestPaint: number; blocking: number }> {
  return new Promise((resolve) => {
    const entries: PerformanceEntry[] = [];
    for (const type of ["largest-contentful-paint", "longtask"]) {
      new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
    }
    setTimeout(() => {
      const paints = entries.filter(({ entryType }) => entryType === "largest-contentful-paint");
      const tasks = entries.filter(({ entryType }) => entryType === "longtask");
      resolve({
        largestPaint: Math.max(0, ...paints.map(({ startTime }) => startTime)),
        blocking: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
      });
    }, 100);
  });
}

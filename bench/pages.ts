// The ten main pages: time on the server, scripts, largest paint and blocking in Chromium, each beside its floor and aim.
import type { Browser } from "@playwright/test";
import pg from "pg";
import { INES } from "../prisma/seed/people.ts";
import { startBenchConsole } from "./support/console.ts";
import { type Figure, percentile, report, rounded, timeEach } from "./support/report.ts";
import { launchBrowser, type Session, signInAs, type Visit, visit } from "./support/visit.ts";

type Place = { readonly name: string; readonly path: string };

const requests = 60;
const visits = 7;
const aims = { server: 150, scripts: 230, paint: 600, blocking: 100 };
const assistant = "/systems/support-assistant";
/** Answered before the framework; and by it, with one small query. */
const floors: readonly Place[] = [
  { name: "floor: plain text", path: "/healthz" },
  { name: "floor: endpoint with one query", path: "/api/health" },
];

/** Ten pages that people open daily, on what the demo organisation has most of. */
async function mainPages(appUrl: string): Promise<readonly Place[]> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  const { rows } = await client.query<{ draft: string; change: number }>(`
    SELECT (SELECT d.id FROM draft d JOIN bundle b ON b.id = d.bundle_id
             WHERE d.state = 'open' ORDER BY length(d.source::text) DESC LIMIT 1) AS draft,
           (SELECT c.number FROM change_request c LEFT JOIN thread t ON t.change_request_id = c.id
             WHERE c.kind = 'version' GROUP BY c.number ORDER BY count(t.id) DESC, c.number DESC LIMIT 1) AS change`);
  await client.end();
  const [found] = rows;
  if (!found?.draft || !found.change) throw new Error("The demo organisation has no open draft or no change request");
  const [staging, production] = ["staging", "production"].map(
    (one) => `environment:support-assistant/${one}/assistant`,
  );
  return [
    { name: "Overview", path: "/" },
    { name: "Systems", path: "/systems" },
    { name: "A system", path: assistant },
    { name: "A bundle", path: `${assistant}/bundles/assistant` },
    { name: "The editor", path: `/drafts/${found.draft}` },
    { name: "Change requests", path: "/changes" },
    { name: "A change request", path: `/changes/${found.change}` },
    { name: "Deployments", path: "/deployments" },
    { name: "Compare", path: `/compare?left=${staging}&right=${production}` },
    { name: "Audit trail", path: "/audit" },
  ];
}

const yesOrNo = (isReached: boolean) => (isReached ? "yes" : "no");
const kilobytes = (bytes: number) => rounded(bytes / 1_024);
const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);

/** From the request to the last byte of the answer, on one kept connection. */
async function onServer(url: string, { cookie }: Session, { name, path }: Place): Promise<Figure> {
  let bytes = 0;
  const times = await timeEach(requests, async () => {
    const response = await fetch(url + path, { headers: { cookie }, redirect: "manual" });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    bytes = (await response.arrayBuffer()).byteLength;
  });
  const [p50, p95] = [rounded(percentile(times, 0.5)), rounded(percentile(times, 0.95))];
  return {
    name,
    "p50 ms": p50,
    "p95 ms": p95,
    "HTML KB": kilobytes(bytes),
    [`under ${aims.server} ms`]: yesOrNo(p95 < aims.server),
  };
}

async function inBrowser(browser: Browser, session: Session, address: string): Promise<readonly Visit[]> {
  const all: Visit[] = [];
  for (let at = 0; at < visits; at++) all.push(await visit(browser, session, address));
  return all;
}

function browserFigure(name: string, all: readonly Visit[]): Figure {
  const median = (of: (one: Visit) => number) => percentile(all.map(of), 0.5);
  const [scripts, paint] = [kilobytes(median(({ first }) => sum(first.values()))), median((one) => one.largestPaint)];
  const blocking = median((one) => one.blocking);
  return {
    name,
    "first JS KB": scripts,
    "all JS KB": kilobytes(median(({ allScripts }) => allScripts)),
    [`JS under ${aims.scripts}`]: yesOrNo(scripts < aims.scripts),
    "largest paint ms": Math.round(paint),
    [`under ${aims.paint}`]: yesOrNo(paint < aims.paint),
    "blocking ms": Math.round(blocking),
    [`under ${aims.blocking}`]: yesOrNo(blocking < aims.blocking),
  };
}

/** What each of the pages loads: the framework, and what all pages have in common. */
function sharedScripts(pages: readonly Visit[]): number {
  const [one, ...others] = pages;
  return sum(
    [...(one?.first ?? [])].filter(([path]) => others.every(({ first }) => first.has(path))).map(([, b]) => b),
  );
}

const served = await startBenchConsole();
const browser = await launchBrowser();
try {
  const pages = await mainPages(served.appUrl);
  const session = await signInAs(browser, { url: served.url, email: INES, password: served.password });
  const server: Figure[] = [];
  for (const place of [...floors, ...pages]) server.push(await onServer(served.url, session, place));
  const seen: { readonly name: string; readonly all: readonly Visit[] }[] = [];
  for (const { name, path } of pages) seen.push({ name, all: await inBrowser(browser, session, served.url + path) });
  const plain = await inBrowser(browser, session, `${served.url}/healthz`);
  const shared = kilobytes(sharedScripts(seen.flatMap(({ all }) => all)));
  report("pages", {
    "Pages on the server, signed in, demo organisation": server,
    "Pages in Chromium on localhost, cold cache, median": [
      browserFigure("floor: plain text", plain),
      { name: "floor: scripts that all ten share", "first JS KB": shared },
      ...seen.map(({ name, all }) => browserFigure(name, all)),
    ],
  });
} finally {
  await browser.close();
  await served.stop();
}

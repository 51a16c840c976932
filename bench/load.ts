// Ten minutes of steady mixed load: reports, fetches, streams, hot-patches and pages. Does memory stay flat?
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { database } from "#lib/platform/db.ts";
import { buildConsole, generateClient } from "../scripts/start/build.ts";
import { prepareHome } from "../scripts/start/home.ts";
import { nothingYet, patchOn, reportOn } from "./support/load.ts";
import { aLoadHouse } from "./support/load-house.ts";
import { startProcesses } from "./support/processes.ts";
import { type Figure, report } from "./support/report.ts";

const minutes = Number(process.env.PLUMBLINE_BENCH_MINUTES ?? 10);
const root = new URL("..", import.meta.url).pathname;
const context = { root, home: `${root}.plumbline`, signal: new AbortController().signal };
prepareHome(context.home);
await generateClient(context);
await buildConsole(context);

const processes = await startProcesses();
const load = await aLoadHouse(processes.url);
await database().$disconnect();
const accepted = nothingYet();
const ending = new AbortController();
const { signal } = ending;
const loading = { url: processes.url, load, accepted, signal };
const authorization = `Bearer ${load.token}`;
const counts = { fetches: 0, unchanged: 0, pages: 0, told: 0 };

/** A runtime that asks ten times a second, nine times with the tag that it has. */
async function fetchOn(): Promise<void> {
  const url = `${processes.url}/runtime/v1/configuration?bundle=assistant`;
  for (let turn = 0, etag = ""; !signal.aborted; turn++) {
    const known: Record<string, string> = turn % 10 === 0 ? {} : { "if-none-match": etag };
    const response = await fetch(url, { headers: { authorization, ...known } });
    await response.arrayBuffer();
    etag = response.headers.get("etag") ?? "";
    if (response.status === 304) counts.unchanged += 1;
    else counts.fetches += 1;
    await pause(100);
  }
}

async function streamOn(): Promise<void> {
  const response = await fetch(`${processes.url}/runtime/v1/stream?bundle=assistant`, {
    headers: { authorization },
    signal,
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    if (decoder.decode(chunk, { stream: true }).includes("event: configuration")) counts.told += 1;
  }
}

async function readOn(): Promise<void> {
  const paths = ["/", "/drift", "/hot-patches", "/changes", "/audit"];
  for (let turn = 0; !signal.aborted; turn++) {
    const response = await fetch(`${processes.url}${paths[turn % paths.length]}`, {
      headers: { cookie: load.responder },
    });
    await response.arrayBuffer();
    counts.pages += 1;
    await pause(1_000);
  }
}

/** Resident memory of the web process, in MB. */
function memory(): number {
  const status = readFileSync(`/proc/${processes.webPid()}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

const untilStopped = (work: Promise<void>) => work.catch(() => undefined);
const running = [
  ...Array.from({ length: 50 }, (_, at) => reportOn(`instance-${at}`, loading, at > 4)),
  ...Array.from({ length: 20 }, () => untilStopped(fetchOn())),
  ...Array.from({ length: 50 }, () => untilStopped(streamOn())),
  patchOn(0, 1, loading),
  untilStopped(readOn()),
];
const figures: Figure[] = [];
const reportsTaken = () => [...accepted.reports.values()].reduce((sum, taken) => sum + taken.length, 0);
for (let minute = 1; minute <= minutes; minute++) {
  await pause(60_000);
  figures.push({
    name: `minute ${minute}`,
    "web process MB": memory(),
    reports: reportsTaken(),
    "200": counts.fetches,
    "304": counts.unchanged,
    "told over streams": counts.told,
    "hot-patches": accepted.patches.size,
    pages: counts.pages,
  });
}
ending.abort();
await Promise.all(running);
await processes.stop();
report("load", { "Steady mixed load, sums since the start": figures });
process.exit();

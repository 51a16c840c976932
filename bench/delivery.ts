// Configurations a second beside a bare server that sends the same bytes; and from a change's commit to 500 open streams.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, aVersion, promoted } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { database } from "#lib/platform/db.ts";
import { auditInsert } from "#lib/platform/testing/rows.ts";
import { startBenchDatabase } from "./support/database.ts";
import type { BareAnswers } from "./support/delivery-server.ts";
import { fetchRaw, keepAsking, openSocket, requestText } from "./support/raw-http.ts";
import { type Figure, percentile, report, rounded } from "./support/report.ts";

const path = "/runtime/v1/configuration";
const rounds = 3;
const milliseconds = 1_500;
const streams = 500;
const changes = 100;

const server = await startBenchDatabase();
const house = await aHouse();
const texts = Array.from({ length: 230 }, (_, at) => `  text_${at}: ${"a sentence of a prompt ".repeat(7)}${at}`);
const version = await aVersion(house, { base: ["temperature: 0.4", "texts:", ...texts, ""].join("\n") });
await promoted(house, { versions: [version], environment: "development" });
const wish = { name: "Runtimes", role: "runtime", system: house.system, environment: "development", days: 1 };
const { secret } = await createToken(house.boss, wish);
const authorization = `Bearer ${secret}`;

/** A server of its own process, and its port. `bare`: what it sends. */
async function startServer(bare?: BareAnswers): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = fork(join(import.meta.dirname, "support/delivery-server.ts"), bare ? ["bare"] : [], {
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  if (bare) child.send(bare);
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message: { readonly port: number }) => resolve(message.port));
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}`)));
  });
  return { child, port };
}

const runtimes = await startServer();
const full = await fetchRaw(runtimes.port, requestText(path, { authorization }));
const etag = full.headers[full.headers.indexOf("ETag") + 1] ?? "";
const known = { authorization, "If-None-Match": etag };
const notModified = await fetchRaw(runtimes.port, requestText(path, known));
if (full.status !== 200 || notModified.status !== 304)
  throw new Error(`Answered ${full.status}, ${notModified.status}`);
const bare = await startServer({
  headers: full.headers,
  body: full.body.toString("base64"),
  notModified: notModified.headers,
});

async function rateOf(port: number, text: string, clients: number): Promise<number> {
  const start = performance.now();
  const until = () => performance.now() - start >= milliseconds;
  const answers = await Promise.all(Array.from({ length: clients }, () => keepAsking(port, text, until)));
  return answers.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1_000);
}

/** Both in turn, several times, so that what else the machine does meets both; the medians count. */
async function besideBare(name: string, text: string, clients: number): Promise<Figure> {
  const rates: { readonly ours: number; readonly floor: number }[] = [];
  await rateOf(runtimes.port, text, clients);
  for (let round = 0; round < rounds; round++) {
    rates.push({ floor: await rateOf(bare.port, text, clients), ours: await rateOf(runtimes.port, text, clients) });
  }
  const ours = percentile(
    rates.map((one) => one.ours),
    0.5,
  );
  const floor = percentile(
    rates.map((one) => one.floor),
    0.5,
  );
  const share = ours / floor;
  return {
    name: `${name}, ${clients} clients`,
    "per second": Math.round(ours),
    "bare server": Math.round(floor),
    "share of it": rounded(share),
    "half or better": share >= 0.5 ? "yes" : "no",
  };
}

const kilobytes = Math.round(full.body.length / 1_024);
const rates: Figure[] = [];
for (const clients of [1, 16, 64]) {
  rates.push(await besideBare(`200 with ${kilobytes} KB`, requestText(path, { authorization }), clients));
  rates.push(await besideBare("304", requestText(path, known), clients));
}
bare.child.disconnect();

/** When each stream last heard something that mentions the digest that is waited for. */
const heard: number[] = [];
for (let at = 0; at < streams; at++) {
  const socket = await openSocket(runtimes.port);
  socket.setEncoding("latin1").on("data", (text: string) => {
    if (text.includes("event: configuration")) heard.push(performance.now());
  });
  socket.write(requestText("/runtime/v1/stream", { authorization }));
}
while (heard.length < streams) await pause(10);

const responder = await aPerson({ roles: ["administrator"] });
const { number } = await fileHotPatch(responder, {
  system: house.system,
  environment: "development",
  incident: "INC-1",
  level: "sev2",
  reason: "To be changed again and again",
  changes: [{ pointer: "/temperature", value: 0 }],
  minutes: 60,
});
while (heard.length < streams * 2) await pause(10);

const owner = new pg.Client({ connectionString: server.ownerUrl });
await owner.connect();
const delays: number[] = [];
const slowest: number[] = [];
for (let change = 1; change <= changes; change++) {
  const value = JSON.stringify([{ pointer: "/temperature", before: 0.4, after: change }]);
  await owner.query("BEGIN");
  await owner.query(auditInsert);
  await owner.query("UPDATE hot_patch SET changes = $1, revision = revision + 1 WHERE number = $2", [value, number]);
  heard.length = 0;
  const start = performance.now();
  await owner.query("COMMIT");
  while (heard.length < streams) await pause(1);
  delays.push(...heard.map((at) => at - start));
  slowest.push(Math.max(...heard) - start);
  await pause(30);
}
const p50 = rounded(percentile(delays, 0.5));
const p99 = rounded(percentile(delays, 0.99));

report("delivery", {
  "Configurations a second, beside a bare server that sends the same bytes": rates,
  [`From the commit of a change to ${streams} open streams, ${changes} changes`]: [
    { name: "to a stream", "p50 ms": p50, "p99 ms": p99, "under 30 and 100 ms": p50 < 30 && p99 < 100 ? "yes" : "no" },
    {
      name: "to the last of them",
      "p50 ms": rounded(percentile(slowest, 0.5)),
      "p99 ms": rounded(percentile(slowest, 0.99)),
    },
  ],
});

runtimes.child.disconnect();
await Promise.all([owner.end(), database().$disconnect()]);
await server.stop();
process.exit();

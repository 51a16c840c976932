// Reports a second, nearly all of them heartbeats with a known digest, beside the least that keeping one can cost.
import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { join } from "node:path";
import pg from "pg";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aHouse } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { receiveReport } from "#lib/runtimes/reports.ts";
import { aCaller } from "#lib/runtimes/testing/callers.ts";
import { startBenchDatabase } from "./support/database.ts";
import { configurationOf } from "./support/document.ts";
import { type Figure, report, underLoad } from "./support/report.ts";

const duration = 4_000;
const instances = 1_000;
const server = await startBenchDatabase();

const house = await aHouse();
const caller = await aCaller(house.systemId, "production");
const wish = { name: "Runtimes", role: "runtime", system: house.system, environment: "production", days: 1 };
const { secret } = await createToken(house.boss, wish);

const document = configurationOf(1_000);
const heartbeat = {
  fleet: "eu-west",
  bundle: "assistant",
  digest: digestOf(document),
  models: [{ pointer: "/model/name", requested: "claude-sonnet-4-5", served: "claude-sonnet-4-5-20250929" }],
  build: "2189",
  health: "ok",
  intervalSeconds: 3_600,
  client: "plumbline-sdk/0.1.0",
};
let turn = 0;
const next = () => `pod-${++turn % instances}`;
for (let index = 0; index < instances; index++) {
  const more = index === 0 ? { document } : {};
  await receiveReport(caller, { ...heartbeat, ...more, instance: next() }, new Date());
}

const owner = new pg.Client({ connectionString: server.ownerUrl });
await owner.connect();
await owner.query("CREATE TABLE plain (instance text PRIMARY KEY, last_seen_at timestamptz(3)) WITH (fillfactor = 70)");
await owner.query("INSERT INTO plain SELECT instance, last_seen_at FROM runtime");
await owner.query("GRANT SELECT, UPDATE ON plain TO plumbline_app");
await owner.end();
const pool = new pg.Pool({ connectionString: server.appUrl, max: 10 });

const child = fork(join(import.meta.dirname, "support/report-server.ts"), {
  env: { ...process.env, LOG_LEVEL: "silent" },
});
const port = await new Promise<number>((resolve, reject) => {
  child.once("message", (message: { readonly port: number }) => resolve(message.port));
  child.once("exit", (code) => reject(new Error(`The server ended with ${code}`)));
});
const agent = new Agent({ keepAlive: true });

/** One report over a kept connection. */
function post(path: string, body: object): Promise<void> {
  const text = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${secret}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${path} answered ${response.statusCode}`));
      });
    });
    sent.once("error", reject);
    sent.end(text);
  });
}

const kinds = {
  "UPDATE of one row, pg": () =>
    pool.query("UPDATE plain SET last_seen_at = $2 WHERE instance = $1", [next(), new Date()]),
  "bare HTTP, nothing kept": () => post("/bare", { ...heartbeat, instance: next() }),
  "report, known digest, as a call": () => receiveReport(caller, { ...heartbeat, instance: next() }, new Date()),
  "report, known digest, over HTTP": () => post("/runtime/v1/reports", { ...heartbeat, instance: next() }),
} as const;

async function figure(name: string, clients: number, work: () => Promise<unknown>): Promise<Figure> {
  await underLoad(clients, 500, work);
  const { perSecond, p50, p99 } = await underLoad(clients, duration, work);
  return { name: `${name}, ${clients} clients`, "per second": perSecond, "p50 ms": p50, "p99 ms": p99 };
}

const known: Figure[] = [];
for (const clients of [1, 16, 64]) {
  for (const [name, work] of Object.entries(kinds)) known.push(await figure(name, clients, work));
}

let edition = 0;
const fresh: Figure[] = [];
for (const clients of [1, 16]) {
  const work = () => {
    const edited = { ...document, edition: ++edition };
    return post("/runtime/v1/reports", { ...heartbeat, instance: next(), digest: digestOf(edited), document: edited });
  };
  fresh.push(await figure("report, new digest and document, over HTTP", clients, work));
}

report("reports", {
  [`Reports a second, ${instances.toLocaleString("en")} instances, nothing changed`]: known,
  [`With a document of ${Math.round(JSON.stringify(document).length / 1_024)} KB that was never seen`]: fresh,
});

agent.destroy();
child.disconnect();
await Promise.all([pool.end(), database().$disconnect()]);
await server.stop();

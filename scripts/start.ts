// From an installed checkout to a served console: database, migrations, demo organisation, build, web process.
import { join } from "node:path";
import { Refusal } from "#lib/kernel/refusal.ts";
import { migrate } from "#lib/platform/migrations.ts";
import { freePort, isPortFree } from "#lib/platform/port.ts";
import { dropDatabase, ensureDatabase } from "#lib/platform/postgres/owner.ts";
import { appUrlOf } from "#lib/platform/roles.ts";
import { say, step } from "./progress.js";
import { type BuildContext, buildConsole, generateClient, run } from "./start/build.ts";
import { demoPassword, demoState, peopleWhoCanSignIn, recordDemo, seed } from "./start/demo.ts";
import { startEmbedded } from "./start/embedded.ts";
import { startFleets } from "./start/fleets.ts";
import { prepareHome } from "./start/home.ts";
import { claimCheckout, isOther } from "./start/instance.ts";
import { readSecrets } from "./start/secrets.ts";
import { startWeb } from "./start/web.ts";

const root = join(import.meta.dirname, "..");
const home = join(root, ".plumbline");
const isDevelopment = process.argv.includes("--dev");
const usualPort = 3000;
const databaseName = "plumbline";
const fleetsFile = join(home, "demo-fleets.json");

const ending = new AbortController();
/** What must be ended again, in the order it was begun. */
const begun: (() => void | Promise<void>)[] = [];
let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  ending.abort();
  for (const undo of begun.toReversed()) await undo();
  process.exit(code);
}

async function choosePort(): Promise<number> {
  const asked = process.env.PORT;
  const first = asked === undefined || asked === "" ? usualPort : Number(asked);
  if (!Number.isInteger(first) || first < 0 || first > 65_535) {
    throw new Refusal("invalid", `PORT is "${asked}"; it must be a whole number from 0 to 65535, 0 for any free port.`);
  }
  if (first === 0) return freePort();
  for (let port = first; port < Math.min(first + 100, 65_536); port++) {
    if (!(await isPortFree(port))) continue;
    if (port === first) return port;
    if (asked)
      throw new Refusal(
        "blocked",
        `Port ${first} is taken by another program. Port ${port} is free: PORT=${port} npm start`,
      );
    say(`  Port ${first} is taken by another program; taking ${port} instead`);
    return port;
  }
  throw new Refusal("blocked", `Port ${first} and the hundred after it are taken. Choose one with PORT=… npm start`);
}

type Database = { readonly ownerUrl: string; readonly appUrl: string; readonly recreate?: () => Promise<void> };

async function openDatabase(password: string): Promise<Database> {
  const given = process.env.DATABASE_URL;
  if (given && !(URL.canParse(given) && /^postgres(ql)?:$/.test(new URL(given).protocol))) {
    throw new Refusal(
      "invalid",
      "DATABASE_URL is not a PostgreSQL URL; it looks like postgresql://owner:password@host:5432/database",
    );
  }
  if (given) return { ownerUrl: given, appUrl: process.env.PLUMBLINE_DATABASE_URL ?? appUrlOf(given) };
  const embedded = await step("Starting PostgreSQL", () => startEmbedded(home, password));
  begun.push(embedded.stop);
  const adminUrl = embedded.adminUrl("postgres");
  const ownerUrl = await ensureDatabase(adminUrl, databaseName, password);
  return {
    ownerUrl,
    appUrl: appUrlOf(ownerUrl),
    recreate: async () => {
      await dropDatabase(adminUrl, databaseName);
      await ensureDatabase(adminUrl, databaseName, password);
    },
  };
}

function bringUpToDate({ ownerUrl }: Database): Promise<unknown> {
  const appUrl = process.env.DATABASE_URL ? process.env.PLUMBLINE_DATABASE_URL : undefined;
  return step("Migrating the database", () => migrate(ownerUrl, { appUrl }));
}

async function makeDemo(context: BuildContext, database: Database, secrets: Environment): Promise<void> {
  if (process.env.PLUMBLINE_DEMO === "off") return;
  const state = await demoState(database.ownerUrl);
  if (state === "made") return;
  if (state === "begun") {
    if (!database.recreate) {
      throw new Refusal(
        "blocked",
        "Making the demo organisation was interrupted, and this database holds half of it. Give Plumbline an empty database, or set PLUMBLINE_DEMO=off to go on with what is there.",
      );
    }
    say("  Making the demo organisation was interrupted; beginning again with an empty database");
    await database.recreate();
    await bringUpToDate(database);
  }
  await recordDemo(database.ownerUrl, "begun", new Date());
  const env = {
    ...secrets,
    PLUMBLINE_DATABASE_URL: database.appUrl,
    PLUMBLINE_DEMO_PASSWORD: demoPassword(home),
    PLUMBLINE_DEMO_FLEETS: fleetsFile,
  };
  await step("Making the demo organisation", () => seed(context, env));
  await recordDemo(database.ownerUrl, "made", new Date());
}

/** Where there is no demo organisation, somebody has to be the first who can sign in. */
async function letFirstIn(context: BuildContext, { appUrl, ownerUrl }: Database): Promise<void> {
  if ((await peopleWhoCanSignIn(ownerUrl)).length > 0) return;
  if (!process.env.PLUMBLINE_ADMIN_EMAIL) {
    say("  Nobody can sign in yet. For the first administrator: PLUMBLINE_ADMIN_EMAIL=you@example.org npm start");
    return;
  }
  const what = "Letting the first administrator in";
  const env = { PLUMBLINE_DATABASE_URL: appUrl };
  const printed = await step(what, () => run(context, { what, args: ["scripts/first-administrator.ts"], env }));
  if (printed) say(`  ${printed}`);
}

type Environment = { readonly NEXTAUTH_SECRET: string; readonly PLUMBLINE_LOG_KEY: string };

async function greet(ownerUrl: string, url: string): Promise<void> {
  const people = await peopleWhoCanSignIn(ownerUrl);
  say(`\nPlumbline is running at ${url}\n`);
  if (people.length > 0) {
    say("Who can sign in:");
    const [mail, name] = [
      Math.max(...people.map((p) => p.email.length)),
      Math.max(...people.map((p) => p.name.length)),
    ];
    for (const person of people) say(`  ${person.email.padEnd(mail)}  ${person.name.padEnd(name)}  ${person.roles}`);
  }
  if ((await demoState(ownerUrl)) === "made") say(`Password of the demo organisation's people: ${demoPassword(home)}`);
  say("\nCtrl-C stops it.");
}

async function start(): Promise<void> {
  prepareHome(home);
  const claim = await claimCheckout(home);
  if (isOther(claim)) {
    const where = claim.url ? `running at ${claim.url}` : "still starting";
    throw new Refusal(
      "conflict",
      `Plumbline is already ${where} from this checkout (process ${claim.pid}). Stop it with Ctrl-C where it runs, or: kill ${claim.pid}`,
    );
  }
  begun.push(claim.release);
  const port = await choosePort();
  const stored = readSecrets(home);
  const secrets: Environment = {
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || stored.nextauthSecret,
    PLUMBLINE_LOG_KEY: process.env.PLUMBLINE_LOG_KEY || stored.logKey,
  };
  const context: BuildContext = { root, home, signal: ending.signal };
  const client = generateClient(context);
  const build = client.then(() => (isDevelopment ? undefined : buildConsole(context)));
  const data = openDatabase(stored.databasePassword).then(async (database) => {
    await bringUpToDate(database);
    await client;
    await makeDemo(context, database, secrets);
    await letFirstIn(context, database);
    return database;
  });
  const [{ ownerUrl, appUrl }] = await Promise.all([data, build]);
  const { DATABASE_URL: _ownersOnly, ...inherited } = process.env;
  const publicUrl = process.env.NEXTAUTH_URL || `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    ...secrets,
    PLUMBLINE_DATABASE_URL: appUrl,
    NEXTAUTH_URL: publicUrl,
    NODE_ENV: isDevelopment ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
  };
  const web = startWeb({ root, args: isDevelopment ? ["--dev"] : [], env });
  begun.push(web.stop);
  await step("Starting the console", web.untilListening);
  claim.serveAt(publicUrl);
  begun.push(startFleets({ root, url: publicUrl, file: fleetsFile }));
  await greet(ownerUrl, publicUrl);
  await web.keepRunning();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
process.on("disconnect", () => void end(0));

try {
  await start();
} catch (error) {
  if (!isEnding) console.error(error instanceof Refusal ? `\n${error.message}` : error);
  await end(1);
}

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { freePort } from "#lib/platform/port.ts";
import { buildConsole, generateClient } from "../../scripts/start/build.ts";
import { recordDemo, seed } from "../../scripts/start/demo.ts";
import { prepareHome } from "../../scripts/start/home.ts";
import { startWeb } from "../../scripts/start/web.ts";
import { startBenchDatabase } from "./database.ts";

export type BenchConsole = {
  readonly url: string;
  /** Of everybody in the demo organisation. */
  readonly password: string;
  readonly appUrl: string;
  readonly stop: () => Promise<void>;
};

/** The built console as `npm start` serves it, workers included, on a database of its own with the demo organisation. */
export async function startBenchConsole(): Promise<BenchConsole> {
  const root = join(import.meta.dirname, "../..");
  const context = { root, home: join(root, ".plumbline"), signal: new AbortController().signal };
  prepareHome(context.home);
  await generateClient(context);
  await buildConsole(context);
  const database = await startBenchDatabase();
  const password = randomBytes(12).toString("base64url");
  const secrets = {
    PLUMBLINE_DATABASE_URL: database.appUrl,
    PLUMBLINE_LOG_KEY: generateNoteKey("plumbline-bench").skey,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  };
  await recordDemo(database.ownerUrl, "begun", new Date());
  await seed(context, { ...secrets, PLUMBLINE_DEMO_PASSWORD: password });
  await recordDemo(database.ownerUrl, "made", new Date());
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { DATABASE_URL: _ownersOnly, ...inherited } = process.env;
  const web = startWeb({
    root,
    args: [],
    env: { ...inherited, ...secrets, NEXTAUTH_URL: url, NODE_ENV: "production", PORT: String(port) },
  });
  await web.untilListening();
  return {
    url,
    password,
    appUrl: database.appUrl,
    stop: async () => {
      await web.stop();
      await database.stop();
    },
  };
}

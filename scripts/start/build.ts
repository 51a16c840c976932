import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "#lib/kernel/refusal.ts";
import { step } from "../progress.js";
import { fingerprint } from "./sources.ts";

export type RunContext = { readonly root: string; readonly signal: AbortSignal };
export type BuildContext = RunContext & { readonly home: string };

const writing = "Writing the database client";
const building = "Building the console";
const schema = ["prisma/schema", "package-lock.json"];
const sources = [
  ...["app", "components", "lib", "public", "prisma/schema", "proxy.ts", "instrumentation.ts", "next.config.js"],
  ...["postcss.config.js", "tsconfig.json", "package.json", "package-lock.json"],
];
const notBuilt = /\.test\.tsx?$|lib\/platform\/prisma\/|lib\/platform\/(testing|postgres)\//;

export type Program = {
  readonly what: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs a program of this checkout and answers what it printed. Throws a Refusal that ends with that when it fails. */
export function run({ root, signal }: RunContext, { what, args, env }: Program): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
      signal,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Refusal("blocked", `${what} failed:\n\n${output.trim()}`));
    });
  });
}

async function unlessUnchanged(stamp: string, print: string, work: () => Promise<unknown>): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, print);
}

/** Writes the database client when the schema changed since it was last written here. */
export async function generateClient(context: BuildContext): Promise<void> {
  const { root, home } = context;
  const stamp = join(home, "client.sha256");
  if (!existsSync(join(root, "lib/platform/prisma/client.ts"))) rmSync(stamp, { force: true });
  await unlessUnchanged(stamp, fingerprint(root, schema), () =>
    step(writing, () => run(context, { what: writing, args: ["node_modules/prisma/build/index.js", "generate"] })),
  );
}

/** Builds the console when its sources changed since the last build that finished here. */
export async function buildConsole(context: BuildContext): Promise<void> {
  const { root, home } = context;
  const stamp = join(home, "build.sha256");
  if (!existsSync(join(root, ".next/BUILD_ID"))) rmSync(stamp, { force: true });
  await unlessUnchanged(stamp, fingerprint(root, sources, notBuilt), () =>
    step(building, () => run(context, { what: building, args: ["node_modules/next/dist/bin/next", "build"] })),
  );
}

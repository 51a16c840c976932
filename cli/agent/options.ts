import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Format, formatOf } from "./text.ts";

/** restart: stop the program and start it anew · hup: send it SIGHUP · none: it reads its file itself */
const WAYS = ["restart", "hup", "none"] as const;
export type OnChange = (typeof WAYS)[number];

/** What the agent was asked to do. */
export type AgentWish = {
  readonly url: string;
  readonly token: () => string;
  readonly bundle: string | undefined;
  readonly out: { readonly path: string; readonly format: Format } | undefined;
  readonly envOut: string | undefined;
  /** The program gets the configuration as environment variables. */
  readonly isInEnvironment: boolean;
  readonly envPrefix: string | undefined;
  readonly program: readonly [string, ...string[]] | undefined;
  readonly onChange: OnChange;
  readonly fleet: string | undefined;
  readonly instance: string;
  readonly build: string | undefined;
  readonly isOnce: boolean;
  readonly intervalSeconds: number;
  readonly transport: "stream" | "poll";
  /** Folder of what the agent remembers; undefined: it remembers nothing. */
  readonly state: string | undefined;
  /** Of files that it makes. */
  readonly mode: number;
  readonly environment: NodeJS.ProcessEnv;
};

export type Misuse = { readonly misuse: string };

const options = {
  url: { type: "string" },
  "token-file": { type: "string" },
  bundle: { type: "string" },
  out: { type: "string" },
  "env-out": { type: "string" },
  env: { type: "boolean", default: false },
  "env-prefix": { type: "string" },
  exec: { type: "boolean", default: false },
  "on-change": { type: "string", default: "restart" },
  fleet: { type: "string" },
  instance: { type: "string" },
  build: { type: "string" },
  "build-file": { type: "string" },
  once: { type: "boolean", default: false },
  interval: { type: "string", default: "30" },
  transport: { type: "string", default: "stream" },
  state: { type: "string" },
  mode: { type: "string", default: "600" },
} as const;

/** Reads the arguments; what makes no sense is said with what would. Throws as `parseArgs` for an unknown option. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): AgentWish | Misuse {
  const end = args.indexOf("--");
  const own = end < 0 ? args : args.slice(0, end);
  const { values } = parseArgs({ args: [...own], options });
  const [command, ...more] = end < 0 ? [] : args.slice(end + 1);
  const program = command === undefined ? undefined : ([command, ...more] as const);
  const url = values.url ?? environment.PLUMBLINE_URL ?? "http://localhost:3000";
  const tokenFile = values["token-file"];
  const built = values["build-file"] === undefined ? { text: values.build } : readBuild(values["build-file"]);
  const misuse =
    built.problem ?? misuseOf({ ...values, url, tokenFile, hasProgram: program !== undefined, environment });
  if (misuse !== undefined) return { misuse };
  const out = values.out === undefined ? undefined : resolve(values.out);
  const envOut = values["env-out"] === undefined ? undefined : resolve(values["env-out"]);
  const format = out === undefined ? undefined : formatOf(out);
  return {
    url,
    token: tokenFile === undefined ? () => environment.PLUMBLINE_TOKEN ?? "" : () => readFileSync(tokenFile, "utf8"),
    bundle: values.bundle,
    out: out === undefined || format === undefined ? undefined : { path: out, format },
    envOut,
    isInEnvironment: values.env,
    envPrefix: values["env-prefix"],
    program,
    onChange: WAYS.find((way) => way === values["on-change"]) ?? "restart",
    fleet: values.fleet,
    instance: values.instance ?? hostname(),
    build: built.text,
    isOnce: values.once,
    intervalSeconds: Number(values.interval),
    transport: values.transport === "poll" ? "poll" : "stream",
    state: values.state ?? stateBeside(out ?? envOut),
    mode: Number.parseInt(values.mode, 8),
    environment,
  };
}

function readBuild(path: string): { readonly text?: string; readonly problem?: string } {
  try {
    return { text: readFileSync(path, "utf8").trim() };
  } catch (error) {
    return { problem: `--build-file cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function stateBeside(path: string | undefined): string | undefined {
  return path === undefined ? undefined : join(dirname(path), `.${basename(path)}.plumbline`);
}

type Given = {
  readonly url: string;
  readonly tokenFile?: string;
  readonly out?: string;
  readonly "env-out"?: string;
  readonly env: boolean;
  readonly "env-prefix"?: string;
  readonly exec: boolean;
  readonly hasProgram: boolean;
  readonly "on-change": string;
  readonly build?: string;
  readonly "build-file"?: string;
  readonly once: boolean;
  readonly interval: string;
  readonly transport: string;
  readonly mode: string;
  readonly environment: NodeJS.ProcessEnv;
};

function misuseOf(given: Given): string | undefined {
  const { out, hasProgram, tokenFile } = given;
  const seconds = Number(given.interval);
  if (!URL.canParse(given.url) || !/^https?:/.test(given.url))
    return `--url is "${given.url}"; it should look like https://plumbline.example.org`;
  if (tokenFile === undefined && !given.environment.PLUMBLINE_TOKEN)
    return "Give --token-file, or set PLUMBLINE_TOKEN; Settings → Tokens makes one, with the role Runtime";
  if (out === undefined && given["env-out"] === undefined && !given.env)
    return "Say where the configuration goes: --out FILE, --env-out FILE, or --env for the program's environment";
  if (out !== undefined && formatOf(out) === undefined)
    return `--out is ${out}; its name has to end in .json, .yaml or .yml, which says how to write it`;
  if (given.exec && !hasProgram) return "--exec needs a program: put it at the end, after --";
  if (given.env && !hasProgram) return "--env is for a program that the agent runs: put it at the end, after --";
  if (given.once && hasProgram) return "--once ends at once, so it runs no program; leave one of them out";
  if (!WAYS.some((way) => way === given["on-change"])) return "--on-change is restart, hup or none";
  if (given.env && given["on-change"] !== "restart")
    return "A program's environment never changes while it runs: with --env, --on-change has to be restart";
  if (given.build !== undefined && given["build-file"] !== undefined) return "Give --build or --build-file, not both";
  if (!(Number.isInteger(seconds) && seconds >= 5 && seconds <= 3_600))
    return `--interval is "${given.interval}"; give whole seconds between 5 and 3600`;
  if (given.transport !== "stream" && given.transport !== "poll") return "--transport is stream or poll";
  if (!/^0?[0-7]{3}$/.test(given.mode)) return `--mode is "${given.mode}"; give it as chmod takes it, for example 640`;
  return undefined;
}

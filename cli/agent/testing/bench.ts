import { mkdtempSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { aFarEnd, configurationEvent, type FakeFarEnd, serving } from "../../../sdk/testing/fake.ts";
import type { Result } from "../../command.ts";
import { readOptions } from "../options.ts";
import { runAgent } from "../run.ts";

export type Agent = {
  readonly said: readonly string[];
  readonly pass: (signal: NodeJS.Signals) => void;
  readonly stop: () => Promise<Result>;
  readonly ended: Promise<Result>;
};

/** What an agent is given, one after the other; the third only by hand. */
export const first: JsonObject = { sampling: { temperature: 0.2 }, prompts: { system: "Be kind" } };
export const second: JsonObject = { sampling: { temperature: 0.4 }, prompts: { system: "Be kind" } };
export const edited: JsonObject = { sampling: { temperature: 0.9 }, prompts: { system: "Be kind" } };

/** Runs an agent in this process, without waiting as long as a real one. */
export function anAgent(
  url: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Agent {
  const given = { NODE_ENV: "test", PLUMBLINE_TOKEN: "plb_test", PATH: process.env.PATH, ...environment } as const;
  const wish = readOptions(["--url", url, "--instance", "pod-1", "--interval", "5", ...args], given);
  if ("misuse" in wish) throw new Error(wish.misuse);
  const stop = new AbortController();
  const said: string[] = [];
  let pass: Agent["pass"] = () => undefined;
  const ended = runAgent(wish, {
    stop: stop.signal,
    say: (text) => said.push(text),
    onSignal: (passOn) => {
      pass = passOn;
    },
    pace: { firstBackoffMs: 5, longestBackoffMs: 40, silenceMs: 60_000 },
  });
  return {
    said,
    ended,
    pass: (signal) => pass(signal),
    stop: () => {
      pass("SIGKILL");
      stop.abort();
      return ended;
    },
  };
}

export const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 8_000, interval: 10 });

export const documentIn = async (path: string) => JSON.parse(await readFile(path, "utf8")) as JsonObject;

export type Bench = {
  far: FakeFarEnd;
  folder: string;
  /** The file that agents are told to write. */
  out: string;
  readonly start: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Agent;
  readonly edit: (document?: JsonObject) => Promise<void>;
  readonly declare: (document: JsonObject) => void;
  readonly lastReport: () => JsonObject | undefined;
  /** Waits until the file holds this, and the agent has said so and listens. */
  readonly inPlace: (document?: JsonObject) => Promise<void>;
};

/** For each test a far end, a folder and agents that are stopped afterwards. Called once, at the top of a file. */
export function aBench(): Bench {
  let agents: Agent[] = [];
  const bench = {
    start: (args, environment) => {
      const agent = anAgent(bench.far.url, args, environment);
      agents.push(agent);
      return agent;
    },
    edit: (document = edited) => writeFile(bench.out, JSON.stringify(document)),
    declare: (document) => {
      bench.far.configuration = serving(document);
      bench.far.push(configurationEvent(document));
    },
    lastReport: () => bench.far.reported.at(-1),
    inPlace: async (document = first) => {
      await eventually(async () => expect(await documentIn(bench.out)).toEqual(document));
      await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(document) }));
      await eventually(() => expect(bench.far.openStreams()).toBeGreaterThan(0));
    },
  } as Bench;
  beforeEach(async () => {
    agents = [];
    bench.far = await aFarEnd(first);
    bench.folder = mkdtempSync(join(tmpdir(), "plumbline-agent-"));
    bench.out = join(bench.folder, "config.json");
  });
  afterEach(async () => {
    await Promise.all(agents.map((agent) => agent.stop()));
    await bench.far.close();
  });
  return bench;
}

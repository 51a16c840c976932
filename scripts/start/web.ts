import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "#lib/kernel/refusal.ts";
import { say } from "../progress.js";

export type WebOptions = {
  readonly root: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
};

/** The web process. */
export type Web = {
  /** Throws a Refusal when it ends instead. */
  readonly untilListening: () => Promise<void>;
  /** Until it is stopped. Throws a Refusal when it dies too often. */
  readonly keepRunning: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Two deaths within this time of a start: it will not get better by itself. */
const quickDeath = 10_000;
const stopLimit = 15_000;

function launch({ root, args, env }: WebOptions): ChildProcess {
  return spawn(process.execPath, [join(root, "server.ts"), ...args], {
    cwd: root,
    // The channel tells it when we are gone; a process group of its own, so that Ctrl-C reaches it through us.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
    env,
  });
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}

/** Starts `server.ts`, and starts it again whenever it dies. */
export function startWeb(options: WebOptions): Web {
  let isStopping = false;
  let child = launch(options);
  let ended = exitOf(child);
  const listening = new Promise<true>((resolve) => child.once("message", () => resolve(true)));

  async function untilListening(): Promise<void> {
    const isListening = await Promise.race([listening, ended]);
    if (!isListening)
      throw new Refusal("blocked", "The web process ended before it listened; its own words are above.");
  }

  async function keepRunning(): Promise<void> {
    let startedAt = 0;
    for (;;) {
      await ended;
      if (isStopping) return;
      if (Date.now() - startedAt < quickDeath) {
        throw new Refusal("blocked", "The web process keeps ending; its own words are above.");
      }
      say("The web process ended by itself; starting it again");
      await pause(200);
      startedAt = Date.now();
      child = launch(options);
      ended = exitOf(child);
    }
  }

  return {
    untilListening,
    keepRunning,
    stop: async () => {
      isStopping = true;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopLimit);
      await ended;
      clearTimeout(force);
    },
  };
}

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

/** The web process, kept running until it is stopped. */
export type Web = {
  readonly stop: () => Promise<void>;
  /** Settles when it has died too often to be started again. */
  readonly failed: Promise<never>;
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

/** Starts `server.ts`, waits until it listens, and starts it again whenever it dies. Throws a Refusal when it never listens. */
export async function startWeb(options: WebOptions): Promise<Web> {
  let isStopping = false;
  let child = launch(options);
  let ended = exitOf(child);
  const listening = new Promise<"listening">((resolve) => child.once("message", () => resolve("listening")));
  if ((await Promise.race([listening, ended])) !== "listening") {
    throw new Refusal("blocked", "The web process ended before it listened; its own words are above.");
  }

  const failed = (async (): Promise<never> => {
    let startedAt = 0;
    for (;;) {
      await ended;
      if (isStopping) return new Promise(() => undefined);
      if (Date.now() - startedAt < quickDeath) {
        throw new Refusal("blocked", "The web process keeps ending; its own words are above.");
      }
      say("The web process ended by itself; starting it again");
      await pause(200);
      startedAt = Date.now();
      child = launch(options);
      ended = exitOf(child);
    }
  })();
  // Whoever waits for it gets the refusal; until then it is not an unhandled one.
  failed.catch(() => undefined);

  return {
    failed,
    stop: async () => {
      isStopping = true;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopLimit);
      await ended;
      clearTimeout(force);
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import type { OnChange } from "./options.ts";

/** How a program ended, as a shell says it. */
export type Ended = { readonly code: number; readonly error?: string };

/** The program that the agent runs: one at a time, started anew when its configuration asks for it. */
export type Program = {
  readonly isRunning: () => boolean;
  readonly start: (environment: NodeJS.ProcessEnv) => void;
  /** A new configuration is in place. */
  readonly changed: (environment: NodeJS.ProcessEnv) => Promise<void>;
  readonly pass: (signal: NodeJS.Signals) => void;
  /** Resolves when it ended by itself, or by a signal that was passed on. */
  readonly ended: Promise<Ended>;
};

/** A program that does not stop when it is asked to is stopped all the same after this. */
const PATIENCE_MS = 10_000;

export function programOf(
  [command, ...args]: readonly [string, ...string[]],
  onChange: OnChange,
  patienceMs = PATIENCE_MS,
): Program {
  let child: ChildProcess | undefined;
  let isReplacing = false;
  let isGivenUp = false;
  let tellEnd: (ended: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => {
    tellEnd = resolve;
  });

  function start(env: NodeJS.ProcessEnv): void {
    // A group of its own: `npx node …` has the program as a child, which signals to npx alone would not reach.
    const started = spawn(command, args, { env, stdio: "inherit", detached: true });
    child = started;
    started.once("error", (error) => {
      if (child !== started) return;
      child = undefined;
      tellEnd({ code: 127, error: `${command} cannot be run: ${error.message}` });
    });
    started.once("exit", (code, signal) => {
      if (child !== started) return;
      child = undefined;
      // Whatever it leaves behind would run on beside the next one, or after the agent.
      signalGroup(started, "SIGTERM");
      if (!isReplacing) tellEnd({ code: code ?? 128 + constants.signals[signal ?? "SIGTERM"] });
    });
  }

  async function stop(running: ChildProcess): Promise<void> {
    const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()));
    signalGroup(running, "SIGTERM");
    const timer = setTimeout(() => signalGroup(running, "SIGKILL"), patienceMs);
    await gone;
    clearTimeout(timer);
  }

  return {
    ended,
    isRunning: () => child !== undefined,
    start,
    pass: (signal) => {
      // While it is being replaced there may be none to pass it on to; then the next one does not start.
      isGivenUp ||= isReplacing && signal !== "SIGHUP";
      if (child) signalGroup(child, signal);
    },
    changed: async (environment) => {
      if (!child) return;
      switch (onChange) {
        case "none":
          return;
        case "hup":
          signalGroup(child, "SIGHUP");
          return;
        case "restart":
          isReplacing = true;
          await stop(child);
          isReplacing = false;
          if (isGivenUp) tellEnd({ code: 0 });
          else start(environment);
      }
    },
  };
}

/** Signals a program and what it started. What is gone by now, or has become somebody else's, is let be. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const isLetBe = error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM");
    if (!isLetBe) throw error;
  }
}

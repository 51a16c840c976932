import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { type Client, type ConnectOptions, connect, type Restore } from "../../sdk/client.ts";
import { loopOf } from "../../sdk/loop.ts";
import type { Result } from "../command.ts";
import { memoryIn } from "./memory.ts";
import type { AgentWish } from "./options.ts";
import { type Ended, type Program, programOf } from "./program.ts";
import { observationOf, type Seen, targetsOf } from "./targets.ts";
import { obstacleTo, textOf, variablesOf } from "./variables.ts";
import { watchFiles } from "./watching.ts";
import { type Declared, writingTo } from "./writing.ts";

/** What the agent is told from outside. */
export type Outside = {
  /** Aborted when the agent has to end; with a program, when that has ended. */
  readonly stop: AbortSignal;
  /** Takes what is to be called with each signal for the program. */
  readonly onSignal: (pass: (signal: NodeJS.Signals) => void) => void;
  readonly say: (text: string) => void;
  readonly pace?: ConnectOptions["pace"];
};

const LONGEST_REREAD_MS = 10_000;

/** Runs until it is told to stop or its program ends. Never throws for what happens on the way. */
export async function runAgent(wish: AgentWish, outside: Outside): Promise<Result> {
  const { say } = outside;
  const targets = targetsOf(wish);
  const memory = memoryIn(wish.state);
  const writing = writingTo(targets, memory, say);
  const program = wish.program && programOf(wish.program, wish.onChange);
  let given: Declared | undefined;
  /** Digest of what the environment could last not carry. */
  let refused: string | undefined;
  let reported = "";
  let reporting: Promise<void> = Promise.resolve();
  let turn: Promise<unknown> = Promise.resolve();

  /** Looking and restoring take turns: each acts on what it has just read. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work);
    turn = next;
    return next;
  }

  /** What runs. A program without a file runs what it was started with; one that could not be started runs nothing. */
  async function observe(declared: JsonObject): Promise<Seen> {
    if (wish.isInEnvironment && !given) return { unreadable: "The program was not started", isMissing: true };
    const seen = await Promise.all(targets.map((target) => target.read(declared)));
    return observationOf(targets.length === 0 && given ? given.document : declared, seen, wish);
  }

  /** Not waited for: a Plumbline that is slow to take a report must not hold up the next configuration. */
  function report(seen: Seen): void {
    const said = JSON.stringify([seen, program?.isRunning()]);
    if (said === reported) return;
    reported = said;
    reporting = client.report({
      ...("document" in seen ? { observed: seen.document, origins: seen.origins } : { unreadable: seen.unreadable }),
      ...(program?.isRunning() && { health: "ok" as const }),
    });
  }

  /** Starts the program once there is something to run it with, and lets it know of what changed. */
  async function serve(program: Program, declared: Declared, hasWritten: boolean): Promise<void> {
    if (outside.stop.aborted) return;
    const variables = wish.isInEnvironment ? variablesOf(declared.document, wish.envPrefix ?? "") : [];
    const obstacle = obstacleTo(variables);
    if (obstacle !== undefined) {
      if (refused !== declared.digest) say(`The environment cannot carry ${declared.digest}: ${obstacle}`);
      refused = declared.digest;
      return;
    }
    const own = Object.fromEntries(variables.map(({ name, value }) => [name, textOf(value)]));
    // The program has no business with what the agent may do.
    const { PLUMBLINE_TOKEN: _, ...around } = wish.environment;
    const environment = { ...own, ...around };
    const isStarted = given !== undefined;
    const isNew = hasWritten || (wish.isInEnvironment && given?.digest !== declared.digest);
    given = declared;
    if (!isStarted) program.start(environment);
    else if (isNew) await program.changed(environment);
  }

  async function look(): Promise<number> {
    const { document, digest } = client.current();
    if (document !== null) {
      const hasWritten = await writing.settle({ document, digest });
      if (program) await serve(program, { document, digest }, hasWritten);
      report(await observe(document));
    }
    return Math.min(wish.intervalSeconds * 1000, LONGEST_REREAD_MS);
  }

  /** Puts the declared configuration back, if what is there is still what was seen when somebody asked for it. */
  async function restore({ expected, target }: Restore): Promise<boolean> {
    if (client.current().digest !== target) await client.refresh();
    return inTurn(() => restoreNow({ expected, target }));
  }

  async function restoreNow({ expected, target }: Pick<Restore, "expected" | "target">): Promise<boolean> {
    await look();
    const { document, digest } = client.current();
    if (document === null || digest !== target) {
      say("A restore was asked for something else than what is declared; nothing was changed");
      return false;
    }
    const found = digestOfSeen(await observe(document));
    if (found === target) return true;
    if (found === null || !expected.includes(found)) {
      say("A restore was asked for, but what is there has changed since; nothing was changed");
      return false;
    }
    const hasWritten = await writing.restore({ document, digest });
    if (program) await serve(program, { document, digest }, hasWritten);
    report(await observe(document));
    return hasWritten;
  }

  const looking = loopOf(() => inTurn(look), false);
  await writing.prepare();
  const client: Client = await connect({
    url: wish.url,
    token: wish.token,
    bundle: wish.bundle,
    instance: wish.instance,
    fleet: wish.fleet,
    build: wish.build,
    cacheFile: memory.cacheFile,
    transport: wish.transport,
    intervalSeconds: wish.intervalSeconds,
    waitsForReport: true,
    client: "plumbline-agent/0.1.0",
    pace: outside.pace,
    onChange: () => void looking.soon(),
    onError: ({ place, message }) => say(`${place}: ${message}`),
    onRestore: restore,
  });
  const { source } = client.current();
  if (source === "disk") say("Plumbline does not answer; going on with the last good configuration");
  if (source === "none") say("There is no configuration yet; waiting for one");
  const unwatch = watchFiles(
    targets.map(({ path }) => path),
    () => void looking.soon(),
  );
  outside.onSignal((signal) => {
    program?.pass(signal);
    if (signal === "SIGHUP") void looking.soon();
  });
  await looking.soon();
  const ended = wish.isOnce ? null : await endOf(program, outside.stop);
  unwatch();
  looking.stop();
  if (wish.isOnce) await reporting;
  const { document, digest } = client.current();
  const isAsDeclared = document !== null && digestOfSeen(await observe(document)) === digest;
  await client.close();
  if (ended) return ended;
  if (!wish.isOnce || isAsDeclared) return { code: 0 };
  return { code: 1, error: document === null ? "There is no configuration" : "What is there is not what is declared" };
}

async function endOf(program: Program | undefined, stop: AbortSignal): Promise<Ended | null> {
  const stopped = new Promise<null>((resolve) => {
    if (stop.aborted) resolve(null);
    stop.addEventListener("abort", () => resolve(null), { once: true });
  });
  if (!program) return stopped;
  const first = await Promise.race([program.ended, stopped]);
  return first ?? (program.isRunning() ? program.ended : null);
}

function digestOfSeen(seen: Seen): string | null {
  try {
    return "document" in seen ? digestOf(seen.document) : null;
  } catch {
    return null;
  }
}

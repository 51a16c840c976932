import pg from "pg";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { pauseFor } from "#lib/platform/loop.ts";

/** `payload` null: notices may have been missed, so everything that depends on the channel has to be read again. */
export type OnNotice = (channel: string, payload: string | null) => void;

const pauses = { first: 100, longest: 5_000 };
/** A connection that is dead at the other end says nothing; asking it does. */
const probe = { every: 10_000, patience: 5_000 };

/**
 * Hears what the database tells on these channels, on a connection of its own that is made again whenever it is lost
 * (after 100 ms, doubling up to 5 s). Each time it stands, the first one included, every channel is called with `null`.
 * @returns how to stop listening
 */
export function listen(channels: readonly string[], onNotice: OnNotice): () => Promise<void> {
  const ending = new AbortController();
  const ended = keepListening({ channels, onNotice, signal: ending.signal });
  return async () => {
    ending.abort();
    await ended;
  };
}

type Listening = {
  readonly channels: readonly string[];
  readonly onNotice: OnNotice;
  readonly signal: AbortSignal;
};

async function keepListening(listening: Listening): Promise<void> {
  const { channels, signal } = listening;
  let pause = pauses.first;
  while (!signal.aborted) {
    try {
      await listenOnce(listening, () => {
        pause = pauses.first;
      });
    } catch (error) {
      log.warn({ err: error, channels, retryInMs: pause }, "not hearing from the database");
    }
    await pauseFor(pause, signal);
    pause = Math.min(pauses.longest, pause * 2);
  }
}

/** Returns when it is asked to stop. @throws whatever ends the connection */
async function listenOnce({ channels, onNotice, signal }: Listening, onStanding: () => void): Promise<void> {
  if (signal.aborted) return;
  const client = new pg.Client({
    connectionString: env().PLUMBLINE_DATABASE_URL,
    application_name: "plumbline listen",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const over = Promise.withResolvers<void>();
  // Whatever flies before the end is awaited is told by what is awaited then.
  over.promise.catch(() => undefined);
  const stop = () => over.resolve();
  signal.addEventListener("abort", stop);
  client.on("error", over.reject);
  client.on("end", () => over.reject(new Error("The connection was closed")));
  client.on("notification", ({ channel, payload }) => onNotice(channel, payload ?? ""));
  try {
    await client.connect();
    for (const channel of channels) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    onStanding();
    for (const channel of channels) onNotice(channel, null);
    const probing = setInterval(() => ask(client).catch(over.reject), probe.every);
    await over.promise.finally(() => clearInterval(probing));
  } finally {
    signal.removeEventListener("abort", stop);
    await leave(client);
  }
}

async function ask(client: pg.Client): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("The database does not answer")), probe.patience);
  try {
    await Promise.race([client.query("SELECT 1"), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A connection that is gone already cannot be left politely, and nobody waits for one that does not answer. */
async function leave(client: pg.Client): Promise<void> {
  const goodbye = client.end().catch(() => undefined);
  await Promise.race([goodbye, pauseFor(1_000, AbortSignal.timeout(1_000))]);
}

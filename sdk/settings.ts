import { hostname } from "node:os";
import type { Current, Restore } from "./model.ts";
import { PACE, type Pace } from "./pacing.ts";
import type { TellTrouble, Trouble } from "./troubles.ts";

export type ConnectOptions = {
  /** Where Plumbline is, for example https://plumbline.example.org */
  readonly url: string;
  /** A token with the role `runtime`, or what reads it; it is asked for each request, so a token can be replaced. */
  readonly token: string | (() => string | Promise<string>);
  /** The bundle's short name; may be left out when the system has one bundle. */
  readonly bundle?: string;
  /** Names this instance among those of the bundle and environment; the host's name unless given. */
  readonly instance?: string;
  /** What instances have in common, for example a deployment's name. */
  readonly fleet?: string;
  /** Id of the build that runs. */
  readonly build?: string;
  /** Where the last good configuration is kept; without it a start needs Plumbline. */
  readonly cacheFile?: string;
  /** stream: told of changes at once, and polls while the stream is down (as a rule) · poll: asks every interval */
  readonly transport?: "stream" | "poll";
  /** Between two reports, and between two polls; 30 unless given. */
  readonly intervalSeconds?: number;
  /** For one request, its body included; 10,000 unless given. */
  readonly timeoutMs?: number;
  /** The configuration changed. Not called for the one that `connect` came back with. */
  readonly onChange?: (current: Current, previous: Current) => void;
  /** Something went wrong and the client carries on; a warning of the process unless given. */
  readonly onError?: (trouble: Trouble) => void;
  /** Plumbline asks to put the declared configuration back; resolves to whether that was done. */
  readonly onRestore?: (restore: Restore) => boolean | Promise<boolean>;
  /** true: nothing is reported before `report` is called for the first time. */
  readonly waitsForReport?: boolean;
  /** true: timers do not keep the process alive. An open stream does; poll where that matters. */
  readonly unref?: boolean;
  /** What reports itself, for example my-agent/1.2.0. */
  readonly client?: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => Date;
  readonly pace?: Partial<Pace>;
};

export type Settings = {
  readonly url: string;
  readonly token: () => string | Promise<string>;
  readonly bundle: string | undefined;
  readonly instance: string;
  readonly fleet: string | undefined;
  readonly build: string | undefined;
  readonly cacheFile: string | undefined;
  readonly isStreaming: boolean;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly onChange: ((current: Current, previous: Current) => void) | undefined;
  readonly tell: TellTrouble;
  readonly onRestore: ((restore: Restore) => boolean | Promise<boolean>) | undefined;
  readonly waitsForReport: boolean;
  readonly isUnref: boolean;
  readonly client: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly pace: Pace;
};

/** Checks what the host program asks for. Throws a `TypeError` that names the option: the one time that it throws. */
export function settingsOf(options: ConnectOptions, tell: TellTrouble): Settings {
  const { intervalSeconds = 30, timeoutMs = 10_000, transport = "stream", token, instance = hostname() } = options;
  if (!URL.canParse(options.url) || !/^https?:/.test(options.url)) {
    throw new TypeError(`url is "${options.url}"; it should look like https://plumbline.example.org`);
  }
  const { username, password } = new URL(options.url);
  if (username !== "" || password !== "") {
    throw new TypeError("url is an address with a name or a password; leave them out, the token says who asks");
  }
  if (token === "")
    throw new TypeError("token is empty; Settings → Tokens of Plumbline makes one, with the role runtime");
  if (transport !== "stream" && transport !== "poll") {
    throw new TypeError(`transport is "${String(transport)}"; it is "stream" or "poll"`);
  }
  if (!(intervalSeconds >= 1 && intervalSeconds <= 3_600)) {
    throw new TypeError(`intervalSeconds is ${intervalSeconds}; it is between 1 and 3600`);
  }
  if (!(timeoutMs >= 1 && timeoutMs <= 600_000)) {
    throw new TypeError(`timeoutMs is ${timeoutMs}; it is between 1 and 600000`);
  }
  if (instance === "") throw new TypeError("instance is empty; leave it out to use the host's name");
  return {
    url: options.url.replace(/\/+$/, ""),
    token: typeof token === "string" ? () => token : token,
    bundle: options.bundle,
    instance,
    fleet: options.fleet,
    build: options.build,
    cacheFile: options.cacheFile,
    isStreaming: transport === "stream",
    intervalMs: intervalSeconds * 1000,
    timeoutMs,
    onChange: options.onChange,
    tell,
    onRestore: options.onRestore,
    waitsForReport: options.waitsForReport ?? false,
    isUnref: options.unref ?? false,
    client: options.client ?? "plumbline-sdk/0.1.0",
    fetch: options.fetch ?? globalThis.fetch,
    now: options.now ?? (() => new Date()),
    pace: { ...PACE, ...options.pace },
  };
}

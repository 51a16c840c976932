/**
 * What runtimes talk to, on a port of its own, and a system that has something for them.
 *
 *     const place = await aServedPlace({ base: "temperature: 0.4\n" });
 *     const server = await aRuntimeServer();
 *     const answer = await server.get("/runtime/v1/configuration", place.token);
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Role } from "#lib/access/permissions.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import type { Json } from "#lib/kernel/json.ts";
import { runtimeRequests } from "#lib/runtimes/http.ts";
import type { Rules } from "#lib/systems/model.ts";

export type RuntimeServer = {
  readonly url: string;
  readonly get: (path: string, token?: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly stop: () => Promise<void>;
};

/** A process's part that answers runtimes. Ends with the test. */
export async function aRuntimeServer(wish: { readonly clock?: () => Date } = {}): Promise<RuntimeServer> {
  const runtimes = runtimeRequests(wish);
  const server = createServer((request, response) => {
    if (!runtimes.answer(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    const closed = new Promise((resolve) => server.close(resolve));
    runtimes.endStreams();
    server.closeIdleConnections();
    await closed;
    await runtimes.stop();
  };
  onTestFinished(stop);
  return {
    url,
    get: (path, token, headers = {}) =>
      fetch(url + path, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } }),
    stop,
  };
}

export type ServedPlace = { readonly house: House; readonly environment: string; readonly token: string };

/** A system whose bundle `assistant` is deployed in `development`, and a runtime's token for it. */
export async function aServedPlace(wish: {
  readonly base: string;
  readonly rules?: Partial<Rules>;
}): Promise<ServedPlace> {
  const house = await aHouse(wish.rules);
  await deploy(house, wish.base);
  return { house, environment: "development", token: (await aToken(house, {})).secret };
}

/** Puts a new version into `development`. */
export async function deploy(house: House, base: string, bundle = "assistant"): Promise<void> {
  await promoted(house, { versions: [await aVersion(house, { base, bundle })], environment: "development" });
}

export type TokenWish = {
  readonly role?: Role;
  /** Null: the whole system. */
  readonly environment?: string | null;
  readonly now?: Date;
};

export function aToken(house: House, { role = "runtime", environment = "development", now }: TokenWish) {
  const reach = { system: house.system, ...(environment && { environment }) };
  return createToken(house.boss, { name: "Pods", role, ...reach, days: 30 }, { now });
}

export type PatchWish = {
  readonly pointer: string;
  readonly value: Json;
  /** How long the patch still lasts, in milliseconds; at most a minute. */
  readonly lasts: number;
};

/** A hot-patch of the bundle in `development`, filed so that it ends soon. */
export async function aShortPatch({ house, environment }: ServedPlace, wish: PatchWish) {
  const by = await aPerson({ name: "Responder", roles: ["administrator"] });
  const filing = {
    system: house.system,
    environment,
    bundle: "assistant",
    incident: "INC-7",
    level: "sev2",
    reason: "Because of this test",
    changes: [{ pointer: wish.pointer, value: wish.value }],
    minutes: 1,
  };
  return fileHotPatch(by, filing, { now: new Date(Date.now() - 60_000 + wish.lasts) });
}

/** What a stream has sent so far, frame by frame, comments left out; `isOver` once the server has ended it. */
export type Listening = {
  readonly status: number;
  readonly frames: readonly string[];
  readonly isOver: () => boolean;
  /** The data of the last frame of this kind. */
  readonly last: (event: string) => Json | undefined;
  readonly close: () => void;
};

/** Opens a stream of server-sent events. Closed with the test. */
export async function listenTo(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Listening> {
  const closing = new AbortController();
  onTestFinished(() => closing.abort());
  const response = await fetch(url, { headers, signal: closing.signal });
  const frames: string[] = [];
  let isOver = false;
  void readFrames(response, frames).then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  return {
    status: response.status,
    frames,
    isOver: () => isOver,
    last: (event) => {
      const frame = frames.findLast((one) => one.includes(`event: ${event}\n`));
      return frame === undefined ? undefined : (JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? "null") as Json);
    },
    close: () => closing.abort(),
  };
}

async function readFrames(response: Response, into: string[]): Promise<void> {
  let rest = "";
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop() ?? "";
    into.push(...parts.filter((part) => /^(event|id|data):/m.test(part)));
  }
}

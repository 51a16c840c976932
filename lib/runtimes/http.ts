import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "#lib/kernel/digest.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { createDb } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { listen } from "#lib/platform/listen.ts";
import { runtimeAccess } from "./access.ts";
import { answerConfiguration, answerConfigurationAtOnce } from "./delivery/configuration.ts";
import type { Exchange, Means } from "./delivery/means.ts";
import { deliveryMemory } from "./delivery/memory.ts";
import { answerReport } from "./delivery/reports.ts";
import { sendFailure, sendWrongMethod } from "./delivery/sending.ts";
import { answerStream } from "./delivery/stream.ts";
import { openStreams } from "./delivery/streams.ts";
import type { OfrepMeans } from "./ofrep/evaluate.ts";
import { answerOfrep, OFREP_BASE } from "./ofrep/routes.ts";

/** Answers what runtimes ask for, ahead of the framework. */
export type RuntimeRequests = {
  /** Whether the request is one of these; if so, it is being answered. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Ends every stream, so that the server can close; what else is under way is still answered. */
  readonly endStreams: () => void;
  readonly stop: () => Promise<void>;
};

type Route = {
  readonly methods: readonly string[];
  readonly answer: (means: Means, exchange: Exchange) => Promise<void>;
};

const CONFIGURATION = "/runtime/v1/configuration";

const ROUTES: Readonly<Record<string, Route>> = {
  [CONFIGURATION]: { methods: ["GET", "HEAD"], answer: answerConfiguration },
  "/runtime/v1/stream": { methods: ["GET"], answer: answerStream },
  "/runtime/v1/reports": { methods: ["POST"], answer: answerReport },
};

/** Few, and not those of the console: a busy page must not hold up what runtimes wait for. */
const CONNECTIONS = 4;

/** A memory of what is served and to whom, on connections of its own, told of every change by the database. */
export function runtimeRequests({ clock = () => new Date() }: { readonly clock?: () => Date } = {}): RuntimeRequests {
  const db = createDb(env().PLUMBLINE_DATABASE_URL, CONNECTIONS);
  const means: OfrepMeans = {
    access: runtimeAccess(db, clock),
    memory: deliveryMemory(db, clock),
    streams: openStreams(),
    clock,
    streamKey: streamKey(),
  };
  const stopListening = listen(["plumbline_delivery", "plumbline_access"], (channel, payload) => {
    if (channel === "plumbline_delivery") {
      means.memory.onNotice(payload);
      return;
    }
    means.access.onNotice(payload);
    means.streams.look();
  });
  return {
    answer: (request, response) => answerRuntime(means, request, response),
    endStreams: means.streams.stop,
    stop: async () => {
      means.streams.stop();
      means.memory.stop();
      await stopListening();
      await db.$disconnect();
    },
  };
}

/** The same in every process of an installation; without its secret, this process's own. */
function streamKey(): Buffer {
  const { NEXTAUTH_SECRET: secret } = env();
  return secret === "" ? randomBytes(32) : sha256(`plumbline event streams ${secret}`);
}

function answerRuntime(means: OfrepMeans, request: IncomingMessage, response: ServerResponse): boolean {
  const { url = "" } = request;
  const isOfrep = url.startsWith(OFREP_BASE);
  if (!isOfrep && !url.startsWith("/runtime/v1/")) return false;
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const exchange = { request, response, query: mark < 0 ? NOTHING : new URLSearchParams(url.slice(mark)) };
  if (path === CONFIGURATION && request.method === "GET" && answeredAtOnce(means, exchange)) return true;
  const answered = isOfrep ? answerOfrep(means, exchange, path) : answerPath(means, exchange, path);
  void answered.catch((error: unknown) => sendFailure(exchange, error));
  return true;
}

const NOTHING = new URLSearchParams();

function answeredAtOnce(means: Means, exchange: Exchange): boolean {
  try {
    return answerConfigurationAtOnce(means, exchange);
  } catch (error) {
    sendFailure(exchange, error);
    return true;
  }
}

async function answerPath(means: Means, exchange: Exchange, path: string): Promise<void> {
  const route = ROUTES[path];
  if (!route) throw new Refusal("not_found", `There is nothing at ${path}; see docs/runtimes.md`);
  if (!route.methods.includes(exchange.request.method ?? "")) {
    sendWrongMethod(exchange, route.methods);
    return;
  }
  await route.answer(means, exchange);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RuntimeAccess } from "../access.ts";
import type { DeliveryMemory } from "./memory.ts";
import type { Streams } from "./streams.ts";

/** What answering runtimes needs, once a process. */
export type Means = {
  readonly access: RuntimeAccess;
  readonly memory: DeliveryMemory;
  readonly streams: Streams;
  readonly clock: () => Date;
};

/** One request for a path that is answered here. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
};

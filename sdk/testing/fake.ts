import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { canonicalJson, digestOf } from "../canonical.ts";
import { type Client, type ConnectOptions, connect, type JsonObject, type Trouble } from "../client.ts";
import type { Pace } from "../pacing.ts";

export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** The other side of the network, which a test lets behave as badly as it likes. */
export type FakeFarEnd = {
  readonly url: string;
  /** How each path answers from now on. */
  configuration: Reply;
  stream: Reply;
  reports: (body: JsonObject) => JsonObject | Reply;
  /** Every request that came, oldest first. */
  readonly asked: { readonly path: string; readonly etag: string | undefined; readonly token: string | undefined }[];
  readonly reported: JsonObject[];
  /** What is written into the open streams. */
  readonly push: (text: string) => void;
  readonly openStreams: () => number;
  readonly cutStreams: () => void;
  readonly close: () => Promise<void>;
};

/** Answers as Plumbline does: the configuration under its digest, 304 where it is known. */
export function serving(document: JsonObject, headers: Readonly<Record<string, string>> = {}): Reply {
  const digest = digestOf(document);
  const all = { ETag: `"${digest}"`, "Plumbline-Digest": digest, "Plumbline-Bundle": "assistant", ...headers };
  return (response, request) => {
    if (request.headers["if-none-match"] === `"${digest}"`) response.writeHead(304, all).end();
    else response.writeHead(200, { "Content-Type": "application/json", ...all }).end(canonicalJson(document));
  };
}

export function answering(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => response.writeHead(status, headers).end(body);
}

export function configurationEvent(document: JsonObject, version = "1.0.0"): string {
  const digest = digestOf(document);
  const data = JSON.stringify({ digest, version, snapshot: 1, hotPatches: [], validUntil: null });
  return `event: configuration\nid: ${digest}\ndata: ${data}\n\n`;
}

export async function aFarEnd(document: JsonObject = {}): Promise<FakeFarEnd> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    fake.asked.push({ path, etag: request.headers["if-none-match"], token: request.headers.authorization });
    if (path.startsWith("/runtime/v1/configuration")) fake.configuration(response, request);
    else if (path.startsWith("/runtime/v1/stream")) fake.stream(response, request);
    else void receive(request, response);
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as JsonObject;
    fake.reported.push(body);
    const answer = fake.reports(body);
    if (typeof answer === "function") answer(response, request);
    else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeFarEnd = {
    url: `http://127.0.0.1:${port}`,
    configuration: serving(document),
    stream: (response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(": hello\n\n");
      streams.add(response);
      response.on("close", () => streams.delete(response));
    },
    reports: ({ digest = null }) => ({ accepted: true, wantsDocument: false, digest, restore: null }),
    asked: [],
    reported: [],
    push: (text) => {
      for (const stream of streams) stream.write(text);
    },
    openStreams: () => streams.size,
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** Waits milliseconds where a real client waits seconds. */
export const HASTE: Pace = { firstBackoffMs: 5, longestBackoffMs: 40, silenceMs: 60_000 };

export type Connected = { readonly client: Client; readonly troubles: Trouble[] };

export async function connected(url: string, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const troubles: Trouble[] = [];
  const client = await connect({
    url,
    token: "plb_test",
    instance: "one",
    timeoutMs: 5_000,
    pace: HASTE,
    onError: (trouble) => troubles.push(trouble),
    ...options,
  });
  return { client, troubles };
}

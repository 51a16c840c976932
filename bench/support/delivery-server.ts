// A process that serves runtimes, as server.ts does; started as `bare`, one that sends the bytes it is told and nothing else.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { runtimeRequests } from "#lib/runtimes/http.ts";

/** What the bare server sends: raw headers, names and values in turn, and the body in base64. */
export type BareAnswers = {
  readonly headers: readonly string[];
  readonly body: string;
  readonly notModified: readonly string[];
};

function serve(answer: RequestListener): void {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

if (process.argv.includes("bare")) {
  process.once("message", ({ headers, body, notModified }: BareAnswers) => {
    const bytes = Buffer.from(body, "base64");
    serve((request, response) => {
      if (request.headers["if-none-match"] === undefined) response.writeHead(200, [...headers]).end(bytes);
      else response.writeHead(304, [...notModified]).end();
    });
  });
} else {
  const runtimes = runtimeRequests();
  serve((request, response) => {
    if (!runtimes.answer(request, response)) response.writeHead(404).end();
  });
}
process.once("disconnect", () => process.exit());

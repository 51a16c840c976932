import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers with a status and nothing else. */
export const status =
  (code: number): Answer =>
  (response) => {
    response.writeHead(code).end();
  };

/** A server that remembers what it was sent and answers as the test says; 204 unless told otherwise. */
export async function aFarEnd() {
  const heard: Heard[] = [];
  let answer: Answer = status(204);
  const server = createServer(async (request, response) => {
    heard.push({ path: request.url ?? "", headers: request.headers, body: await text(request) });
    answer(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    port,
    url: `http://127.0.0.1:${port}/hook`,
    answers: (next: Answer) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type FarEnd = Awaited<ReturnType<typeof aFarEnd>>;

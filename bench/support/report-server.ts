// A process that takes reports, and next to it the least that taking one over HTTP costs: read the JSON, answer.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { runtimeRequests } from "#lib/runtimes/http.ts";

const runtimes = runtimeRequests();
const answer = JSON.stringify({
  accepted: true,
  wantsDocument: false,
  digest: `sha256:${"0".repeat(64)}`,
  restore: null,
});

const server = createServer((request, response) => {
  if (runtimes.answer(request, response)) return;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString("utf8"));
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("disconnect", () => process.exit());

// The process: what runtimes ask for is answered here, everything else by Next, on one port.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { endLiveStreams } from "#lib/api/live.ts";
import { startJobs } from "#lib/jobs.ts";
import { database } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { addressOf, hasReadablePath, requestIdOf } from "#lib/platform/request-origin.ts";
import { contentSecurityPolicy, securityHeaders } from "#lib/platform/security-headers.ts";
import { runtimeRequests } from "#lib/runtimes/http.ts";

/** Answers a request that is its own, and says whether it was. */
type Answerer = (request: IncomingMessage, response: ServerResponse) => boolean;

const dev = process.argv.includes("--dev");
const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);
const trustsProxy = process.env.PLUMBLINE_TRUST_PROXY === "on";
const drainLimit = 10_000;
const { PLUMBLINE_WORKER: worker, NEXTAUTH_URL: publicUrl } = env();
const isSecure = publicUrl.startsWith("https:");

/** Whether this process serves: for load balancers and for whoever started it. */
const health: Answerer = ({ url }, response) => {
  if (url !== "/healthz") return false;
  response.writeHead(200, { "Content-Type": "text/plain", "Cache-Control": "no-store" }).end("ok\n");
  return true;
};

/** The framework would take an address that cannot be read for a fault of its own. */
const unreadable: Answerer = (request, response) => {
  if (hasReadablePath(request)) return false;
  response.writeHead(400, { "Content-Type": "text/plain" }).end("This address cannot be read\n");
  return true;
};

function prepareRequest(request: IncomingMessage, response: ServerResponse): void {
  const id = requestIdOf(request);
  const context = { nonce: randomBytes(16).toString("base64"), isDevelopment: dev, isSecure };
  request.headers["x-forwarded-for"] = addressOf(request, trustsProxy);
  request.headers["x-request-id"] = id;
  // Next reads the nonce for its own scripts from here.
  request.headers["content-security-policy"] = contentSecurityPolicy(context);
  response.setHeader("X-Request-Id", id);
  for (const [name, value] of Object.entries(securityHeaders(context))) response.setHeader(name, value);
}

async function serve(): Promise<() => Promise<void>> {
  const server = createServer();
  const app = next({ dev, dir: import.meta.dirname, hostname: "localhost", port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  const runtimes = runtimeRequests();
  // What does not pass through the framework, in the order it is asked.
  const ahead: readonly Answerer[] = [health, unreadable, runtimes.answer];
  server.on("request", (request, response) => {
    if (ahead.some((answer) => answer(request, response))) return;
    prepareRequest(request, response);
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    runtimes.endStreams();
    endLiveStreams();
    server.closeIdleConnections();
    const force = setTimeout(() => server.closeAllConnections(), drainLimit);
    await closed;
    clearTimeout(force);
    await runtimes.stop();
    await app.close();
  };
}

const begun: (() => Promise<void>)[] = [];
let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await Promise.all(begun.map((undo) => undo()));
  await database().$disconnect();
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
// Whoever started us is gone without a word.
process.on("disconnect", stop);

if (worker !== "only") begun.push(await serve());
if (worker !== "off") begun.push(await startJobs());
process.send?.({ type: "listening", port });

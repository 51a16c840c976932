import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "#lib/kernel/refusal.ts";
import { log } from "#lib/platform/log.ts";
import { problemOf } from "#lib/platform/problem.ts";
import { requestIdOf } from "#lib/platform/request-origin.ts";
import type { Body } from "./body.ts";
import type { Exchange } from "./means.ts";

type Headers = Readonly<Record<string, string>>;

export function sendJson(response: ServerResponse, status: number, value: unknown, headers: Headers = {}): void {
  send(response, { status, headers, type: "application/json", body: JSON.stringify(value) });
}

type Sent = {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string;
  readonly body: string;
};

function send(response: ServerResponse, { status, headers, type, body }: Sent): void {
  const bytes = Buffer.from(body);
  response
    .writeHead(status, {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...headers,
      "Content-Type": type,
      "Content-Length": bytes.length,
    })
    .end(bytes);
}

type Said = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Headers;
};

function sendProblem(exchange: Exchange, { status, title, detail, headers = {} }: Said): void {
  const asked = askedIn(exchange.request);
  send(exchange.response, {
    status,
    headers: { ...headers, "X-Request-Id": asked.requestId },
    type: "application/problem+json",
    body: JSON.stringify({ type: "about:blank", title, status, detail, ...asked }),
  });
}

export function sendUnreadable(exchange: Exchange, { status, detail }: Extract<Body, { is: "unreadable" }>): void {
  sendProblem(exchange, { status, title: "Unreadable body", detail });
}

export function sendWrongMethod(exchange: Exchange, allowed: readonly string[]): void {
  const allow = allowed.join(", ");
  const detail = `${pathOf(exchange.request)} takes ${allow}`;
  sendProblem(exchange, { status: 405, title: "Method not allowed", detail, headers: { Allow: allow } });
}

/** A refusal as a problem; everything else as an outage, of which the log knows more than the caller. */
export function sendFailure(exchange: Exchange, error: unknown, more: Headers = {}): void {
  const { request, response } = exchange;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (!(error instanceof Refusal)) {
    log.error({ err: error, method: request.method, path: pathOf(request) }, "a runtime could not be answered");
    const detail = "This cannot be answered at the moment; keep what you have and try again";
    sendProblem(exchange, { status: 503, title: "Not available", detail, headers: { "Retry-After": "2" } });
    return;
  }
  const asked = askedIn(request);
  const { problem, headers } = problemOf(error, asked);
  // A stranger gets the same bytes whatever is wrong, and whatever was asked for.
  const { instance: _path, requestId: _id, ...said } = problem;
  send(response, {
    status: problem.status,
    headers: { ...more, ...headers, "X-Request-Id": asked.requestId },
    type: "application/problem+json",
    body: JSON.stringify(error.code === "unauthenticated" ? said : problem),
  });
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

function askedIn(request: IncomingMessage) {
  return { instance: pathOf(request), requestId: requestIdOf(request) };
}

import { Refusal } from "#lib/kernel/refusal.ts";
import { log } from "#lib/platform/log.ts";
import type { Exchange } from "../delivery/means.ts";
import { sendFailure, sendJson } from "../delivery/sending.ts";

/**
 * Browsers may ask from anywhere: what lets them in is a token that the page holds, never a cookie
 * (https://fetch.spec.whatwg.org/#http-cors-protocol).
 */
export const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Retry-After",
} as const;

const PREFLIGHT = {
  ...CORS,
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "Authorization, X-API-Key, Content-Type, If-None-Match, Last-Event-ID, Cache-Control",
  "Access-Control-Max-Age": "7200",
} as const;

export function answerPreflight({ response }: Exchange): void {
  response.writeHead(204, PREFLIGHT).end();
}

/**
 * What went wrong, as clients of OFREP understand it: 400 and 500 name the flag where there is one. Who may not ask
 * gets what every other path says.
 */
export function sendOfrepFailure(exchange: Exchange, error: unknown, key?: string): void {
  const { request, response } = exchange;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const named = key === undefined ? {} : { key };
  if (!(error instanceof Refusal)) {
    log.error({ err: error, method: request.method }, "an evaluation failed");
    const errorDetails = "This cannot be answered at the moment; keep what you have and try again";
    const body = { ...named, errorCode: "GENERAL", errorDetails };
    sendJson(response, 500, body, { ...CORS, "Retry-After": "2" });
    return;
  }
  switch (error.code) {
    case "not_found":
    case "invalid":
    case "conflict":
    case "blocked":
      sendJson(response, 400, { ...named, errorCode: "GENERAL", errorDetails: error.message }, CORS);
      return;
    case "unauthenticated":
    case "forbidden":
    case "too_many":
      sendFailure(exchange, error, CORS);
  }
}

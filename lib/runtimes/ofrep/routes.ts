import { Refusal } from "#lib/kernel/refusal.ts";
import type { Exchange } from "../delivery/means.ts";
import { sendJson, sendWrongMethod } from "../delivery/sending.ts";
import { answerPreflight, CORS, sendOfrepFailure } from "./answers.ts";
import { answerAll, answerOne, type OfrepMeans } from "./evaluate.ts";
import { answerEvents } from "./events.ts";

export const OFREP_BASE = "/ofrep/v1/";

const ALL = `${OFREP_BASE}evaluate/flags`;
const ONE = `${ALL}/`;
const EVENTS = `${OFREP_BASE}streams/`;

/** The OpenFeature Remote Evaluation Protocol 0.3: https://github.com/open-feature/protocol */
export async function answerOfrep(means: OfrepMeans, exchange: Exchange, path: string): Promise<void> {
  if (exchange.request.method === "OPTIONS") {
    answerPreflight(exchange);
    return;
  }
  const method = path.startsWith(EVENTS) ? "GET" : "POST";
  if (exchange.request.method !== method) {
    sendWrongMethod(exchange, [method]);
    return;
  }
  if (path.startsWith(ONE)) return answerKey(means, exchange, path.slice(ONE.length));
  try {
    if (path === ALL) await answerAll(means, exchange);
    else if (path.startsWith(EVENTS)) await answerEvents(means, exchange, path.slice(EVENTS.length));
    else throw new Refusal("not_found", `There is nothing at ${path}; flags are evaluated at ${ALL}`);
  } catch (error) {
    sendOfrepFailure(exchange, error);
  }
}

async function answerKey(means: OfrepMeans, exchange: Exchange, encoded: string): Promise<void> {
  const key = decoded(encoded);
  if (key === null) {
    const errorDetails = "The key in the address is not percent-encoded UTF-8";
    sendJson(exchange.response, 400, { key: encoded, errorCode: "PARSE_ERROR", errorDetails }, CORS);
    return;
  }
  try {
    await answerOne(means, exchange, key);
  } catch (error) {
    sendOfrepFailure(exchange, error, key);
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

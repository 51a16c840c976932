import { receiveReport } from "../reports.ts";
import { callerOfRequest } from "./admission.ts";
import { readJson } from "./body.ts";
import type { Exchange, Means } from "./means.ts";
import { sendJson, sendUnreadable } from "./sending.ts";

/** Room for the largest document, and for what is said of it. */
const REPORT_LIMIT = 1.5 * 1_024 * 1_024;

/** `POST /runtime/v1/reports`: what a runtime says of itself; the answer comes once it is kept. */
export async function answerReport(means: Means, exchange: Exchange): Promise<void> {
  const caller = await callerOfRequest(means, exchange);
  const body = await readJson(exchange.request, REPORT_LIMIT);
  if (body.is === "unreadable") {
    sendUnreadable(exchange, body);
    return;
  }
  sendJson(exchange.response, 200, await receiveReport(caller, body.value, means.clock()));
}

import type { Reader } from "#lib/platform/db.ts";
import type { ChangeRequest } from "#lib/reviews/model.ts";
import type { GateFacts } from "./facts.ts";
import { loadGateFacts } from "./load-facts.ts";
import type { GateReport } from "./model.ts";
import { reportOf } from "./report.ts";

export type Evaluation = { readonly facts: GateFacts; readonly report: GateReport };

/** The one evaluator: the page, the dry run, applying and the schedule all ask here. */
export async function evaluateGates(reader: Reader, request: ChangeRequest, now: Date): Promise<Evaluation> {
  const facts = await loadGateFacts(reader, request, now);
  return { facts, report: reportOf(facts) };
}

import type { Refusal } from "#lib/kernel/refusal.ts";
import { type Asked, type Problem, problemOf } from "#lib/platform/problem.ts";

/** A refusal as the response that says so. */
export function refusalResponse(refusal: Refusal, asked: Asked): Response {
  const { problem, headers } = problemOf(refusal, asked);
  return problemResponse(problem, headers);
}

export function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...headers,
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Request-Id": problem.requestId,
    },
  });
}

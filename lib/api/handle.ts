import type { Actor } from "#lib/access/actor.ts";
import { arrivalOf } from "#lib/accounts/cookie.ts";
import { callerOf } from "#lib/api/caller.ts";
import type { Entry } from "#lib/api/entry.ts";
import { routeFinder } from "#lib/api/match.ts";
import { problemResponse, refusalResponse } from "#lib/api/problem.ts";
import { mergeInput, readBody } from "#lib/api/read-input.ts";
import { entries } from "#lib/api/registry.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { log } from "#lib/platform/log.ts";
import type { Asked } from "#lib/platform/problem.ts";

export const API_BASE = "/api/v1";

const find = routeFinder(entries.flatMap((entry) => (entry.spec.http ? [{ entry, http: entry.spec.http }] : [])));

/**
 * Answers a request below `/api/v1`: who calls, which command or query, with what input; the result as JSON, everything
 * expected as problem+json, and anything else as a 500 that says no more than its request's id.
 */
export async function handleApi(request: Request): Promise<Response> {
  const { requestId = "" } = arrivalOf(request.headers, "api");
  const url = new URL(request.url);
  const asked: Asked = { instance: url.pathname, requestId };
  try {
    return await answer(request, url, asked);
  } catch (error) {
    if (error instanceof Refusal) return refusalResponse(error, asked);
    log.error({ err: error, requestId, method: request.method, path: url.pathname }, "an API request failed");
    const detail = "Something went wrong on our side, and nothing was changed; tell an administrator the request's id";
    return problemResponse({ type: "about:blank", title: "Internal error", status: 500, detail, ...asked });
  }
}

async function answer(request: Request, url: URL, asked: Asked): Promise<Response> {
  // Who calls comes first: strangers do not learn which paths there are.
  const actor = await callerOf(request);
  const match = find(request.method, url.pathname.slice(API_BASE.length));
  switch (match.is) {
    case "none":
      throw new Refusal("not_found", `There is nothing at ${url.pathname}; see ${API_BASE}/openapi.json`);
    case "method": {
      const detail = `${url.pathname} takes ${match.allowed.join(", ")}`;
      const problem = { type: "about:blank", title: "Method not allowed", status: 405, detail, ...asked };
      return problemResponse(problem, { Allow: match.allowed.join(", ") });
    }
    case "found": {
      const body = await readBody(request);
      if (body.is === "unreadable") {
        const { status, detail } = body;
        return problemResponse({ type: "about:blank", title: "Unreadable body", status, detail, ...asked });
      }
      const input = mergeInput({
        schema: match.entry.spec.input,
        search: url.searchParams,
        body: body.fields,
        values: match.values,
        ifMatch: request.headers.get("if-match"),
      });
      const result = await run(match.entry, { actor, input }, request.headers.get("idempotency-key"));
      return resultResponse(result, asked);
    }
  }
}

async function run(
  entry: Entry,
  { actor, input }: { readonly actor: Actor; readonly input: unknown },
  key: string | null,
): Promise<unknown> {
  if (entry.kind === "query") return entry.run(actor, input);
  if (key !== null && !/^[\x21-\x7e ]{1,255}$/.test(key)) {
    throw new Refusal("invalid", "An Idempotency-Key has 1 to 255 printable ASCII characters");
  }
  return entry.run(actor, input, key === null ? {} : { idempotencyKey: key });
}

/** Counts from the database are big integers; they fit, and travel as numbers. */
function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

function resultResponse(result: unknown, { requestId }: Asked): Response {
  if (result instanceof Response) return result;
  const headers: Record<string, string> = { "Cache-Control": "private, no-store", "X-Request-Id": requestId };
  if (result === null || result === undefined) return new Response(null, { status: 204, headers });
  if (typeof result === "object" && "revision" in result && typeof result.revision === "number") {
    headers.ETag = `"${result.revision}"`;
  }
  headers["Content-Type"] = "application/json";
  return new Response(JSON.stringify(result, plain), { status: 200, headers });
}

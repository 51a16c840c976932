import type { Actor } from "#lib/access/actor.ts";
import { arrivalOf } from "#lib/accounts/cookie.ts";
import { callerOf } from "#lib/api/caller.ts";
import { refusalResponse } from "#lib/api/problem.ts";
import type { Download } from "#lib/audit/export.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Answers a request for a file that is made while it is sent; what is refused is refused before its first byte. */
export async function handleDownload(
  request: Request,
  make: (actor: Actor, input: unknown) => Promise<Download>,
): Promise<Response> {
  const url = new URL(request.url);
  const { requestId = "" } = arrivalOf(request.headers, "api");
  try {
    const actor = await callerOf(request);
    const { contentType, fileName, body } = await make(actor, Object.fromEntries(url.searchParams));
    return new Response(body, {
      headers: {
        "Content-Type": contentType,
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "Cache-Control": "private, no-store",
        "X-Request-Id": requestId,
      },
    });
  } catch (error) {
    if (error instanceof Refusal) return refusalResponse(error, { instance: url.pathname, requestId });
    throw error;
  }
}

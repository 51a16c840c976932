import { downloads } from "#lib/api/downloads.ts";
import { openApi } from "#lib/api/openapi.ts";
import { entries } from "#lib/api/registry.ts";

/** The same for everyone: it says what the API can do, not what is in it. */
export function GET(): Response {
  return Response.json(openApi(entries, downloads));
}

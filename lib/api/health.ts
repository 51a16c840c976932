import { database } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";

/** Whether this process can do its work: 200 when the database answers, else 503. For load balancers. */
export async function healthResponse(): Promise<Response> {
  try {
    await database().$queryRaw`SELECT 1`;
    return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    log.error({ err: error }, "the database does not answer");
    return Response.json({ status: "unavailable" }, { status: 503, headers: { "Cache-Control": "no-store" } });
  }
}
